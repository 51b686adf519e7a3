package io.sailplan.graph;

import io.sailplan.model.GroupKind;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All nodes, and the milestones behind them, which have ids and indices only; nodes are found by
 * what the rules of inference ask for. Each list is in the order of ids; the maps are only ever
 * asked, never walked.
 */
final class Nodes {
  private final List<Node> all;
  private final List<String> milestones;
  private final Map<ObjectKey, Node> byKey = new HashMap<>();
  private final Map<GroupKind, List<Node>> byKind = new HashMap<>();
  private final Map<String, List<Node>> workloads = new LinkedHashMap<>();
  private final Map<PodLabel, List<Node>> workloadsByLabel = new HashMap<>();

  private record PodLabel(String namespace, String key, String value) {}

  Nodes(List<Node> all, Collection<String> milestones) {
    this.all = List.copyOf(all);
    this.milestones = List.copyOf(new TreeSet<>(milestones));
    for (Node node : all) {
      byKey.putIfAbsent(node.key(), node);
      byKind.computeIfAbsent(node.groupKind(), kind -> new ArrayList<>()).add(node);
      PodTemplate pods = node.pods();
      if (pods != null) {
        workloads.computeIfAbsent(node.namespace(), name -> new ArrayList<>()).add(node);
        pods.labels().forEach((key, value) -> addLabel(node, key, value));
      }
    }
  }

  private void addLabel(Node node, String key, String value) {
    workloadsByLabel
        .computeIfAbsent(new PodLabel(node.namespace(), key, value), label -> new ArrayList<>())
        .add(node);
  }

  List<Node> all() {
    return all;
  }

  /** Returns the milestones, ordered; their indices follow those of the nodes. */
  List<String> milestones() {
    return milestones;
  }

  /** Returns how many nodes and milestones there are. */
  int count() {
    return all.size() + milestones.size();
  }

  /** Returns the id of a node or milestone. */
  String id(int index) {
    return index < all.size() ? all.get(index).id() : milestones.get(index - all.size());
  }

  @Nullable Node find(ObjectKey key) {
    return byKey.get(key);
  }

  List<Node> ofKind(String group, String kind) {
    return byKind.getOrDefault(new GroupKind(group, kind), List.of());
  }

  /** Returns what runs pods in the namespace. */
  List<Node> workloads(String namespace) {
    return workloads.getOrDefault(namespace, List.of());
  }

  /** Returns what runs pods that a {@code LabelSelector} chooses; a missing one chooses nothing. */
  List<Node> workloads(String namespace, @Nullable Object selector) {
    List<Node> candidates = workloads(namespace);
    for (Map.Entry<String, String> label :
        Trees.strings(Trees.get(selector, "matchLabels")).entrySet()) {
      List<Node> carriers =
          workloadsByLabel.getOrDefault(
              new PodLabel(namespace, label.getKey(), label.getValue()), List.of());
      if (carriers.size() < candidates.size()) {
        candidates = carriers;
      }
    }
    List<Node> chosen = new ArrayList<>();
    for (Node candidate : candidates) {
      PodTemplate pods = candidate.pods();
      if (pods != null && Labels.matches(selector, pods.labels())) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  /** Returns what runs the pods behind a Service; a Service without selector has none. */
  List<Node> behind(Node service) {
    Map<String, @Nullable Object> selector =
        Trees.object(service.manifest().get("spec", "selector"));
    return selector.isEmpty()
        ? List.of()
        : workloads(service.namespace(), Map.of("matchLabels", selector));
  }
}
