package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server fills into workloads and autoscalers depending on other fields. */
final class WorkloadDefaults {
  private static final String ROLLING = "RollingUpdate";

  private WorkloadDefaults() {}

  static void fill(String name, Map<String, @Nullable Object> object) {
    switch (name) {
      case "apps.v1.DeploymentStrategy":
        rolling(object, "maxSurge", "25%", "maxUnavailable", "25%");
        break;
      case "apps.v1.DaemonSetUpdateStrategy":
        rolling(object, "maxSurge", 0L, "maxUnavailable", 1L);
        idle(object);
        break;
      case "apps.v1.StatefulSetUpdateStrategy":
        statefulStrategy(object);
        break;
      case "apps.v1.StatefulSetSpec":
        claims(object);
        break;
      case "batch.v1.Job":
        job(object);
        break;
      case "autoscaling.v2.HorizontalPodAutoscalerBehavior":
        behavior(object);
        break;
      default:
        break;
    }
  }

  /** Limits of a rolling update exist only where the type asks for one. */
  private static void rolling(
      Map<String, @Nullable Object> strategy,
      String first,
      Object firstValue,
      String second,
      Object secondValue) {
    if (ROLLING.equals(strategy.get("type"))) {
      Map<String, @Nullable Object> limits =
          new LinkedHashMap<>(Trees.object(strategy.get("rollingUpdate")));
      ConditionalDefaults.fillIn(limits, first, firstValue);
      ConditionalDefaults.fillIn(limits, second, secondValue);
      strategy.put("rollingUpdate", limits);
    }
  }

  /** Limits of a DaemonSet that are not asked for are there all the same, and are zero. */
  private static void idle(Map<String, @Nullable Object> strategy) {
    if (!ROLLING.equals(strategy.get("type")) && strategy.get("rollingUpdate") instanceof Map) {
      Map<String, @Nullable Object> limits =
          new LinkedHashMap<>(Trees.object(strategy.get("rollingUpdate")));
      ConditionalDefaults.fillIn(limits, "maxSurge", 0L);
      ConditionalDefaults.fillIn(limits, "maxUnavailable", 0L);
      strategy.put("rollingUpdate", limits);
    }
  }

  /** A StatefulSet that does not name its strategy gets a partition; one that names it does not. */
  private static void statefulStrategy(Map<String, @Nullable Object> strategy) {
    if (strategy.get("type") == null) {
      strategy.put("type", ROLLING);
      Map<String, @Nullable Object> limits =
          new LinkedHashMap<>(Trees.object(strategy.get("rollingUpdate")));
      ConditionalDefaults.fillIn(limits, "partition", 0L);
      strategy.put("rollingUpdate", limits);
    }
  }

  /** Claims carry their kind. */
  private static void claims(Map<String, @Nullable Object> spec) {
    for (Object claim : Trees.list(spec.get("volumeClaimTemplates"))) {
      Map<String, @Nullable Object> template = Trees.object(claim);
      ConditionalDefaults.fillIn(template, "apiVersion", "v1");
      ConditionalDefaults.fillIn(template, "kind", "PersistentVolumeClaim");
    }
  }

  /** Jobs themselves, not the templates of CronJobs. */
  private static void job(Map<String, @Nullable Object> job) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(job.get("spec")));
    if (spec.get("completions") == null && spec.get("parallelism") == null) {
      spec.put("completions", 1L);
    }
    ConditionalDefaults.fillIn(spec, "parallelism", 1L);
    boolean perIndex = spec.get("backoffLimitPerIndex") != null;
    ConditionalDefaults.fillIn(spec, "backoffLimit", perIndex ? (long) Integer.MAX_VALUE : 6L);
    ConditionalDefaults.fillIn(spec, "completionMode", "NonIndexed");
    ConditionalDefaults.fillIn(spec, "suspend", false);
    ConditionalDefaults.fillIn(
        spec,
        "podReplacementPolicy",
        spec.get("podFailurePolicy") == null ? "TerminatingOrFailed" : "Failed");
    ConditionalDefaults.fillIn(spec, "manualSelector", false);
    job.put("spec", spec);
    Object labels = Trees.get(spec, "template", "metadata", "labels");
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Trees.object(job.get("metadata")));
    if (labels != null && Trees.object(metadata.get("labels")).isEmpty()) {
      metadata.put("labels", labels);
      job.put("metadata", metadata);
    }
  }

  private static void behavior(Map<String, @Nullable Object> behavior) {
    Map<String, @Nullable Object> up = new LinkedHashMap<>(Trees.object(behavior.get("scaleUp")));
    List<@Nullable Object> policies = new ArrayList<>();
    policies.add(policy("Pods", 4));
    policies.add(policy("Percent", 100));
    ConditionalDefaults.fillIn(up, "policies", policies);
    ConditionalDefaults.fillIn(up, "selectPolicy", "Max");
    ConditionalDefaults.fillIn(up, "stabilizationWindowSeconds", 0L);
    behavior.put("scaleUp", up);
    Map<String, @Nullable Object> down =
        new LinkedHashMap<>(Trees.object(behavior.get("scaleDown")));
    List<@Nullable Object> one = new ArrayList<>();
    one.add(policy("Percent", 100));
    ConditionalDefaults.fillIn(down, "policies", one);
    ConditionalDefaults.fillIn(down, "selectPolicy", "Max");
    behavior.put("scaleDown", down);
  }

  private static Map<String, @Nullable Object> policy(String type, long value) {
    Map<String, @Nullable Object> policy = new LinkedHashMap<>();
    policy.put("type", type);
    policy.put("value", value);
    policy.put("periodSeconds", 15L);
    return policy;
  }
}
