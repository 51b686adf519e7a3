package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.plan.Refusal;
import io.sailplan.planning.PlanResult;
import io.sailplan.problem.Problem;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on what planning answers. */
public final class PlanResultAssert extends AbstractAssert<PlanResultAssert, PlanResult> {
  PlanResultAssert(@Nullable PlanResult actual) {
    super(actual, PlanResultAssert.class);
  }

  /**
   * Insists that there is a plan, and goes on with it.
   *
   * @throws AssertionError if it was refused, or the input is wrong; shows why
   */
  public PlanAssert isPlan() {
    return new PlanAssert(
        present().plan().orElseThrow(() -> failure("Expected a plan, but %s", text(present()))));
  }

  /**
   * Insists that planning was refused.
   *
   * @throws AssertionError if it was not; shows the plan or the problems
   */
  public PlanResultAssert isRefused() {
    if (!(present() instanceof PlanResult.Refused)) {
      throw failure("Expected a refusal, but %s", text(present()));
    }
    return this;
  }

  /**
   * Insists that planning was refused for this reason, among others.
   *
   * @throws AssertionError if it was not; shows all reasons
   */
  public PlanResultAssert isRefused(Refusal.Code code) {
    isRefused();
    if (present().refusals().stream().noneMatch(refusal -> refusal.code() == code)) {
      throw failure("Expected the refusal %s, but %s", code, text(present()));
    }
    return this;
  }

  /**
   * Insists that planning was refused for this reason because of this subject, such as {@code
   * Deployment/api}.
   *
   * @throws AssertionError if it was not; shows all reasons
   */
  public PlanResultAssert isRefused(Refusal.Code code, String subject) {
    isRefused();
    if (present().refusals().stream()
        .noneMatch(refusal -> refusal.code() == code && refusal.subject().equals(subject))) {
      throw failure("Expected the refusal %s of %s, but %s", code, subject, text(present()));
    }
    return this;
  }

  /**
   * Insists that a refusal offers this way on, such as {@code adopt}.
   *
   * @throws AssertionError if none does; shows all refusals with their remedies
   */
  public PlanResultAssert offers(String remedy) {
    isRefused();
    if (present().refusals().stream()
        .flatMap(refusal -> refusal.remedies().stream())
        .noneMatch(offered -> offered.action().equals(remedy))) {
      throw failure("Expected the remedy %s, but %s", remedy, text(present()));
    }
    return this;
  }

  /**
   * Insists that the input is wrong, and goes on with the problems.
   *
   * @throws AssertionError if it is not; shows the plan or the refusals
   */
  public ProblemsAssert isInvalid() {
    if (!(present() instanceof PlanResult.Invalid)) {
      throw failure("Expected problems, but %s", text(present()));
    }
    return new ProblemsAssert(present().problems());
  }

  private PlanResult present() {
    isNotNull();
    return requireNonNull(actual);
  }

  private static String text(PlanResult result) {
    if (result.plan().isPresent()) {
      return "there is a plan:\n" + result.plan().orElseThrow().render();
    }
    if (result instanceof PlanResult.Refused) {
      return "it was refused:\n"
          + result.refusals().stream()
              .map(refusal -> refusal.code() + " " + refusal)
              .collect(Collectors.joining("\n"));
    }
    return "the input is wrong:\n"
        + result.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
