package io.sailplan.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Input was refused; holds every problem that was found, in the order of the input. */
public final class InvalidInputException extends SailplanException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // problems are for the thrower's own process
  private final List<Problem> problems;

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException if {@code problems} is empty
   */
  public InvalidInputException(List<Problem> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns all problems, at least one. */
  public List<Problem> problems() {
    return problems;
  }

  private static String text(List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems must not be empty");
    }
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
