package io.sailplan.planning;

import io.sailplan.graph.Edge;
import io.sailplan.model.Application;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;

/**
 * An application once its expressions are worked out, as far as inputs and objects of others tell:
 * what is left out is gone, what is multiplied is there as often as it will be, names are known.
 * Fields that only other resources tell are missing. Immutable.
 *
 * @param application the application, without expressions
 * @param edges which resource reads which other, in a fixed order
 * @param problems all that is wrong with the expressions; with an error among them, the application
 *     has no resources
 */
public record ComposedApplication(
    Application application, List<Edge> edges, List<Problem> problems) {

  /** Copies the lists. */
  public ComposedApplication {
    edges = List.copyOf(edges);
    problems = List.copyOf(problems);
  }

  /**
   * Returns what a request to deploy asks for.
   *
   * @throws IllegalArgumentException naming {@code request}, if it deploys nothing
   */
  public static ComposedApplication of(PlanRequest request) {
    Composition composition = World.of(request).composition();
    Application application =
        composition
            .request()
            .operation()
            .declared()
            .orElseThrow(() -> new IllegalArgumentException("request deploys nothing"));
    return new ComposedApplication(application, composition.edges(), composition.problems());
  }

  /**
   * Returns the application.
   *
   * @throws InvalidInputException with all problems, if there is an error among them
   */
  public Application orThrow() {
    if (problems.stream().anyMatch(Problem::isError)) {
      throw new InvalidInputException(problems);
    }
    return application;
  }
}
