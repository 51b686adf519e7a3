package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ManagedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Defaults that stand in the way: the server has filled in how updates roll, nobody owns that, and
 * it refuses another strategy beside it. An apply can only drop what it owns.
 */
final class Leftovers {
  /** By kind: where the strategy stands, and the type that goes with no rolling update. */
  private static final Map<String, List<String>> STRATEGIES =
      Map.of(
          "Deployment.apps", List.of("strategy", "Recreate"),
          "StatefulSet.apps", List.of("updateStrategy", "OnDelete"));

  private Leftovers() {}

  /** Returns the fields, if nobody owns any of them; the outer one first. */
  static List<FieldPath> of(Manifest payload, Manifest live) {
    List<String> strategy = STRATEGIES.get(payload.key().groupKind().toString());
    if (strategy == null) {
      return List.of();
    }
    String[] path = {"spec", strategy.get(0), "rollingUpdate"};
    Map<String, ?> there = Trees.object(live.get(path));
    if (!payload.string("spec", strategy.get(0), "type").equals(strategy.get(1))
        || payload.get(path) != null
        || there.isEmpty()) {
      return List.of();
    }
    FieldPath outer = FieldPath.of(path);
    if (isOwned(outer, live)) {
      return List.of();
    }
    List<FieldPath> fields = new ArrayList<>();
    fields.add(outer);
    there.keySet().stream().sorted().forEach(name -> fields.add(outer.child(name)));
    return fields;
  }

  private static boolean isOwned(FieldPath outer, Manifest live) {
    try {
      return ManagedFields.of(live).all().paths().stream().anyMatch(at -> at.startsWith(outer));
    } catch (IllegalArgumentException e) {
      return true; // what cannot be read is left alone
    }
  }
}
