package io.sailplan.graph;

import io.sailplan.graph.Links.Link;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Turns circles of hard links into problems: one for each component, with its shortest circle. */
final class Cycles {
  /** In larger components, the shortest circle through the first resource stands for all. */
  private static final int SEARCHED_WHOLE = 200;

  private static final int SHOWN = 12;
  private static final int NONE = -1;

  private final Nodes nodes;
  private final List<Link> links;
  private final int[][] successors;

  private Cycles(Nodes nodes, List<Link> links) {
    this.nodes = nodes;
    this.links = links;
    this.successors = SoftEdges.successors(nodes.count(), links);
    for (int[] next : successors) {
      Arrays.sort(next);
    }
  }

  /** Returns a problem for each component of hard links that holds a circle; by least id. */
  static List<Problem> find(Nodes nodes, List<Link> hard) {
    Cycles cycles = new Cycles(nodes, hard);
    return Components.circular(cycles.successors).stream().map(cycles::problem).toList();
  }

  private Problem problem(List<Integer> members) {
    List<Integer> shortest = List.of();
    for (int start : members.size() > SEARCHED_WHOLE ? members.subList(0, 1) : members) {
      List<Integer> cycle = shortestFrom(start);
      if (shortest.isEmpty() || cycle.size() < shortest.size()) {
        shortest = cycle;
      }
    }
    Node first = nodes.all().get(shortest.get(0)); // the least index: never a milestone
    String others =
        members.size() > shortest.size()
            ? "; " + members.size() + " resources in all need each other"
            : "";
    return Problem.error(
            ProblemCode.CYCLE,
            (shortest.size() == 1 ? first.id() + " needs itself: " : "these need each other: ")
                + text(shortest)
                + others)
        .at(first.resource().source().find(""))
        .hint("Take one of these reasons away.");
  }

  /** The nodes of a shortest circle through {@code start}, which comes first. */
  private List<Integer> shortestFrom(int start) {
    int[] before = new int[successors.length];
    Arrays.fill(before, NONE);
    ArrayDeque<Integer> open = new ArrayDeque<>();
    open.add(start);
    while (true) {
      int node = open.remove(); // never empty: start lies on a circle
      for (int next : successors[node]) {
        if (next == start) {
          return path(before, start, node);
        }
        if (before[next] == NONE) {
          before[next] = node;
          open.add(next);
        }
      }
    }
  }

  private static List<Integer> path(int[] before, int start, int end) {
    List<Integer> path = new ArrayList<>();
    for (int node = end; node != start; node = before[node]) {
      path.add(node);
    }
    path.add(start);
    Collections.reverse(path);
    return path;
  }

  private String text(List<Integer> cycle) {
    StringBuilder text = new StringBuilder(id(cycle.get(0)));
    for (int i = 0; i < cycle.size(); i++) {
      if (i == SHOWN - 2 && cycle.size() > SHOWN) {
        int hidden = cycle.size() - SHOWN;
        text.append(" → … ").append(hidden).append(" more …");
        i += hidden;
      }
      int to = cycle.get((i + 1) % cycle.size());
      text.append(" → ").append(id(to)).append(" (").append(reason(cycle.get(i), to)).append(')');
    }
    return text.toString();
  }

  private String reason(int from, int to) {
    int found = Collections.binarySearch(links, new Link(from, to), Link.BY_ENDS);
    return links.get(found).provenances.stream()
        .map(Provenance::text)
        .collect(Collectors.joining(", "));
  }

  private String id(int index) {
    return nodes.id(index);
  }
}
