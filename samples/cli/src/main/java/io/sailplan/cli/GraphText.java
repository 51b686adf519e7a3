package io.sailplan.cli;

import io.sailplan.dialect.Conventions;
import io.sailplan.graph.Edge;
import io.sailplan.graph.Provenance;
import io.sailplan.graph.ResourceGraph;
import java.util.List;

/** Writes a graph as text: objects in their order, and below each what it needs. */
final class GraphText {
  private GraphText() {}

  static String of(ResourceGraph graph, Conventions conventions, Style style) {
    StringBuilder text = new StringBuilder();
    List<String> order = graph.order();
    int width = String.valueOf(order.size()).length();
    int number = 0;
    for (String id : graph.sequence()) {
      boolean milestone = graph.resource(id).isEmpty();
      number += milestone ? 0 : 1;
      String start = milestone ? " ".repeat(width) : pad(number, width);
      text.append(style.dim(start)).append("  ");
      text.append(milestone ? style.dim("· " + id) : style.bold(id)).append('\n');
      for (Edge edge : graph.dependencies(id)) {
        edge(text, " ".repeat(width + 4), edge, style);
      }
    }
    section(text, "Left out, since they would close a circle", graph.droppedEdges(), style);
    section(text, "Not part of the application", graph.externalReferences(), style);
    List<String> hooks =
        conventions.hooks().stream().map(hook -> hook.resource() + ": " + hook.text()).toList();
    section(text, "Hooks, which run at their moment", hooks, style);
    List<String> leftOut =
        conventions.leftOut().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .toList();
    section(text, "Not deployed", leftOut, style);
    long soft = graph.edges().stream().filter(edge -> !edge.isHard()).count();
    text.append('\n').append(Problems.number(order.size(), "object")).append(", ");
    text.append(Problems.number(graph.edges().size(), "edge"));
    text.append(soft == 0 ? "" : " (" + soft + " soft: kept unless in the way)");
    return text.append(".\n").toString();
  }

  private static void edge(StringBuilder text, String indent, Edge edge, Style style) {
    text.append(indent).append(edge.isHard() ? "needs " : "after ").append(edge.to());
    for (Provenance provenance : edge.provenances()) {
      text.append('\n').append(indent).append("  ").append(style.dim(provenance.text()));
    }
    text.append('\n');
  }

  private static void section(StringBuilder text, String title, List<?> entries, Style style) {
    if (!entries.isEmpty()) {
      text.append('\n').append(style.bold(title)).append('\n');
      for (Object entry : entries) {
        text.append("  ").append(entry);
        text.append('\n');
      }
    }
  }

  private static String pad(int number, int width) {
    String text = String.valueOf(number);
    return " ".repeat(width - text.length()) + text;
  }
}
