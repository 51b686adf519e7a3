package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to go together in whatever has pods. */
final class WorkloadCoherence {
  private static final Set<String> LASTING =
      Set.of(
          "DaemonSet.apps",
          "Deployment.apps",
          "ReplicaSet.apps",
          "ReplicationController",
          "StatefulSet.apps");

  private final Coherence.Errors errors;

  private WorkloadCoherence(Coherence.Errors errors) {
    this.errors = errors;
  }

  static void check(Manifest object, Coherence.Errors errors) {
    WorkloadCoherence check = new WorkloadCoherence(errors);
    String kind = object.groupVersionKind().groupKind().toString();
    switch (kind) {
      case "Pod":
        check.pod(object.tree(), "", Set.of());
        break;
      case "PodTemplate":
        check.pod(Trees.object(object.get("template")), ".template", Set.of());
        break;
      case "Job.batch":
        check.selector(object);
        check.task(Trees.object(object.get("spec")), ".spec");
        break;
      case "CronJob.batch":
        check.task(
            Trees.object(object.get("spec", "jobTemplate", "spec")), ".spec.jobTemplate.spec");
        break;
      default:
        if (LASTING.contains(kind)) {
          check.selector(object);
          check.lasting(object);
        }
    }
  }

  private void lasting(Manifest object) {
    Map<String, @Nullable Object> template = Trees.object(object.get("spec", "template"));
    Object policy = Trees.get(template, "spec", "restartPolicy");
    if (policy != null && !policy.equals("Always")) {
      errors.add(".spec.template.spec.restartPolicy", "must be Always");
    }
    if (Trees.get(template, "spec", "activeDeadlineSeconds") != null) {
      errors.add(".spec.template.spec.activeDeadlineSeconds", "is only for jobs and pods");
    }
    Set<String> claims = new HashSet<>();
    for (Object claim : Trees.list(object.get("spec", "volumeClaimTemplates"))) {
      claims.add(Trees.string(Trees.get(claim, "metadata", "name")));
    }
    pod(template, ".spec.template", claims);
  }

  private void task(Map<String, @Nullable Object> job, String path) {
    Object policy = Trees.get(job, "template", "spec", "restartPolicy");
    if (!"Never".equals(policy) && !"OnFailure".equals(policy)) {
      errors.add(path + ".template.spec.restartPolicy", "must be Never or OnFailure");
    }
    if ("Indexed".equals(job.get("completionMode")) && job.get("completions") == null) {
      errors.add(path + ".completions", "is required where completionMode is Indexed");
    }
    pod(Trees.object(job.get("template")), path + ".template", Set.of());
  }

  private void pod(Map<String, @Nullable Object> template, String path, Set<String> claims) {
    Map<String, @Nullable Object> spec = Trees.object(template.get("spec"));
    Set<String> volumes = new HashSet<>(claims);
    for (Object volume : Trees.list(spec.get("volumes"))) {
      volumes.add(Trees.string(Trees.get(volume, "name")));
    }
    Set<String> names = new HashSet<>();
    for (String field : List.of("initContainers", "containers")) {
      for (Object container : Trees.list(spec.get(field))) {
        String at = path + ".spec." + field;
        if (!names.add(Trees.string(Trees.get(container, "name")))) {
          errors.add(at, "two have the same name");
        }
        if (field.equals("initContainers")
            && !"Always".equals(Trees.get(container, "restartPolicy"))) {
          for (String lasting :
              List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
            if (Trees.get(container, lasting) != null) {
              errors.add(at + "." + lasting, "is only for what goes on running");
            }
          }
        }
        for (String mounts : List.of("volumeMounts", "volumeDevices")) {
          for (Object mount : Trees.list(Trees.get(container, mounts))) {
            if (!volumes.contains(Trees.string(Trees.get(mount, "name")))) {
              errors.add(at + "." + mounts, "one names no volume of the pod");
            }
          }
        }
      }
    }
  }

  /** What an object selects must be what its template makes. */
  private void selector(Manifest object) {
    Map<String, @Nullable Object> labels =
        Trees.object(object.get("spec", "template", "metadata", "labels"));
    Object selector = object.get("spec", "selector");
    if (object.kind().equals("ReplicationController")) {
      selects(Trees.object(selector), labels);
      return;
    }
    selects(Trees.object(Trees.get(selector, "matchLabels")), labels);
    List<String> missing = new ArrayList<>();
    for (Object demand : Trees.list(Trees.get(selector, "matchExpressions"))) {
      if (!holds(Trees.object(demand), labels)) {
        missing.add(Trees.string(Trees.get(demand, "key")));
      }
    }
    if (!missing.isEmpty()) {
      mismatch();
    }
  }

  private void selects(Map<String, @Nullable Object> wanted, Map<String, @Nullable Object> labels) {
    boolean all =
        wanted.entrySet().stream()
            .allMatch(label -> Objects.equals(label.getValue(), labels.get(label.getKey())));
    if (!all) {
      mismatch();
    }
  }

  private static boolean holds(
      Map<String, @Nullable Object> demand, Map<String, @Nullable Object> labels) {
    String key = Trees.string(demand.get("key"));
    boolean one =
        Trees.list(demand.get("values")).stream()
            .anyMatch(value -> Objects.equals(value, labels.get(key)));
    switch (Trees.string(demand.get("operator"))) {
      case "In":
        return labels.containsKey(key) && one;
      case "NotIn":
        return !labels.containsKey(key) || !one;
      case "Exists":
        return labels.containsKey(key);
      case "DoesNotExist":
        return !labels.containsKey(key);
      default:
        return true;
    }
  }

  private void mismatch() {
    errors.add(".spec.template.metadata.labels", "the selector does not match them");
  }
}
