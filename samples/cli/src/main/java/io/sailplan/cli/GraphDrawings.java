package io.sailplan.cli;

import io.sailplan.graph.Edge;
import io.sailplan.graph.ResourceGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a graph in the languages of drawing tools; arrows lead from what needs to what is needed.
 */
final class GraphDrawings {
  private GraphDrawings() {}

  static String mermaid(ResourceGraph graph) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<String, Integer> numbers = numbers(graph.sequence());
    for (String id : graph.sequence()) {
      boolean milestone = graph.resource(id).isEmpty();
      text.append("  n").append(numbers.get(id)).append(milestone ? "([\"" : "[\"").append(id);
      text.append(milestone ? "\"])\n" : "\"]\n");
    }
    for (Edge edge : graph.edges()) {
      text.append("  n").append(numbers.get(edge.from()));
      text.append(edge.isHard() ? " --> " : " -.-> ");
      text.append('n').append(numbers.get(edge.to())).append('\n');
    }
    return text.toString();
  }

  static String dot(ResourceGraph graph) {
    StringBuilder text =
        new StringBuilder("digraph application {\n  rankdir=LR;\n  node [shape=box];\n");
    for (String id : graph.sequence()) {
      String shape = graph.resource(id).isEmpty() ? " [shape=oval]" : "";
      text.append("  ").append(quote(id)).append(shape).append(";\n");
    }
    for (Edge edge : graph.edges()) {
      text.append("  ").append(quote(edge.from())).append(" -> ").append(quote(edge.to()));
      text.append(" [tooltip=").append(quote(edge.text()));
      text.append(edge.isHard() ? "" : ", style=dashed").append("];\n");
    }
    return text.append("}\n").toString();
  }

  private static Map<String, Integer> numbers(List<String> order) {
    Map<String, Integer> numbers = new HashMap<>();
    for (String id : order) {
      numbers.put(id, numbers.size() + 1);
    }
    return numbers;
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
