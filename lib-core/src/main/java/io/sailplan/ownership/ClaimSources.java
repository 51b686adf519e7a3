package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a claim is filled from stands in two fields, an old one and a new one: the server copies
 * either into the other (pkg/api/persistentvolumeclaim of Kubernetes 1.36, confirmed by trial).
 */
final class ClaimSources {
  private static final String OLD = "dataSource";
  private static final String NEW = "dataSourceRef";

  private ClaimSources() {}

  /**
   * Fills in the missing one.
   *
   * @param before what is stored; empty if the claim is new
   */
  static void complete(Map<String, @Nullable Object> stored, Map<String, @Nullable Object> before) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
    boolean used = Trees.get(before, "spec", OLD) != null || Trees.get(before, "spec", NEW) != null;
    if (!used && spec.get(NEW) == null && !isOfOld(spec.get(OLD))) {
      spec.remove(OLD); // the server does not say that it ignores it
    }
    if (spec.get(OLD) != null && spec.get(NEW) == null) {
      spec.put(NEW, copy(spec.get(OLD)));
    } else if (spec.get(NEW) != null
        && spec.get(OLD) == null
        && Trees.string(Trees.get(spec.get(NEW), "namespace")).isEmpty()) {
      spec.put(OLD, copy(spec.get(NEW)));
    }
    if (stored.get("spec") != null) {
      stored.put("spec", spec);
    }
  }

  /** Only claims and snapshots have ever been sources in the old field. */
  private static boolean isOfOld(@Nullable Object source) {
    String group = Trees.string(Trees.get(source, "apiGroup"));
    String kind = Trees.string(Trees.get(source, "kind"));
    return (kind.equals("PersistentVolumeClaim") && group.isEmpty())
        || (kind.equals("VolumeSnapshot") && group.equals("snapshot.storage.k8s.io"));
  }

  private static Map<String, @Nullable Object> copy(@Nullable Object source) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (String field : List.of("apiGroup", "kind", "name")) {
      copy.put(field, Trees.get(source, field));
    }
    return copy;
  }
}
