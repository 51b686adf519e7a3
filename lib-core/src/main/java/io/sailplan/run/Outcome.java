package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param plan what was run
 * @param steps how each step ended, in the order of the plan
 * @param cancelled whether the caller cancelled it
 * @param took how long it took
 */
public record Outcome(Plan plan, List<StepOutcome> steps, boolean cancelled, Duration took) {

  /** Copies the list. */
  public Outcome {
    requireNonNull(plan, "plan");
    steps = List.copyOf(steps);
    requireNonNull(took, "took");
  }

  /** Returns whether every step ended well. */
  public boolean isSuccess() {
    return steps.stream().allMatch(step -> step.status().isGood());
  }

  /** Returns how the step ended. */
  public Optional<StepOutcome> step(String id) {
    return steps.stream().filter(outcome -> outcome.step().id().equals(id)).findFirst();
  }

  /** Returns the steps that ended badly by themselves: not those that were only skipped. */
  public List<StepOutcome> failures() {
    return steps.stream()
        .filter(step -> !step.status().isGood() && step.status() != StepStatus.SKIPPED)
        .toList();
  }

  /**
   * Returns the outcome as people read it, without colours: how much was done, then every failure
   * with its explanation, what was skipped because of it, and what was only assumed.
   */
  public String render() {
    return OutcomeText.of(this);
  }
}
