package io.sailplan.model;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;

/**
 * What a {@link ManifestReader} found in a text.
 *
 * @param resources the objects that have no error, in the order of the text
 * @param problems all problems, in the order of the text
 */
public record ReadResult(List<Resource> resources, List<Problem> problems) {

  /** Copies the lists. */
  public ReadResult {
    resources = List.copyOf(resources);
    problems = List.copyOf(problems);
  }

  /** Returns whether a problem is an error, so that the resources are not all that was written. */
  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /**
   * Returns the resources.
   *
   * @throws InvalidInputException with all problems, if one is an error
   */
  public List<Resource> orThrow() {
    if (hasErrors()) {
      throw new InvalidInputException(problems);
    }
    return resources;
  }
}
