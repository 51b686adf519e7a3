package io.sailplan.ownership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The message of a refused apply, worded as the API server words it. */
final class ConflictText {
  private ConflictText() {}

  static String of(List<Conflict> conflicts) {
    if (conflicts.size() == 1) {
      Conflict only = conflicts.get(0);
      return "Apply failed with 1 conflict: " + only.message() + ": " + only.path();
    }
    Map<String, List<String>> byManager = new LinkedHashMap<>();
    for (Conflict conflict : conflicts) {
      byManager
          .computeIfAbsent(conflict.owner().managerText(), unused -> new ArrayList<>())
          .add("- " + conflict.path());
    }
    List<String> lines = new ArrayList<>();
    byManager.forEach(
        (manager, paths) -> {
          lines.add("conflicts with " + manager + ":");
          lines.addAll(paths);
        });
    return "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", lines);
  }
}
