package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.plan.Propagation;
import io.sailplan.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is lost, by kind, when an object is deleted and made anew. */
final class Losses {
  private static final String PODS = "all its pods end before new ones start";

  private static final Set<String> WITH_PODS =
      Set.of(
          "CronJob",
          "DaemonSet",
          "Deployment",
          "Job",
          "ReplicaSet",
          "ReplicationController",
          "StatefulSet");

  private static final Map<String, String> BY_KIND =
      Map.ofEntries(
          Map.entry("CronJob", "its Jobs end, and its history goes"),
          Map.entry(
              "CustomResourceDefinition", "all objects of the kind that it defines are deleted"),
          Map.entry("DaemonSet", PODS),
          Map.entry("Deployment", PODS + ", and its revisions go"),
          Map.entry("Job", "its pods end, its history goes, and it runs again"),
          Map.entry("Namespace", "everything in it is deleted"),
          Map.entry("PersistentVolume", "it is bound to no claim any more"),
          Map.entry(
              "PersistentVolumeClaim",
              "it gets another volume, and the data is gone unless the old one is retained"),
          Map.entry("Pod", "it ends, and whatever it kept on its node goes"),
          Map.entry("ReplicaSet", PODS),
          Map.entry("ReplicationController", PODS),
          Map.entry("Secret", "nothing can read it meanwhile"),
          Map.entry(
              "Service",
              "it gets other cluster addresses, node ports and load balancer addresses unless they"
                  + " are declared, and cannot be reached meanwhile"),
          Map.entry("ServiceAccount", "tokens that were issued for it are not valid any more"),
          Map.entry(
              "StatefulSet",
              PODS + ", and its volume claims stay or go as its retention policy says"));

  private Losses() {}

  /** Returns what is lost, as part of a sentence; the UID always is. */
  static String of(String kind) {
    String more = BY_KIND.getOrDefault(kind, "");
    return more.isEmpty() ? "it gets another UID" : "it gets another UID, " + more;
  }

  /** Returns what becomes of what the object owns: its pods go before it is made anew. */
  static Propagation propagation(String kind) {
    return WITH_PODS.contains(kind) ? Propagation.FOREGROUND : Propagation.BACKGROUND;
  }

  /** Returns the fields that the server chooses itself, once more. */
  static List<FieldPath> givenAnew(String kind) {
    return switch (kind) {
      case "Service" ->
          List.of(
              FieldPath.of("spec", "clusterIP"),
              FieldPath.of("spec", "clusterIPs"),
              FieldPath.of("spec", "healthCheckNodePort"));
      case "Job" ->
          List.of(
              FieldPath.of("spec", "selector"),
              FieldPath.of("spec", "template", "metadata", "labels"));
      case "PersistentVolumeClaim" -> List.of(FieldPath.of("spec", "volumeName"));
      default -> List.of();
    };
  }

  /** Returns how a policy allows it, and what follows, as sentences. */
  static String remedy(String kind) {
    return "Plan with a policy that recreates "
        + kind
        + (Policy.PROTECTED.contains(kind) ? ", and deletes it although it is protected" : "")
        + ": it is deleted and made anew; "
        + of(kind)
        + ".";
  }
}
