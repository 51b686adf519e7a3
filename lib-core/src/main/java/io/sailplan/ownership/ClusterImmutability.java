package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of definitions, ranges, quotas and nodes cannot change. */
final class ClusterImmutability {
  private static final String IMMUTABLE = "field is immutable";

  private ClusterImmutability() {}

  /** The field stays as it is once it has a value. */
  static ImmutableRule onceSet(String path, String detail) {
    String[] names = path.split("\\.");
    return transition -> {
      if (!transition.live().string(names).isEmpty() && transition.differs(names)) {
        transition.forbidden(path, detail, names);
      }
    };
  }

  /** Who changes only the list changes nothing: the single range is put first in it. */
  static void rangesOfPods(Transition node) {
    List<@Nullable Object> before = podRanges(node.live());
    if (!before.isEmpty() && !before.equals(podRanges(node.next()))) {
      node.forbidden(
          "spec.podCIDRs",
          "node updates may not change podCIDR except from \"\" to valid",
          "spec",
          node.differs("spec", "podCIDR") ? "podCIDR" : "podCIDRs");
    }
  }

  private static List<@Nullable Object> podRanges(Manifest node) {
    List<@Nullable Object> ranges = new ArrayList<>(Trees.list(node.get("spec", "podCIDRs")));
    String single = node.string("spec", "podCIDR");
    if (!single.isEmpty()) {
      ranges.subList(0, Math.min(1, ranges.size())).clear();
      ranges.add(0, single);
    }
    return ranges;
  }

  /** A second range may be added, nothing else. */
  static void ranges(Transition range) {
    String[] path = {"spec", "cidrs"};
    List<@Nullable Object> before = Trees.list(range.live().get(path));
    List<@Nullable Object> after = Trees.list(range.next().get(path));
    boolean second = before.size() == 1 && after.size() == 2;
    if (before.size() != after.size() && !second) {
      range.invalid("spec.cidrs", after, IMMUTABLE, path);
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!Objects.equals(before.get(i), after.get(i))) {
        range.invalid("spec.cidrs[" + i + "]", after.get(i), IMMUTABLE, path);
      }
    }
  }

  /** Their order does not count. */
  static void scopes(Transition quota) {
    String[] path = {"spec", "scopes"};
    Set<@Nullable Object> before = new LinkedHashSet<>(Trees.list(quota.live().get(path)));
    Set<@Nullable Object> after = new LinkedHashSet<>(Trees.list(quota.next().get(path)));
    if (!before.equals(after)) {
      quota.invalid("spec.scopes", quota.next().get(path), IMMUTABLE, path);
    }
  }

  /** Names count once they are accepted; versions in which objects are stored have to stay. */
  static void definition(Transition definition) {
    if (isEstablished(definition.live())) {
      definition.fixed("spec", "scope");
      definition.fixed("spec", "names", "kind");
    }
    definition.fixed("spec", "group");
    definition.fixed("spec", "names", "plural");
    List<@Nullable Object> stored = Trees.list(definition.live().get("status", "storedVersions"));
    for (int i = 0; i < stored.size(); i++) {
      String version = Trees.string(stored.get(i));
      boolean kept =
          Trees.list(definition.next().get("spec", "versions")).stream()
              .anyMatch(item -> version.equals(Trees.get(item, "name")));
      if (!kept) {
        definition.invalid(
            "status.storedVersions[" + i + "]",
            version,
            "missing from spec.versions; "
                + version
                + " was previously a storage version, and must remain in spec.versions until a"
                + " storage migration ensures no data remains persisted in "
                + version
                + " and removes "
                + version
                + " from status.storedVersions",
            "spec",
            "versions");
      }
    }
  }

  private static boolean isEstablished(Manifest definition) {
    return Trees.list(definition.get("status", "conditions")).stream()
        .anyMatch(
            condition ->
                "Established".equals(Trees.get(condition, "type"))
                    && "True".equals(Trees.get(condition, "status")));
  }
}
