package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What becomes of a Pod when it is created: its quality of service, and what admission adds. */
final class PodCreation {
  private PodCreation() {}

  static void prepare(Map<String, @Nullable Object> stored) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
    ConditionalDefaults.fillIn(spec, "serviceAccountName", "default");
    ConditionalDefaults.fillIn(spec, "serviceAccount", spec.get("serviceAccountName"));
    ConditionalDefaults.fillIn(spec, "priority", 0L);
    ConditionalDefaults.fillIn(spec, "preemptionPolicy", "PreemptLowerPriority");
    Tolerations.complete(spec);
    stored.put("spec", spec);
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("phase", "Pending");
    status.put("qosClass", quality(spec));
    stored.put("status", status);
  }

  /** Puts back what every Pod has, also if its owner has taken it out. */
  static void keep(Map<String, @Nullable Object> stored) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
    Tolerations.complete(spec);
    stored.put("spec", spec);
  }

  /** Guaranteed if all limits equal all requests, best effort if there are none. */
  static String quality(Map<String, @Nullable Object> spec) {
    boolean any = false;
    boolean guaranteed = true;
    for (String containers : List.of("containers", "initContainers")) {
      for (Object container : Trees.list(spec.get(containers))) {
        Map<String, @Nullable Object> limits =
            Trees.object(Trees.get(container, "resources", "limits"));
        Map<String, @Nullable Object> requests =
            Trees.object(Trees.get(container, "resources", "requests"));
        TreeSet<String> names = new TreeSet<>(limits.keySet());
        names.addAll(requests.keySet());
        names.retainAll(List.of("cpu", "memory"));
        any |= !names.isEmpty();
        for (String name : List.of("cpu", "memory")) {
          guaranteed &= limits.get(name) != null && limits.get(name).equals(requests.get(name));
        }
      }
    }
    if (!any) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }

  /** The volume with the token of the service account has a random name. */
  static void serverChosen(Map<String, @Nullable Object> stored, List<FieldPath> paths) {
    if (!Boolean.FALSE.equals(Trees.get(stored, "spec", "automountServiceAccountToken"))) {
      paths.addAll(TokenMount.paths(Trees.object(stored.get("spec"))));
    }
  }
}
