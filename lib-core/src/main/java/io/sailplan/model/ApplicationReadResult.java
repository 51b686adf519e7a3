package io.sailplan.model;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link ApplicationReader} found: an application, unless a problem is an error.
 *
 * @param application the application; empty if there are errors
 * @param problems all problems: first those of the texts, text by text in the order they were
 *     added, then those of the application as a whole
 */
public record ApplicationReadResult(Optional<Application> application, List<Problem> problems) {

  /** Copies the list. */
  public ApplicationReadResult {
    problems = List.copyOf(problems);
  }

  /**
   * Returns the application.
   *
   * @throws InvalidInputException with all problems, if there is none
   */
  public Application orThrow() {
    return application.orElseThrow(() -> new InvalidInputException(problems));
  }
}
