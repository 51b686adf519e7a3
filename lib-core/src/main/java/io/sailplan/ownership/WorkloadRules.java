package io.sailplan.ownership;

import io.sailplan.model.Trees;
import io.sailplan.ownership.CrossRule.At;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the fields of what makes pods demand of each other. */
final class WorkloadRules {
  /** The fields of a volume that are no source. */
  private static final Set<String> VOLUME_FIELDS =
      Set.of(
          "accessModes",
          "capacity",
          "claimRef",
          "mountOptions",
          "nodeAffinity",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "volumeAttributesClassName",
          "volumeMode");

  private WorkloadRules() {}

  static void addTo(Map<String, CrossRule> rules) {
    rules.put("core.v1.Pod", WorkloadRules::pod);
    rules.put("core.v1.PodTemplate", object -> template(object.child("template")));
    rules.put("core.v1.ReplicationControllerSpec", WorkloadRules::replicationController);
    rules.put("apps.v1.ReplicaSetSpec", WorkloadRules::lasting);
    rules.put("apps.v1.DeploymentSpec", WorkloadRules::deployment);
    rules.put("apps.v1.DaemonSetSpec", WorkloadRules::daemonSet);
    rules.put("apps.v1.StatefulSetSpec", WorkloadRules::statefulSet);
    rules.put("batch.v1.JobSpec", WorkloadRules::job);
    rules.put("autoscaling.v1.HorizontalPodAutoscalerSpec", WorkloadRules::autoscaler);
    rules.put("autoscaling.v2.HorizontalPodAutoscalerSpec", WorkloadRules::autoscaler);
    rules.put("policy.v1.PodDisruptionBudgetSpec", WorkloadRules::budget);
    rules.put("core.v1.PersistentVolumeClaimSpec", WorkloadRules::claim);
    rules.put("core.v1.PersistentVolumeSpec", WorkloadRules::volume);
  }

  private static void pod(At pod) {
    At spec = pod.child("spec");
    PodRules.mounts(spec, Set.of());
    for (At container : spec.items("containers")) {
      if (!container.text("image").equals(container.text("image").strip())) {
        container.wrong("image", " has blanks at its ends", "Remove them.");
      }
    }
  }

  private static void template(At template) {
    PodRules.mounts(template.child("spec"), Set.of());
  }

  private static void lasting(At spec) {
    template(spec.child("template"));
    selected(spec);
    restarts(spec.child("template"), List.of("Always"));
  }

  private static void replicationController(At spec) {
    At template = spec.child("template");
    template(template);
    restarts(template, List.of("Always"));
    Map<String, String> labels = Trees.strings(template.child("metadata").get("labels"));
    Map<String, String> selector = Trees.strings(spec.get("selector"));
    if (!isOpen(selector, labels) && !labels.entrySet().containsAll(selector.entrySet())) {
      mismatch(template);
    }
  }

  private static void restarts(At template, List<String> policies) {
    At pod = template.child("spec");
    if (pod.isOpen("restartPolicy")) {
      return;
    }
    String policy = pod.has("restartPolicy") ? pod.text("restartPolicy") : "Always";
    if (pod.tree().containsKey("containers") && !policies.contains(policy)) {
      pod.wrong(
          "restartPolicy",
          " must be " + String.join(" or ", policies),
          "Write restartPolicy: " + policies.get(0) + ".");
    }
  }

  /** The selector has to select the pods of the template. */
  private static void selected(At spec) {
    At selector = spec.child("selector");
    Map<String, String> wanted = Trees.strings(selector.get("matchLabels"));
    List<At> expressions = selector.items("matchExpressions");
    if (spec.get("selector") instanceof Map && wanted.isEmpty() && expressions.isEmpty()) {
      spec.wrong("selector", " selects everything", "Name labels that the template has.");
      return;
    }
    At template = spec.child("template");
    Map<String, String> labels = Trees.strings(template.child("metadata").get("labels"));
    if (isOpen(wanted, labels) || !(spec.get("template") instanceof Map)) {
      return;
    }
    boolean fits =
        labels.entrySet().containsAll(wanted.entrySet())
            && expressions.stream().allMatch(expression -> fits(expression, labels));
    if (!fits) {
      mismatch(template);
    }
  }

  private static void mismatch(At template) {
    template
        .child("metadata")
        .wrong(
            "labels",
            " are not those that the selector asks for",
            "Give the template the labels of the selector, which cannot be changed later.");
  }

  private static boolean isOpen(Map<String, String> wanted, Map<String, String> labels) {
    return wanted.values().stream().anyMatch(value -> value.contains("${"))
        || labels.values().stream().anyMatch(value -> value.contains("${"));
  }

  private static boolean fits(At expression, Map<String, String> labels) {
    String value = labels.get(expression.text("key"));
    List<@Nullable Object> values = expression.list("values");
    return switch (expression.text("operator")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> true;
    };
  }

  private static void deployment(At spec) {
    lasting(spec);
    At strategy = spec.child("strategy");
    if (strategy.text("type").equals("Recreate") && strategy.get("rollingUpdate") != null) {
      strategy.wrong(
          "rollingUpdate", " cannot stand beside type Recreate", "Remove it, or the type.");
    }
    At rolling = strategy.child("rollingUpdate");
    if (isNone(rolling.get("maxSurge")) && isNone(rolling.get("maxUnavailable"))) {
      rolling.wrong(
          "maxUnavailable",
          " may not be 0 where maxSurge is 0: no pod could ever be replaced",
          "Let one of them be 1.");
    }
    long ready = spec.number("minReadySeconds", 0);
    if (spec.number("progressDeadlineSeconds", 600) <= ready
        && ready <= Integer.MAX_VALUE
        && !spec.isOpen("minReadySeconds")
        && !spec.isOpen("progressDeadlineSeconds")) {
      spec.wrong(
          spec.has("progressDeadlineSeconds") ? "progressDeadlineSeconds" : "minReadySeconds",
          " leaves no time: progressDeadlineSeconds must be greater than minReadySeconds",
          "Raise progressDeadlineSeconds.");
    }
  }

  /** Whether it is written, and comes to nothing. */
  private static boolean isNone(@Nullable Object share) {
    return share != null && (share.equals(0L) || share.equals("0%") || share.equals("0"));
  }

  private static void daemonSet(At spec) {
    lasting(spec);
    At rolling = spec.child("updateStrategy").child("rollingUpdate");
    boolean surge = rolling.has("maxSurge") && !isNone(rolling.get("maxSurge"));
    if (isNone(rolling.get("maxUnavailable")) && !surge) {
      rolling.wrong("maxUnavailable", " may not be 0 where maxSurge is 0", "Let one of them be 1.");
    } else if (surge && !isNone(rolling.get("maxUnavailable")) && !rolling.isOpen("maxSurge")) {
      rolling.wrong(
          "maxSurge",
          " cannot stand beside a maxUnavailable other than 0",
          "Write maxUnavailable: 0, or remove maxSurge.");
    }
  }

  private static void statefulSet(At spec) {
    Set<String> claims = new HashSet<>();
    spec.items("volumeClaimTemplates")
        .forEach(claim -> claims.add(claim.child("metadata").text("name")));
    PodRules.mounts(spec.child("template").child("spec"), claims);
    selected(spec);
    restarts(spec.child("template"), List.of("Always"));
    At strategy = spec.child("updateStrategy");
    if (strategy.text("type").equals("OnDelete") && strategy.get("rollingUpdate") != null) {
      strategy.wrong(
          "rollingUpdate", " cannot stand beside type OnDelete", "Remove it, or the type.");
    }
  }

  private static void job(At spec) {
    At template = spec.child("template");
    template(template);
    restarts(template, List.of("Never", "OnFailure"));
    boolean indexed = spec.text("completionMode").equals("Indexed");
    for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")) {
      if (!indexed && !spec.isOpen("completionMode") && spec.get(field) != null) {
        spec.wrong(field, " needs completionMode Indexed", "Write completionMode: Indexed.");
      }
    }
    String policy = template.child("spec").text("restartPolicy");
    if (spec.get("podFailurePolicy") != null && policy.equals("OnFailure")) {
      spec.wrong("podFailurePolicy", " needs restartPolicy Never", "Write restartPolicy: Never.");
    }
  }

  private static void autoscaler(At spec) {
    if (spec.number("minReplicas", 1) > spec.number("maxReplicas", Long.MAX_VALUE)) {
      spec.wrong(
          "maxReplicas",
          " is below minReplicas",
          "Let maxReplicas be at least " + spec.number("minReplicas", 1) + ".");
    }
  }

  private static void budget(At spec) {
    if (spec.get("minAvailable") != null && spec.get("maxUnavailable") != null) {
      spec.wrong("maxUnavailable", " cannot stand beside minAvailable", "Keep one of them.");
    }
  }

  private static void claim(At spec) {
    List<@Nullable Object> modes = spec.list("accessModes");
    if (modes.isEmpty()) {
      spec.missing("accessModes", "Write a list, such as [ReadWriteOnce].");
    } else if (modes.size() > 1 && modes.contains("ReadWriteOncePod")) {
      spec.wrong("accessModes", " may hold ReadWriteOncePod only alone", "Remove the others.");
    }
    At requests = spec.child("resources").child("requests");
    if (!requests.has("storage")) {
      requests.missing("storage", "Say how much, such as 1Gi.");
    } else if (Quantities.value(requests.get("storage"))
        .filter(size -> size.signum() <= 0)
        .isPresent()) {
      requests.wrong("storage", " must be above 0", "Say how much, such as 1Gi.");
    }
  }

  private static void volume(At spec) {
    if (spec.list("accessModes").isEmpty()) {
      spec.missing("accessModes", "Write a list, such as [ReadWriteOnce].");
    }
    if (!spec.child("capacity").has("storage")) {
      spec.child("capacity").missing("storage", "Say how much, such as 1Gi.");
    }
    List<String> sources =
        spec.present(List.copyOf(spec.tree().keySet())).stream()
            .filter(field -> !VOLUME_FIELDS.contains(field))
            .toList();
    PodRules.one(spec, sources, "source");
  }
}
