package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server fills into pods and pod templates depending on other fields. */
final class PodDefaults {
  private PodDefaults() {}

  /**
   * An image without tag, or with the tag {@code latest}, is always pulled; a digest alone counts
   * as a tag.
   */
  static void pullPolicy(Map<String, @Nullable Object> object, String image, String policy) {
    String reference = Trees.string(object.get(image));
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    int digest = name.indexOf('@');
    String tagged = digest < 0 ? name : name.substring(0, digest);
    int colon = tagged.indexOf(':');
    boolean latest = colon < 0 ? digest < 0 : tagged.substring(colon + 1).equals("latest");
    ConditionalDefaults.fillIn(
        object, policy, latest && !reference.isEmpty() ? "Always" : "IfNotPresent");
  }

  /** A volume without source is an empty directory. */
  static void volume(Map<String, @Nullable Object> volume) {
    if (volume.size() == 1 && volume.containsKey("name")) {
      volume.put("emptyDir", new LinkedHashMap<>());
    }
  }

  /** The old and the new field for the service account say the same. */
  static void spec(Map<String, @Nullable Object> spec) {
    Object name = spec.get("serviceAccountName");
    Object old = spec.get("serviceAccount");
    if (name != null) {
      spec.put("serviceAccount", name);
    } else if (old != null) {
      spec.put("serviceAccountName", old);
    }
  }

  /**
   * Pods themselves, not their templates: requests follow limits, ports of the host those of the
   * container.
   */
  static void pod(Map<String, @Nullable Object> pod) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(pod.get("spec")));
    ConditionalDefaults.fillIn(spec, "enableServiceLinks", true);
    boolean host = Boolean.TRUE.equals(spec.get("hostNetwork"));
    for (String containers : List.of("containers", "initContainers")) {
      for (Object item : Trees.list(spec.get(containers))) {
        Map<String, @Nullable Object> container = Trees.object(item);
        requests(container);
        if (host) {
          hostPorts(container);
        }
      }
    }
    pod.put("spec", spec);
  }

  static void hostPorts(Map<String, @Nullable Object> container) {
    for (Object port : Trees.list(container.get("ports"))) {
      Map<String, @Nullable Object> fields = Trees.object(port);
      ConditionalDefaults.fillIn(fields, "hostPort", fields.get("containerPort"));
    }
  }

  private static void requests(Map<String, @Nullable Object> container) {
    Map<String, @Nullable Object> limits =
        Trees.object(Trees.get(container, "resources", "limits"));
    if (limits.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> resources = Trees.object(container.get("resources"));
    Map<String, @Nullable Object> requests =
        new LinkedHashMap<>(Trees.object(resources.get("requests")));
    limits.forEach(requests::putIfAbsent);
    resources.put("requests", requests);
  }
}
