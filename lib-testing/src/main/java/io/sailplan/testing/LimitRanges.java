package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a LimitRange fills into new pods; what it forbids is not simulated. */
final class LimitRanges {
  private final World world;

  LimitRanges(World world) {
    this.world = world;
  }

  /** Returns a pod whose containers have what they did not ask for, and which says so. */
  Manifest filled(Manifest pod) {
    Map<String, @Nullable Object> limits = new LinkedHashMap<>();
    Map<String, @Nullable Object> requests = new LinkedHashMap<>();
    for (Manifest range : world.store().list(Kind.LIMIT_RANGE, pod.namespace())) {
      for (Map<String, @Nullable Object> item : Tree.objects(range, "spec", "limits")) {
        if ("Container".equals(item.get("type"))) {
          limits.putAll(Trees.object(item.get("default")));
          requests.putAll(Trees.object(item.get("defaultRequest")));
        }
      }
    }
    if (limits.isEmpty() && requests.isEmpty()) {
      return pod;
    }
    Manifest filled = pod;
    List<String> told = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      String word = list.equals("containers") ? "container " : "init container ";
      List<Object> containers = new ArrayList<>();
      for (Map<String, @Nullable Object> container : Tree.objects(pod, "spec", list)) {
        Map<String, @Nullable Object> copy = Tree.mutableObject(container);
        String name = word + Trees.string(container.get("name"));
        told.addAll(fill(copy, "requests", requests, " request for " + name));
        told.addAll(fill(copy, "limits", limits, " limit for " + name));
        containers.add(copy);
      }
      filled = containers.isEmpty() ? filled : filled.with(containers, "spec", list);
    }
    return told.isEmpty()
        ? filled
        : filled.with(
            "LimitRanger plugin set: " + String.join("; ", told),
            "metadata",
            "annotations",
            "kubernetes.io/limit-ranger");
  }

  private static List<String> fill(
      Map<String, @Nullable Object> container,
      String field,
      Map<String, @Nullable Object> defaults,
      String what) {
    Map<String, @Nullable Object> resources =
        new LinkedHashMap<>(Trees.object(container.get("resources")));
    Map<String, @Nullable Object> amounts = new LinkedHashMap<>(Trees.object(resources.get(field)));
    TreeSet<String> missing = new TreeSet<>(defaults.keySet());
    missing.removeAll(amounts.keySet());
    if (missing.isEmpty()) {
      return List.of();
    }
    missing.forEach(name -> amounts.put(name, defaults.get(name)));
    resources.put(field, amounts);
    container.put("resources", resources);
    return List.of(String.join(", ", missing) + what);
  }
}
