package io.sailplan.run;

/** How a step ended; every step ends in exactly one way. */
public enum StepStatus {
  /** It did what it should. */
  SUCCEEDED,
  /** There was nothing to do. */
  UNCHANGED,
  /** It would only have been done about a failure, and there was none. */
  NOT_NEEDED,
  /** The server or the object refused for good. */
  FAILED,
  /** The time was up. */
  TIMED_OUT,
  /** What the plan saw is not true any more; nothing was written. */
  STALE,
  /** A step that it needs did not succeed, so it was not started. */
  SKIPPED,
  /** The run was cancelled before it had done anything, or while it waited. */
  CANCELLED,
  /** It was sent, and whether it took effect is not known. */
  UNKNOWN;

  /** Returns whether nothing went wrong. */
  public boolean isGood() {
    return this == SUCCEEDED || this == UNCHANGED || this == NOT_NEEDED;
  }
}
