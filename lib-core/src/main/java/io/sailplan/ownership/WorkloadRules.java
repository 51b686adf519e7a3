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
  private WorkloadRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.Pod", WorkloadRules::pod);
    rules.add("core.v1.PodTemplate", object -> template(object.child("template")));
    rules.add("core.v1.ReplicationControllerSpec", WorkloadRules::replicationController);
    rules.add("apps.v1.ControllerRevision", WorkloadRules::revision);
    rules.add("apps.v1.ReplicaSetSpec", WorkloadRules::lasting);
    rules.add("apps.v1.DeploymentSpec", WorkloadRules::deployment);
    rules.add("apps.v1.DaemonSetSpec", WorkloadRules::daemonSet);
    rules.add("apps.v1.StatefulSetSpec", WorkloadRules::statefulSet);
  }

  private static void revision(At revision) {
    if (revision.get("data") == null) {
      revision.missing("data", "Write what the revision holds.");
    }
  }

  private static void pod(At pod) {
    At spec = pod.child("spec");
    MountRules.check(spec, Set.of());
    for (At container : spec.items("containers")) {
      if (!container.text("image").equals(container.text("image").strip())) {
        container.wrong("image", " has blanks at its ends", "Remove them.");
      }
    }
  }

  static void template(At template) {
    MountRules.check(template.child("spec"), Set.of());
  }

  private static void lasting(At spec) {
    template(spec.child("template"));
    selected(spec);
    alwaysOn(spec.child("template"));
  }

  /** What has no end has neither a deadline nor a time when it is not started again. */
  private static void alwaysOn(At template) {
    restarts(template, List.of("Always"));
    if (template.child("spec").get("activeDeadlineSeconds") != null) {
      template
          .child("spec")
          .wrong("activeDeadlineSeconds", " is only for Jobs and Pods", "Remove it.");
    }
  }

  private static void replicationController(At spec) {
    At template = spec.child("template");
    template(template);
    alwaysOn(template);
    Map<String, String> labels = Trees.strings(template.child("metadata").get("labels"));
    Map<String, String> selector = Trees.strings(spec.get("selector"));
    if (!isOpen(selector, labels) && !labels.entrySet().containsAll(selector.entrySet())) {
      mismatch(template);
    }
  }

  static void restarts(At template, List<String> policies) {
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
    matching(spec);
  }

  static void matching(At spec) {
    At selector = spec.child("selector");
    Map<String, String> wanted = Trees.strings(selector.get("matchLabels"));
    List<At> expressions = selector.items("matchExpressions");
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
    MountRules.check(spec.child("template").child("spec"), claims);
    selected(spec);
    alwaysOn(spec.child("template"));
  }
}
