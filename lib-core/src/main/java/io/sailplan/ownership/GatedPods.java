package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod that is held back by a gate may be sent to fewer nodes than before. */
final class GatedPods {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  private GatedPods() {}

  /** Makes equal in both specs what may differ, and adds what is wrong with it. */
  static void allow(
      Transition pod, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Map<String, @Nullable Object> chosen = Trees.object(before.get("nodeSelector"));
    if (!Trees.object(after.get("nodeSelector")).entrySet().containsAll(chosen.entrySet())) {
      pod.invalid(
          "spec.nodeSelector",
          after.get("nodeSelector"),
          "only additions to spec.nodeSelector are allowed (no mutations or deletions)",
          "spec",
          "nodeSelector");
    }
    before.remove("nodeSelector");
    after.remove("nodeSelector");
    affinity(pod);
    for (Map<String, @Nullable Object> spec : List.of(before, after)) {
      Map<String, @Nullable Object> affinity =
          new LinkedHashMap<>(Trees.object(spec.get("affinity")));
      affinity.remove("nodeAffinity");
      if (affinity.isEmpty()) {
        spec.remove("affinity");
      } else {
        spec.put("affinity", affinity);
      }
    }
  }

  private static void affinity(Transition pod) {
    String[] path = {"spec", "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms"};
    List<@Nullable Object> before = Trees.list(pod.live().get(path));
    List<@Nullable Object> after = Trees.list(pod.next().get(path));
    if (!before.isEmpty() && before.size() != after.size()) {
      pod.invalid(
          String.join(".", path),
          after,
          "no additions/deletions to non-empty NodeSelectorTerms list are allowed",
          path);
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!isNarrower(before.get(i), after.get(i))) {
        pod.invalid(
            String.join(".", path) + "[" + i + "]",
            after.get(i),
            "only additions are allowed (no mutations or deletions)",
            path);
      }
    }
  }

  private static boolean isNarrower(@Nullable Object before, @Nullable Object after) {
    boolean empty = true;
    boolean asked = false;
    for (String list : List.of("matchExpressions", "matchFields")) {
      List<@Nullable Object> old = Trees.list(Trees.get(before, list));
      List<@Nullable Object> young = Trees.list(Trees.get(after, list));
      empty &= old.isEmpty();
      asked |= !young.isEmpty();
      if (young.size() < old.size() || !Values.equal(young.subList(0, old.size()), old)) {
        return false;
      }
    }
    return !empty || !asked;
  }
}
