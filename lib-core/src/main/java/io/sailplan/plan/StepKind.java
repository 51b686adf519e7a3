package io.sailplan.plan;

/**
 * The kinds of steps, for {@code switch}; callers that want to outlive new kinds keep a default
 * branch.
 */
public enum StepKind {
  /** Makes an object that must not exist. */
  CREATE,
  /** Changes an object that must exist. */
  APPLY,
  /** Changes single fields by a tested patch. */
  PATCH,
  /** Deletes an object. */
  DELETE,
  /** Waits until an object is ready. */
  AWAIT_READY,
  /** Waits until an object is gone. */
  AWAIT_GONE,
  /** Does nothing: the object is as declared. */
  UNCHANGED,
  /** Sends nothing: lets others start. */
  GATE;

  /** Returns whether such a step does anything in the cluster, or waits for something there. */
  public boolean isWork() {
    return this != UNCHANGED && this != GATE;
  }
}
