package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that happened to a step while a plan runs.
 *
 * @param at when
 * @param step the id of the step; empty for the whole run
 * @param phase what happened
 * @param message more about it, for people; may be empty; holds no value of a Secret
 */
public record Progress(Instant at, String step, Phase phase, String message) {

  /** What can happen to a step. */
  public enum Phase {
    /** It has begun. */
    STARTED,
    /** A request failed and will be sent again. */
    RETRYING,
    /** It waits; the message says for what. */
    WAITING,
    /** It has ended; the message names the {@link StepStatus}. */
    ENDED
  }

  /** Checks that nothing is null. */
  public Progress {
    requireNonNull(at, "at");
    requireNonNull(step, "step");
    requireNonNull(phase, "phase");
    requireNonNull(message, "message");
  }
}
