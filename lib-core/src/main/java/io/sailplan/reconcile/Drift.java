package io.sailplan.reconcile;

/** What becomes of differences that nobody has declared: somebody has edited what is deployed. */
public enum Drift {
  /**
   * They are reported, and stay. A new declaration, and a change of what the application reads, are
   * still carried through; drift that stands then goes with them.
   */
  REPORT,
  /**
   * They are undone, as far as the {@link io.sailplan.policy.Policy} allows: fields that somebody
   * else has taken over only if it forces conflicts.
   */
  CORRECT
}
