package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

/** How sure a plan is of a {@link FieldChange}. */
public sealed interface Certainty {

  /**
   * The server cannot decide otherwise: its own rules, its own shapes, and nothing else that has a
   * say.
   */
  record Proven() implements Certainty {
    @Override
    public String toString() {
      return "proven";
    }
  }

  /** The server's dry run said so. */
  record Confirmed() implements Certainty {
    @Override
    public String toString() {
      return "confirmed";
    }
  }

  /**
   * Right as far as is known.
   *
   * @param reason what is not known; part of a sentence
   */
  record Assumed(String reason) implements Certainty {
    /** Checks that the reason is not null. */
    public Assumed {
      requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
      return "assumed: " + reason;
    }
  }

  /**
   * Known only after another step.
   *
   * @param step the id of that step
   */
  record Deferred(String step) implements Certainty {
    /** Checks that the step is not null. */
    public Deferred {
      requireNonNull(step, "step");
    }

    @Override
    public String toString() {
      return "known after " + step;
    }
  }

  /** The structure of the kind is not known, or the object was seen in another version. */
  record Unknown() implements Certainty {
    @Override
    public String toString() {
      return "unknown";
    }
  }
}
