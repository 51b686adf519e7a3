package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.plan.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one step ended.
 *
 * @param step the step
 * @param status how it ended
 * @param explanation why, for people, several lines if need be; empty if all went well; holds no
 *     value of a Secret
 * @param object the object as the step last saw it; null if it saw none
 * @param assumedReady whether the object said nothing of its state and only the quiet period has
 *     passed, or it has removed itself and its end was not seen
 * @param attempts how many requests that could write were sent
 * @param took how long it took from its start
 */
public record StepOutcome(
    Step step,
    StepStatus status,
    String explanation,
    @Nullable LiveObject object,
    boolean assumedReady,
    int attempts,
    Duration took) {

  /** Checks that nothing but the object is null. */
  public StepOutcome {
    requireNonNull(step, "step");
    requireNonNull(status, "status");
    requireNonNull(explanation, "explanation");
    requireNonNull(took, "took");
  }
}
