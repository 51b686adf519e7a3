package io.sailplan.testing;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects in other versions. Custom resources only change their {@code apiVersion}, as if no
 * conversion webhook were there. Of the built-in kinds, only autoscalers are served in two
 * versions: the older one has a field for the CPU, and keeps what it has no fields for in
 * annotations.
 */
final class Conversion {
  private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
  private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
  private static final String CPU = "targetCPUUtilizationPercentage";

  private Conversion() {}

  /** Returns the object in the version of {@code kind}. */
  static Manifest to(GroupVersionKind kind, Manifest object) {
    if (object.apiVersion().equals(kind.apiVersion())) {
      return object;
    }
    Manifest converted = object.with(kind.apiVersion(), "apiVersion");
    if (!kind.group().equals("autoscaling")) {
      return converted;
    }
    return kind.version().equals("v1") ? older(converted) : newer(converted);
  }

  private static Manifest older(Manifest object) {
    List<Object> others = new ArrayList<>();
    Object percentage = null;
    for (Map<String, @Nullable Object> metric : Tree.objects(object, "spec", "metrics")) {
      Object average = Trees.get(metric, "resource", "target", "averageUtilization");
      if (percentage == null
          && average != null
          && "cpu".equals(Trees.get(metric, "resource", "name"))) {
        percentage = average;
      } else {
        others.add(metric);
      }
    }
    Object behavior = object.get("spec", "behavior");
    Manifest older = Tree.set(object, null, "spec", "metrics");
    older = Tree.set(older, null, "spec", "behavior");
    older = Tree.set(older, percentage, "spec", CPU);
    older = annotate(older, METRICS, others.isEmpty() ? null : Json.write(others));
    return annotate(older, BEHAVIOR, behavior == null ? null : Json.write(behavior));
  }

  private static Manifest newer(Manifest object) {
    List<@Nullable Object> metrics = new ArrayList<>();
    Object percentage = object.get("spec", CPU);
    if (percentage != null) {
      metrics.add(
          Tree.of(
              "type",
              "Resource",
              "resource",
              Tree.of(
                  "name",
                  "cpu",
                  "target",
                  Tree.of("type", "Utilization", "averageUtilization", percentage))));
    }
    Map<String, String> annotations = object.annotations();
    if (annotations.containsKey(METRICS)) {
      metrics.addAll(Trees.list(Json.read(annotations.get(METRICS))));
    }
    Manifest newer = Tree.set(object, null, "spec", CPU);
    newer = Tree.set(newer, metrics.isEmpty() ? null : metrics, "spec", "metrics");
    if (annotations.containsKey(BEHAVIOR)) {
      newer = Tree.set(newer, Json.read(annotations.get(BEHAVIOR)), "spec", "behavior");
    }
    return annotate(annotate(newer, METRICS, null), BEHAVIOR, null);
  }

  private static Manifest annotate(Manifest object, String annotation, @Nullable String value) {
    Manifest annotated = Tree.set(object, value, "metadata", "annotations", annotation);
    return annotated.annotations().isEmpty()
        ? Tree.set(annotated, null, "metadata", "annotations")
        : annotated;
  }
}
