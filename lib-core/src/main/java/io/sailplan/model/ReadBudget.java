package io.sailplan.model;

/** Counts what the reading of one text uses up, and stops it at a bound. */
final class ReadBudget {
  private final ReadLimits limits;
  private int nodes;
  private int objects;

  ReadBudget(ReadLimits limits) {
    this.limits = limits;
  }

  /** Thrown when a bound is reached; whoever knows the place catches and reports it. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String hint;
    private final boolean forGood;

    Spent(String what, String hint, boolean forGood) {
      super(what, null, false, false);
      this.what = what;
      this.hint = hint;
      this.forGood = forGood;
    }

    String what() {
      return what;
    }

    String hint() {
      return hint;
    }

    /** Returns whether the rest of the text cannot be read either. */
    boolean forGood() {
      return forGood;
    }
  }

  /** Takes {@code count} values, the deepest of them below {@code depth} mappings and lists. */
  void take(int count, int depth) {
    if (depth > limits.maxDepth()) {
      throw new Spent(
          "the document is nested more than " + limits.maxDepth() + " levels deep",
          "Flatten it.",
          false);
    }
    if (count > limits.maxNodes() - nodes) {
      nodes = limits.maxNodes();
      throw new Spent(
          "the text has more than " + limits.maxNodes() + " values, those behind aliases counted",
          "Split the text, or use fewer aliases.",
          true);
    }
    nodes += count;
  }

  /** Takes a scalar or key of {@code length} characters. */
  void takeScalar(int length) {
    if (length > limits.maxScalarLength()) {
      throw new Spent(
          "a value has "
              + length
              + " characters; at most "
              + limits.maxScalarLength()
              + " are read",
          "A cluster does not store objects of this size.",
          false);
    }
  }

  /** Takes an object. */
  void takeObject() {
    if (++objects > limits.maxObjects()) {
      throw new Spent(
          "the text has more than " + limits.maxObjects() + " objects",
          "Split it over several applications.",
          true);
    }
  }
}
