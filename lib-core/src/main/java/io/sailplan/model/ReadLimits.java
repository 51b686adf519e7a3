package io.sailplan.model;

/**
 * How much a {@link ManifestReader} reads before it gives up on a text; what exceeds a bound
 * becomes a problem with the code {@code TOO_LARGE}.
 *
 * @param maxBytes the longest text, in bytes of UTF-8; a text above it is not read at all
 * @param maxObjects the most objects of one text, items of lists included
 * @param maxDepth the deepest nesting of mappings and lists in one document
 * @param maxNodes the most values of one text, counting those behind an alias each time it is used
 * @param maxScalarLength the longest single value, in characters
 * @param maxProblems the most problems of one text that are listed; further ones are only counted
 */
public record ReadLimits(
    int maxBytes,
    int maxObjects,
    int maxDepth,
    int maxNodes,
    int maxScalarLength,
    int maxProblems) {
  private static final ReadLimits STANDARD =
      new ReadLimits(8 << 20, 10_000, 100, 1_000_000, 3 << 19, 1_000);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException naming the bound, if one is below 1, or {@code maxDepth} above
   *     1,000, where the reader's own stack would be at risk
   */
  public ReadLimits {
    atLeastOne(maxBytes, "maxBytes");
    atLeastOne(maxObjects, "maxObjects");
    atLeastOne(maxDepth, "maxDepth");
    atLeastOne(maxNodes, "maxNodes");
    atLeastOne(maxScalarLength, "maxScalarLength");
    atLeastOne(maxProblems, "maxProblems");
    if (maxDepth > 1_000) {
      throw new IllegalArgumentException("maxDepth must be at most 1000: " + maxDepth);
    }
  }

  /**
   * Returns the bounds that fit what a cluster takes: 8 MiB of text, 10,000 objects, depth 100,
   * 1,000,000 values, and 1.5 MiB in one value, which is the most that etcd stores in one object;
   * 1,000 problems.
   */
  public static ReadLimits standard() {
    return STANDARD;
  }

  /** Returns these bounds with another {@link #maxBytes}. */
  public ReadLimits withMaxBytes(int maxBytes) {
    return new ReadLimits(maxBytes, maxObjects, maxDepth, maxNodes, maxScalarLength, maxProblems);
  }

  /** Returns these bounds with another {@link #maxObjects}. */
  public ReadLimits withMaxObjects(int maxObjects) {
    return new ReadLimits(maxBytes, maxObjects, maxDepth, maxNodes, maxScalarLength, maxProblems);
  }

  /** Returns these bounds with another {@link #maxDepth}. */
  public ReadLimits withMaxDepth(int maxDepth) {
    return new ReadLimits(maxBytes, maxObjects, maxDepth, maxNodes, maxScalarLength, maxProblems);
  }

  /** Returns these bounds with another {@link #maxNodes}. */
  public ReadLimits withMaxNodes(int maxNodes) {
    return new ReadLimits(maxBytes, maxObjects, maxDepth, maxNodes, maxScalarLength, maxProblems);
  }

  /** Returns these bounds with another {@link #maxScalarLength}. */
  public ReadLimits withMaxScalarLength(int maxScalarLength) {
    return new ReadLimits(maxBytes, maxObjects, maxDepth, maxNodes, maxScalarLength, maxProblems);
  }

  /** Returns these bounds with another {@link #maxProblems}. */
  public ReadLimits withMaxProblems(int maxProblems) {
    return new ReadLimits(maxBytes, maxObjects, maxDepth, maxNodes, maxScalarLength, maxProblems);
  }

  private static void atLeastOne(int bound, String name) {
    if (bound < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + bound);
    }
  }
}
