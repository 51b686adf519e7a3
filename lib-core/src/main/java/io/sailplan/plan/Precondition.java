package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

/** What must still be true when a step runs; if it is not, the step is stale and writes nothing. */
public sealed interface Precondition {

  /** The object does not exist. */
  record Absent() implements Precondition {}

  /**
   * It is the same object.
   *
   * @param uid its UID; empty if the object is made by an earlier step of the plan, whose answer
   *     tells it
   */
  record SameObject(String uid) implements Precondition {
    /** Checks that the UID is not null. */
    public SameObject {
      requireNonNull(uid, "uid");
    }
  }

  /**
   * It is the same object, and the fields that matter to the step have the values that the plan
   * saw.
   *
   * @param uid its UID
   * @param resourceVersion the resourceVersion that the plan saw; if it is still the same, nothing
   *     needs comparing
   * @param fingerprint a digest of the fields that matter
   */
  record Unchanged(String uid, String resourceVersion, String fingerprint) implements Precondition {
    /** Checks that no part is null. */
    public Unchanged {
      requireNonNull(uid, "uid");
      requireNonNull(resourceVersion, "resourceVersion");
      requireNonNull(fingerprint, "fingerprint");
    }
  }
}
