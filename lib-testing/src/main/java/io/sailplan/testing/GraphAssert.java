package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.graph.Edge;
import io.sailplan.graph.ResourceGraph;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a graph of resources; every failure shows all edges, with their reasons. */
public final class GraphAssert extends AbstractAssert<GraphAssert, ResourceGraph> {
  GraphAssert(@Nullable ResourceGraph actual) {
    super(actual, GraphAssert.class);
  }

  /**
   * Insists that a resource needs another, by an edge of its own.
   *
   * @param from the id of the resource that needs
   * @param to the id of the resource that is needed
   * @throws AssertionError if there is no such edge
   */
  public GraphAssert hasEdge(String from, String to) {
    return check(edge(from, to) != null, "Expected {} to need {}", from, to);
  }

  /**
   * Insists that a resource needs another, and that the reason contains this text.
   *
   * @throws AssertionError if there is no such edge, or it has other reasons
   */
  public GraphAssert hasEdge(String from, String to, String reason) {
    hasEdge(from, to);
    Edge edge = edge(from, to);
    return check(
        edge != null && edge.text().contains(reason),
        "Expected {} to need {} because of {}",
        from,
        to,
        reason);
  }

  /**
   * Insists that a resource does not need another by an edge of its own.
   *
   * @throws AssertionError if it does
   */
  public GraphAssert hasNoEdge(String from, String to) {
    return check(edge(from, to) == null, "Expected {} not to need {}", from, to);
  }

  /**
   * Insists that these stand in this order, with others in between or not.
   *
   * @throws AssertionError if one is missing or stands elsewhere
   */
  public GraphAssert isOrdered(String... ids) {
    List<String> order = present().order();
    int last = -1;
    for (String id : ids) {
      int at = order.indexOf(id);
      check(at > last, "Expected the order {}, but found {}", List.of(ids), order);
      last = at;
    }
    return this;
  }

  private @Nullable Edge edge(String from, String to) {
    return present().edges().stream()
        .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
        .findFirst()
        .orElse(null);
  }

  private GraphAssert check(boolean holds, String message, Object... arguments) {
    if (!holds) {
      String edges =
          present().edges().stream().map(Edge::toString).collect(Collectors.joining("\n  "));
      throw failure(
          "%s",
          Message.fill(message, arguments)
              + "\nThe order is "
              + present().order()
              + "\nThe edges are\n  "
              + edges);
    }
    return this;
  }

  private ResourceGraph present() {
    isNotNull();
    return requireNonNull(actual);
  }
}
