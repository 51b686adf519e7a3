package io.sailplan.graph;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of compiling an application.
 *
 * @param graph the graph; empty if a problem is an error
 * @param problems every problem, warnings included; by id of the resource, circles last
 */
public record GraphResult(Optional<ResourceGraph> graph, List<Problem> problems) {

  /** Copies the list. */
  public GraphResult {
    requireNonNull(graph, "graph");
    problems = List.copyOf(problems);
  }

  /**
   * Returns the graph.
   *
   * @throws InvalidInputException with every problem, if there is none
   */
  public ResourceGraph orThrow() {
    return graph.orElseThrow(() -> new InvalidInputException(problems));
  }
}
