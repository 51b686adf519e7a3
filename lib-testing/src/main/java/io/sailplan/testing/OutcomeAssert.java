package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.run.Outcome;
import io.sailplan.run.StepOutcome;
import io.sailplan.run.StepStatus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on how a run ended; every failure shows how each step did. */
public final class OutcomeAssert extends AbstractAssert<OutcomeAssert, Outcome> {
  OutcomeAssert(@Nullable Outcome actual) {
    super(actual, OutcomeAssert.class);
  }

  /**
   * Insists that every step ended well.
   *
   * @throws AssertionError if one did not
   */
  public OutcomeAssert isSuccess() {
    return check(present().isSuccess(), "Expected success");
  }

  /**
   * Insists that the caller cancelled the run.
   *
   * @throws AssertionError if it was not cancelled
   */
  public OutcomeAssert isCancelled() {
    return check(present().cancelled(), "Expected a cancelled run");
  }

  /**
   * Insists that a step failed or ran out of time by itself.
   *
   * @param step its id, such as {@code await Deployment/api}
   * @throws AssertionError if there is no such step, or it ended otherwise
   */
  public OutcomeAssert hasFailed(String step) {
    StepStatus status = step(step).status();
    return check(
        status == StepStatus.FAILED || status == StepStatus.TIMED_OUT,
        "Expected \"{}\" to fail, but it ended as {}",
        step,
        status);
  }

  /**
   * Insists that a step failed, and that its explanation contains these texts.
   *
   * @throws AssertionError if it did not fail, or a text is missing
   */
  public OutcomeAssert hasFailed(String step, String... because) {
    hasFailed(step);
    for (String text : because) {
      check(
          step(step).explanation().contains(text),
          "Expected \"{}\" to fail because of \"{}\", but it says:\n{}\n",
          step,
          text,
          step(step).explanation());
    }
    return this;
  }

  /**
   * Insists that a step ended so.
   *
   * @throws AssertionError if there is no such step, or it ended otherwise
   */
  public OutcomeAssert hasStatus(String step, StepStatus status) {
    return check(
        step(step).status() == status,
        "Expected \"{}\" to end as {}, but it ended as {}",
        step,
        status,
        step(step).status());
  }

  /**
   * Insists that just these steps were skipped.
   *
   * @throws AssertionError if others were, or one was not
   */
  public OutcomeAssert hasSkippedOnly(String... steps) {
    Set<String> expected = new TreeSet<>(List.of(steps));
    Set<String> found = new TreeSet<>();
    for (StepOutcome outcome : present().steps()) {
      if (outcome.status() == StepStatus.SKIPPED) {
        found.add(outcome.step().id());
      }
    }
    return check(
        found.equals(expected), "Expected only {} to be skipped, but found {}", expected, found);
  }

  private StepOutcome step(String id) {
    return present()
        .step(id)
        .orElseThrow(
            () ->
                failure(
                    "%s", "Expected a step \"" + id + "\", but found none in\n" + text(present())));
  }

  private OutcomeAssert check(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw failure("%s", Message.fill(message, arguments) + " in\n" + text(present()));
    }
    return this;
  }

  private Outcome present() {
    isNotNull();
    return requireNonNull(actual);
  }

  /** The outcome for people, and each step by its id. */
  private static String text(Outcome outcome) {
    StringBuilder text = new StringBuilder(outcome.render());
    if (!text.toString().endsWith("\n")) {
      text.append('\n');
    }
    text.append("Steps:\n");
    outcome
        .steps()
        .forEach(
            step ->
                text.append("  ")
                    .append(step.step().id())
                    .append(": ")
                    .append(step.status())
                    .append('\n'));
    return text.toString();
  }
}
