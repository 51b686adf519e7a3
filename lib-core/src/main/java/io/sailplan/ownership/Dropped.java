package io.sailplan.ownership;

import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the API server takes out of every object of a kind before it stores it, although the kind
 * has such a field. Who writes it owns it all the same. Source: pkg/registry of Kubernetes 1.36,
 * confirmed by trial.
 */
final class Dropped {
  private Dropped() {}

  /** Takes it out of {@code stored}, which is stored already in every other respect. */
  static void from(KindShape shape, Map<String, @Nullable Object> stored) {
    if (shape.custom()) {
      return;
    }
    switch (shape.kind().groupKind().toString()) {
      case "EndpointSlice.discovery.k8s.io":
        items(stored, "endpoints", endpoint -> endpoint.remove("deprecatedTopology"));
        break;
      case "ServiceAccount":
        items(stored, "secrets", secret -> secret.keySet().retainAll(List.of("name")));
        break;
      case "Service":
        Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
        if ("ExternalName".equals(spec.get("type"))
            && spec.remove("internalTrafficPolicy") != null) {
          stored.put("spec", spec);
        }
        break;
      default:
        break;
    }
  }

  private static void items(
      Map<String, @Nullable Object> stored,
      String field,
      Consumer<Map<String, @Nullable Object>> change) {
    if (!(stored.get(field) instanceof List<?> list)) {
      return;
    }
    List<@Nullable Object> left = new ArrayList<>();
    for (Object item : list) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(item));
      change.accept(copy);
      left.add(item instanceof Map ? copy : item);
    }
    stored.put(field, left);
  }
}
