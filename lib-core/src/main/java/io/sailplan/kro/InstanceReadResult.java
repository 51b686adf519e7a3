package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What was found when an instance was read.
 *
 * @param instance the instance; empty if there are errors
 * @param problems all problems, in the order of the text
 */
public record InstanceReadResult(Optional<Instance> instance, List<Problem> problems) {

  /** Copies the list. */
  public InstanceReadResult {
    requireNonNull(instance, "instance");
    problems = List.copyOf(problems);
  }

  /**
   * Returns the instance.
   *
   * @throws InvalidInputException with all problems, if one is an error
   */
  public Instance orThrow() {
    return instance.orElseThrow(() -> new InvalidInputException(problems));
  }
}
