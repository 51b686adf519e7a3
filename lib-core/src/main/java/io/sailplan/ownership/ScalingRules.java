package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import java.util.List;

/** What the fields of autoscalers demand of each other. */
final class ScalingRules {
  private ScalingRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("autoscaling.v1.HorizontalPodAutoscalerSpec", ScalingRules::replicas);
    rules.add("autoscaling.v2.HorizontalPodAutoscalerSpec", ScalingRules::autoscaler);
    for (String source : List.of("ResourceMetricSource", "ContainerResourceMetricSource")) {
      rules.add(
          "autoscaling.v2." + source, metric -> one(metric, "averageUtilization", "averageValue"));
    }
    rules.add(
        "autoscaling.v2.ExternalMetricSource", metric -> one(metric, "value", "averageValue"));
    rules.add("autoscaling.v2.ObjectMetricSource", metric -> some(metric, "value", "averageValue"));
    rules.add("autoscaling.v2.PodsMetricSource", metric -> some(metric, "averageValue"));
  }

  private static void replicas(At spec) {
    if (spec.number("minReplicas", 1) > spec.number("maxReplicas", Long.MAX_VALUE)) {
      spec.wrong(
          "maxReplicas",
          " is below minReplicas",
          "Let maxReplicas be at least " + spec.number("minReplicas", 1) + ".");
    }
  }

  private static void autoscaler(At spec) {
    replicas(spec);
    boolean outside =
        spec.items("metrics").stream()
            .anyMatch(metric -> List.of("Object", "External").contains(metric.text("type")));
    if (spec.number("minReplicas", 1) == 0 && !outside) {
      spec.wrong(
          "minReplicas", " may be 0 only with a metric from outside of the pods", "Write 1.");
    }
  }

  private static void some(At metric, String... fields) {
    At target = metric.child("target");
    if (metric.get("target") != null && target.present(List.of(fields)).isEmpty()) {
      target.missing(fields[fields.length - 1], "Say what to aim at.");
    }
  }

  private static void one(At metric, String first, String second) {
    some(metric, first, second);
    At target = metric.child("target");
    if (target.get(first) != null && target.get(second) != null) {
      target.wrong(second, " cannot stand beside " + first, "Keep one of them.");
    }
  }
}
