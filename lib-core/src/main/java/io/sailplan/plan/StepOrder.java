package io.sailplan.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Puts steps in an order in which they could run one after the other; ties are broken by id. */
final class StepOrder {
  private StepOrder() {}

  static Map<String, Step> of(Collection<? extends Step> steps) {
    Map<String, Step> byId = new TreeMap<>();
    for (Step step : steps) {
      if (byId.put(step.id(), step) != null) {
        throw new IllegalArgumentException("steps: two have the id \"" + step.id() + "\"");
      }
    }
    Map<String, Integer> waiting = new LinkedHashMap<>();
    Map<String, List<String>> dependents = new LinkedHashMap<>();
    for (Step step : byId.values()) {
      waiting.put(step.id(), (int) step.after().stream().distinct().count());
      step.after().stream()
          .distinct()
          .forEach(
              before -> {
                if (!byId.containsKey(before)) {
                  throw new IllegalArgumentException(
                      "steps: \""
                          + step.id()
                          + "\" comes after the unknown step \""
                          + before
                          + "\"");
                }
                dependents.computeIfAbsent(before, key -> new ArrayList<>()).add(step.id());
              });
    }
    PriorityQueue<String> free = new PriorityQueue<>();
    waiting.forEach(
        (id, count) -> {
          if (count == 0) {
            free.add(id);
          }
        });
    Map<String, Step> ordered = new LinkedHashMap<>();
    for (String id = free.poll(); id != null; id = free.poll()) {
      Step step = byId.get(id);
      if (step != null) {
        ordered.put(id, step);
      }
      for (String dependent : dependents.getOrDefault(id, List.of())) {
        if (waiting.merge(dependent, -1, Integer::sum) == 0) {
          free.add(dependent);
        }
      }
    }
    if (ordered.size() < byId.size()) {
      byId.keySet().removeAll(ordered.keySet());
      throw new IllegalArgumentException("steps: these wait for each other: " + byId.keySet());
    }
    return Collections.unmodifiableMap(ordered);
  }
}
