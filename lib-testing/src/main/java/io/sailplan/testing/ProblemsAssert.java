package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.Collection;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on problems; every failure shows them all. */
public final class ProblemsAssert extends AbstractAssert<ProblemsAssert, Collection<Problem>> {
  ProblemsAssert(@Nullable Collection<Problem> actual) {
    super(actual, ProblemsAssert.class);
  }

  /**
   * Insists that there is no problem at all.
   *
   * @throws AssertionError if there is one
   */
  public ProblemsAssert isEmpty() {
    return check(present().isEmpty(), "Expected no problems");
  }

  /**
   * Insists that there are only warnings, if anything.
   *
   * @throws AssertionError if there is an error
   */
  public ProblemsAssert hasNoErrors() {
    return check(present().stream().noneMatch(Problem::isError), "Expected no errors");
  }

  /**
   * Insists on a problem of this sort.
   *
   * @throws AssertionError if there is none
   */
  public ProblemsAssert hasProblem(ProblemCode code) {
    return check(
        present().stream().anyMatch(problem -> problem.code() == code),
        "Expected a problem {}",
        code.id());
  }

  /**
   * Insists on a problem of this sort whose text, place and hint included, contains this.
   *
   * @throws AssertionError if there is none
   */
  public ProblemsAssert hasProblem(ProblemCode code, String text) {
    return check(
        present().stream()
            .anyMatch(problem -> problem.code() == code && problem.toString().contains(text)),
        "Expected a problem {} that says \"{}\"",
        code.id(),
        text);
  }

  private ProblemsAssert check(boolean holds, String message, Object... arguments) {
    if (!holds) {
      String all = present().stream().map(Problem::toString).collect(Collectors.joining("\n  "));
      throw failure(
          "%s",
          Message.fill(message, arguments) + ", but found\n  " + (all.isEmpty() ? "none" : all));
    }
    return this;
  }

  private Collection<Problem> present() {
    isNotNull();
    return requireNonNull(actual);
  }
}
