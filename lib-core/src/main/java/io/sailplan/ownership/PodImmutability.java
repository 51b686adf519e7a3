package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a Pod cannot change: nearly everything. */
final class PodImmutability {
  private static final String OTHERS =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
          + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
          + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if"
          + " it was previously negative)";
  private static final List<String> OWN_RULES =
      List.of("activeDeadlineSeconds", "tolerations", "schedulingGates");
  private static final FieldPath SPEC = FieldPath.of("spec");

  private PodImmutability() {}

  /** Checks in the server's order, which stops at some violations. */
  static void check(Transition pod) {
    if (isOtherNumber(pod, "containers") || isOtherNumber(pod, "initContainers") || isLater(pod)) {
      return;
    }
    if (pod.live().get("spec", "activeDeadlineSeconds") != null
        && pod.next().get("spec", "activeDeadlineSeconds") == null) {
      pod.invalid(
          "spec.activeDeadlineSeconds",
          null,
          "must not update from a positive integer to nil value",
          "spec",
          "activeDeadlineSeconds");
    }
    tolerations(pod);
    gates(pod);
    Map<String, @Nullable Object> before = bare(pod.before());
    Map<String, @Nullable Object> after = bare(pod.after());
    if (pod.live().integer(0, "spec", "terminationGracePeriodSeconds") < 0
        && pod.next().integer(0, "spec", "terminationGracePeriodSeconds") == 1) {
      after.put("terminationGracePeriodSeconds", before.get("terminationGracePeriodSeconds"));
    }
    if (!Trees.list(pod.live().get("spec", "schedulingGates")).isEmpty()) {
      GatedPods.allow(pod, before, after);
    }
    if (!Values.equal(before, after)) {
      pod.forbidden(
          "spec",
          OTHERS,
          SPEC,
          path ->
              path.startsWith(SPEC)
                  && OWN_RULES.stream()
                      .noneMatch(field -> path.startsWith(FieldPath.of("spec", field)))
                  && !path.toString().endsWith(".image"));
    }
  }

  private static boolean isOtherNumber(Transition pod, String list) {
    int before = Trees.list(pod.live().get("spec", list)).size();
    boolean other = before != Trees.list(pod.next().get("spec", list)).size();
    if (other) {
      pod.forbidden("spec." + list, "pod updates may not add or remove containers", "spec", list);
    }
    return other;
  }

  private static boolean isLater(Transition pod) {
    String[] path = {"spec", "activeDeadlineSeconds"};
    boolean later =
        pod.live().get(path) instanceof Long before
            && pod.next().get(path) instanceof Long after
            && before < after;
    if (later) {
      pod.invalid(
          "spec.activeDeadlineSeconds",
          pod.next().get(path),
          "must be less than or equal to previous value",
          path);
    }
    return later;
  }

  private static void tolerations(Transition pod) {
    List<Map<String, @Nullable Object>> after = new ArrayList<>();
    for (Object toleration : Trees.list(pod.next().get("spec", "tolerations"))) {
      after.add(ImmutableRule.without(toleration, "tolerationSeconds"));
    }
    for (Object toleration : Trees.list(pod.live().get("spec", "tolerations"))) {
      if (!after.contains(ImmutableRule.without(toleration, "tolerationSeconds"))) {
        pod.forbidden(
            "spec.tolerations",
            "existing toleration can not be modified except its tolerationSeconds",
            "spec",
            "tolerations");
        return;
      }
    }
  }

  private static void gates(Transition pod) {
    List<@Nullable Object> before = Trees.list(pod.live().get("spec", "schedulingGates"));
    List<@Nullable Object> after = Trees.list(pod.next().get("spec", "schedulingGates"));
    for (int i = 0; i < after.size(); i++) {
      if (!before.contains(after.get(i))) {
        pod.forbidden(
            "spec.schedulingGates[" + i + "].name",
            "only deletion is allowed, but found new scheduling gate '"
                + Trees.string(Trees.get(after.get(i), "name"))
                + "'",
            "spec",
            "schedulingGates");
      }
    }
  }

  /** The spec without what may change, or has a rule of its own. */
  private static Map<String, @Nullable Object> bare(Manifest pod) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(pod.get("spec")));
    OWN_RULES.forEach(spec::remove);
    for (String list : List.of("containers", "initContainers")) {
      List<@Nullable Object> containers = new ArrayList<>();
      for (Object container : Trees.list(spec.get(list))) {
        containers.add(ImmutableRule.without(container, "image"));
      }
      spec.put(list, containers);
    }
    return spec;
  }
}
