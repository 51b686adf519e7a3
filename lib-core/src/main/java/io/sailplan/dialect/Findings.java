package io.sailplan.dialect;

import io.sailplan.graph.Edge;
import io.sailplan.graph.Provenance;
import io.sailplan.graph.Strength;
import io.sailplan.model.ObjectKey;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the readers find: edges, milestones, problems. */
final class Findings {
  private final List<Edge> edges = new ArrayList<>();
  private final TreeSet<String> milestones = new TreeSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<ObjectKey, Item> byKey = new TreeMap<>();
  private final boolean removal;

  Findings(boolean removal) {
    this.removal = removal;
  }

  /** Returns whether it is read for a removal: then other rules may count. */
  boolean isRemoval() {
    return removal;
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  void add(Item item) {
    byKey.putIfAbsent(item.key(), item);
  }

  @Nullable Item find(ObjectKey key) {
    return byKey.get(key);
  }

  /** Notes a milestone, and returns its id. */
  String milestone(String name) {
    String id = removal ? "removing " + name : name;
    milestones.add(id);
    return id;
  }

  /** Notes that {@code from} needs {@code to}; both are resources or milestones. */
  void edge(String from, String to, Strength strength, Provenance provenance) {
    edges.add(Edge.of(from, to, strength, provenance));
  }

  List<Edge> edges() {
    return edges;
  }

  Set<String> milestones() {
    return milestones;
  }

  List<Problem> problems() {
    return problems;
  }
}
