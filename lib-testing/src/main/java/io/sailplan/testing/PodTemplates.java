package io.sailplan.testing;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pods made from templates. */
final class PodTemplates {
  private PodTemplates() {}

  /** Returns the pod that {@code owner} makes from its template, with more labels. */
  static Manifest pod(Manifest owner, String name, Map<String, String> moreLabels) {
    Map<String, @Nullable Object> template = Trees.object(owner.get("spec", "template"));
    Map<String, @Nullable Object> labels =
        new LinkedHashMap<>(Trees.object(Trees.get(template, "metadata", "labels")));
    labels.putAll(moreLabels);
    Map<String, @Nullable Object> metadata =
        Tree.of(
            "name", name,
            "generateName", owner.name() + "-",
            "namespace", owner.namespace(),
            "labels", labels.isEmpty() ? null : labels,
            "annotations", Trees.get(template, "metadata", "annotations"),
            "finalizers", Trees.get(template, "metadata", "finalizers"),
            "ownerReferences", List.of(Owners.reference(owner)));
    return Manifest.of(
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            metadata,
            "spec",
            Trees.get(template, "spec")));
  }

  /** Returns a name for the template that is the same for equal templates. */
  static String hash(@Nullable Object template) {
    return Uids.hash(Json.write(sorted(template)));
  }

  /** Returns the template without the label by which ReplicaSets tell their pods apart. */
  static Map<String, @Nullable Object> withoutHash(@Nullable Object template) {
    Map<String, @Nullable Object> copy = Tree.mutableObject(Trees.object(template));
    Trees.object(Trees.get(copy, "metadata", "labels")).remove("pod-template-hash");
    return copy;
  }

  /** Returns whether the containers of the pod are restarted always; that is the default. */
  static boolean restartsAlways(Manifest pod) {
    String policy = pod.string("spec", "restartPolicy");
    return policy.isEmpty() || policy.equals("Always");
  }

  static boolean isActive(Manifest pod) {
    String phase = pod.string("status", "phase");
    return !Owners.isTerminating(pod) && !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  static boolean isReady(Manifest pod) {
    return Tree.objects(pod, "status", "conditions").stream()
        .anyMatch(
            condition ->
                "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
  }

  private static @Nullable Object sorted(@Nullable Object tree) {
    if (tree instanceof Map<?, ?>) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      Trees.object(tree).forEach((key, value) -> sorted.put(key, sorted(value)));
      return sorted;
    }
    return tree instanceof List<?>
        ? Trees.list(tree).stream().map(PodTemplates::sorted).toList()
        : tree;
  }
}
