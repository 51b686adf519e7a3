package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link ResourceGraphDefinitionReader} found.
 *
 * @param definition the definition; empty if there are errors
 * @param problems all problems, in the order of the text
 */
public record DefinitionReadResult(
    Optional<ResourceGraphDefinition> definition, List<Problem> problems) {

  /** Copies the list. */
  public DefinitionReadResult {
    requireNonNull(definition, "definition");
    problems = List.copyOf(problems);
  }

  /**
   * Returns the definition.
   *
   * @throws InvalidInputException with all problems, if one is an error
   */
  public ResourceGraphDefinition orThrow() {
    return definition.orElseThrow(() -> new InvalidInputException(problems));
  }
}
