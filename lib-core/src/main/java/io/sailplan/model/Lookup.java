package io.sailplan.model;

import static java.util.Objects.requireNonNull;

/** What a {@link Snapshot} knows of one object. */
public sealed interface Lookup {

  /**
   * It was there.
   *
   * @param object the object as observed
   */
  record Found(LiveObject object) implements Lookup {
    /** Checks that the object is not null. */
    public Found {
      requireNonNull(object, "object");
    }
  }

  /** Someone looked, and it was not there. */
  record Absent() implements Lookup {}

  /**
   * Nobody could tell: nobody looked, or the look was refused.
   *
   * @param reason why not; a sentence
   */
  record NotLookedAt(String reason) implements Lookup {
    /** Checks that the reason is not null. */
    public NotLookedAt {
      requireNonNull(reason, "reason");
    }
  }
}
