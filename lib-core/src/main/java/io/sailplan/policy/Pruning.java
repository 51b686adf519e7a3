package io.sailplan.policy;

/**
 * Whether members that the application does not declare any more are deleted, and how many at once.
 * A renamed or truncated input looks like the wish to delete nearly everything: above either bound
 * a plan is refused.
 *
 * @param enabled whether anything is pruned; if not, such members stay, and the plan warns of them
 * @param maxCount how many objects one plan may prune
 * @param maxPercent how many of the hundred members one plan may prune, 0 to 100
 */
public record Pruning(boolean enabled, int maxCount, int maxPercent) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException naming the bound, if it is negative or above 100 percent
   */
  public Pruning {
    if (maxCount < 0) {
      throw new IllegalArgumentException("maxCount must not be negative: " + maxCount);
    }
    if (maxPercent < 0 || maxPercent > 100) {
      throw new IllegalArgumentException("maxPercent must be 0 to 100: " + maxPercent);
    }
  }

  /** Returns the bounds of the standard policy: at most 20 objects, and half of the members. */
  public static Pruning standard() {
    return new Pruning(true, 20, 50);
  }

  /** Returns what prunes nothing. */
  public static Pruning none() {
    return new Pruning(false, 0, 0);
  }

  /** Returns what prunes however many there are. */
  public static Pruning unbounded() {
    return new Pruning(true, Integer.MAX_VALUE, 100);
  }
}
