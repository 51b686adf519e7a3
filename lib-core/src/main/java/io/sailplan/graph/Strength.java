package io.sailplan.graph;

/** How much one resource needs another; the stronger one first. */
public enum Strength {
  /** It is refused, cannot run, or does harm before the other is ready. */
  HARD,
  /** It goes better after the other; where that would make a circle, it goes without. */
  SOFT
}
