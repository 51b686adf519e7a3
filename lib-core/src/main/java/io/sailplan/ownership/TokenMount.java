package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token of its service account in a new pod: a volume with a random name, mounted into each
 * container that mounts nothing there itself.
 */
final class TokenMount {
  private static final String PREFIX = "kube-api-access-";
  private static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final List<String> LISTS = List.of("initContainers", "containers");
  private static final List<@Nullable Object> SOURCES =
      List.of(
          Map.of("serviceAccountToken", Map.of("expirationSeconds", 3607L, "path", "token")),
          Map.of(
              "configMap",
              Map.of(
                  "name",
                  "kube-root-ca.crt",
                  "items",
                  List.of(Map.of("key", "ca.crt", "path", "ca.crt")))),
          Map.of(
              "downwardAPI",
              Map.of(
                  "items",
                  List.of(
                      Map.of(
                          "path",
                          "namespace",
                          "fieldRef",
                          Map.of("apiVersion", "v1", "fieldPath", "metadata.namespace"))))));

  private TokenMount() {}

  /** Returns the name of the volume that the pod brings itself for its token; empty if none. */
  private static String own(Map<String, @Nullable Object> spec) {
    for (Object volume : Trees.list(spec.get("volumes"))) {
      String name = Trees.string(Trees.get(volume, "name"));
      if (name.startsWith(PREFIX)) {
        return name;
      }
    }
    return "";
  }

  /**
   * Mounts the token.
   *
   * @param suffix what the random name ends with; empty if it is not known: then only a volume that
   *     the pod brings itself is mounted
   */
  static void mount(Map<String, @Nullable Object> spec, String suffix) {
    String own = own(spec);
    if (own.isEmpty() && suffix.isEmpty()) {
      return;
    }
    String name = own.isEmpty() ? PREFIX + suffix : own;
    Map<String, @Nullable Object> mount = new LinkedHashMap<>();
    mount.put("name", name);
    mount.put("readOnly", true);
    mount.put("mountPath", PATH);
    boolean mounted = false;
    for (String list : LISTS) {
      List<@Nullable Object> containers = new ArrayList<>();
      for (Object container : Trees.list(spec.get(list))) {
        if (needs(container)) {
          Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(container));
          List<@Nullable Object> mounts = new ArrayList<>(Trees.list(copy.get("volumeMounts")));
          mounts.add(mount);
          copy.put("volumeMounts", mounts);
          containers.add(copy);
          mounted = true;
        } else {
          containers.add(container);
        }
      }
      if (!containers.isEmpty()) {
        spec.put(list, containers);
      }
    }
    if (mounted && own.isEmpty()) {
      List<@Nullable Object> volumes = new ArrayList<>(Trees.list(spec.get("volumes")));
      volumes.add(
          Map.of("name", name, "projected", Map.of("defaultMode", 420L, "sources", SOURCES)));
      spec.put("volumes", volumes);
    }
  }

  /** Returns where a pod that is given a token gets fields that nobody can know before. */
  static List<FieldPath> paths(Map<String, @Nullable Object> spec) {
    List<FieldPath> paths = new ArrayList<>();
    if (!own(spec).isEmpty()) {
      return paths;
    }
    for (String list : LISTS) {
      for (Object container : Trees.list(spec.get(list))) {
        if (needs(container)) {
          paths.add(
              FieldPath.of("spec", list)
                  .child(key("name", Trees.get(container, "name")))
                  .child("volumeMounts")
                  .child(key("mountPath", PATH)));
        }
      }
    }
    if (!paths.isEmpty()) {
      paths.add(FieldPath.of("spec", "volumes").child(key("name", PREFIX)));
    }
    return paths;
  }

  /** Returns a path in which the random name has lost what is random about it. */
  static FieldPath withoutSuffix(FieldPath path) {
    FieldPath at = FieldPath.of("spec", "volumes");
    if (!path.startsWith(at) || path.elements().size() <= 2) {
      return path;
    }
    List<PathElement> elements = new ArrayList<>(path.elements());
    if (elements.get(2) instanceof PathElement.Key key
        && Trees.string(key.values().get("name")).startsWith(PREFIX)) {
      elements.set(2, key("name", PREFIX));
    }
    return new FieldPath(elements);
  }

  private static boolean needs(@Nullable Object container) {
    return Trees.list(Trees.get(container, "volumeMounts")).stream()
        .noneMatch(mount -> PATH.equals(Trees.get(mount, "mountPath")));
  }

  private static PathElement key(String field, @Nullable Object value) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(field, value);
    return new PathElement.Key(values);
  }
}
