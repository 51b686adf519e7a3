package io.sailplan.ownership;

import io.sailplan.model.Trees;
import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What pods demand of their containers together. */
final class PodRules {
  /** What only a container may have that goes on running. */
  private static final List<String> LASTING =
      List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle");

  private PodRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.PodSpec", PodRules::pod);
    rules.add("core.v1.Toleration", PodRules::toleration);
    rules.add("core.v1.TopologySpreadConstraint", PodRules::spread);
    rules.add("core.v1.PodAffinityTerm", PodRules::labelKeys);
  }

  private static void pod(At pod) {
    if (pod.get("containers") instanceof List<?> list && list.isEmpty()) {
      pod.missing("containers", "Add a container.");
    }
    List<At> first = pod.items("initContainers");
    Set<String> names = new HashSet<>();
    for (At init : first) {
      names.add(init.text("name"));
      boolean sidecar = init.text("restartPolicy").equals("Always");
      for (String field : LASTING) {
        if (!sidecar && !init.isOpen("restartPolicy") && init.get(field) != null) {
          init.wrong(
              field,
              " cannot be in a container that runs before the others",
              "Remove it, or set restartPolicy: Always.");
        }
      }
    }
    List<At> containers = pod.items("containers");
    for (At container : containers) {
      if (container.has("name") && names.contains(container.text("name"))) {
        container.add(
            ProblemCode.DUPLICATE,
            "name",
            " is the name of an init container as well",
            "Give it another name.");
      }
    }
    first.forEach(init -> hostPorts(List.of(init)));
    hostPorts(containers);
    if (pod.isTrue("hostNetwork")) {
      containers.forEach(PodRules::sameHostPorts);
    }
    boolean servers = !pod.child("dnsConfig").list("nameservers").isEmpty();
    if (pod.text("dnsPolicy").equals("None") && !servers) {
      pod.missing("dnsConfig", "Name at least one name server, as dnsPolicy is None.");
    }
    List<At> all = new ArrayList<>(first);
    all.addAll(containers);
    alone(pod, all);
    PodOsRules.check(pod, all);
    all.forEach(container -> within(pod, container));
  }

  /** What a pod cannot share with its host and keep for itself at once. */
  private static void alone(At pod, List<At> containers) {
    if (pod.isTrue("hostPID") && pod.isTrue("shareProcessNamespace")) {
      pod.wrong("shareProcessNamespace", " cannot stand beside hostPID", "Keep one of them.");
    }
    if (pod.get("hostnameOverride") != null) {
      for (String field : List.of("setHostnameAsFQDN", "hostNetwork")) {
        if (pod.isTrue(field)) {
          pod.wrong("hostnameOverride", " cannot stand beside " + field, "Keep one of them.");
        }
      }
    }
    if (!Boolean.FALSE.equals(pod.get("hostUsers"))) {
      for (At container : containers) {
        if (container.child("securityContext").text("procMount").equals("Unmasked")) {
          container
              .child("securityContext")
              .wrong("procMount", " needs hostUsers: false", "Set it, or write Default.");
        }
      }
      return;
    }
    for (String field : List.of("hostIPC", "hostNetwork", "hostPID")) {
      if (pod.isTrue(field)) {
        pod.wrong(field, " cannot stand beside hostUsers: false", "Keep one of them.");
      }
    }
  }

  /** What a container takes from its pod. */
  private static void within(At pod, At container) {
    Set<String> claims = new HashSet<>();
    pod.items("resourceClaims").forEach(claim -> claims.add(claim.text("name")));
    for (At claim : container.child("resources").items("claims")) {
      if (claim.has("name") && !claim.isOpen("name") && !claims.contains(claim.text("name"))) {
        claim.add(
            ProblemCode.DANGLING_REFERENCE,
            "name",
            " is no claim of the pod",
            "Add it to resourceClaims, or correct the name.");
      }
    }
    if (pod.text("restartPolicy").equals("Never")) {
      for (At policy : container.items("resizePolicy")) {
        if (policy.text("restartPolicy").equals("RestartContainer")) {
          policy.wrong(
              "restartPolicy",
              " cannot be that in a pod that never restarts",
              "Write NotRequired.");
        }
      }
    }
    long grace = pod.number("terminationGracePeriodSeconds", 30);
    for (String hook : List.of("preStop", "postStart")) {
      At sleep = container.child("lifecycle").child(hook).child("sleep");
      if (sleep.number("seconds", 0) > grace) {
        sleep.wrong(
            "seconds",
            " is above terminationGracePeriodSeconds, which is " + grace,
            "Sleep shorter, or raise that.");
      }
    }
  }

  private static void sameHostPorts(At container) {
    for (At port : container.items("ports")) {
      long number = port.number("hostPort", 0);
      if (number != 0 && number != port.number("containerPort", number)) {
        port.wrong(
            "hostPort",
            " must be the containerPort, as the pod uses the network of its host",
            "Remove it.");
      }
    }
  }

  private static void hostPorts(List<At> containers) {
    Set<String> taken = new HashSet<>();
    for (At container : containers) {
      for (At port : container.items("ports")) {
        long number = port.number("hostPort", 0);
        String protocol = port.has("protocol") ? port.text("protocol") : "TCP";
        if (number != 0 && !taken.add(number + "/" + protocol + "/" + port.text("hostIP"))) {
          port.add(
              ProblemCode.DUPLICATE,
              "hostPort",
              " is taken by another port of the pod",
              "Choose another one.");
        }
      }
    }
  }

  private static void toleration(At toleration) {
    boolean exists = toleration.text("operator").equals("Exists");
    if (toleration.isOpen("operator")) {
      return;
    }
    if (exists && toleration.has("value")) {
      toleration.wrong("value", " must be empty where the operator is Exists", "Remove the value.");
    }
    if (!toleration.has("key") && !exists) {
      toleration.wrong(
          "operator", " must be Exists where there is no key", "Write operator: Exists, or a key.");
    }
    if (toleration.get("tolerationSeconds") != null
        && !toleration.text("effect").equals("NoExecute")
        && !toleration.isOpen("effect")) {
      toleration.wrong(
          "effect",
          " must be NoExecute where tolerationSeconds is set",
          "Write effect: NoExecute.");
    }
  }

  private static void spread(At constraint) {
    if (constraint.get("minDomains") != null
        && constraint.text("whenUnsatisfiable").equals("ScheduleAnyway")) {
      constraint.wrong(
          "minDomains", " needs whenUnsatisfiable: DoNotSchedule", "Remove it, or write that.");
    }
    labelKeys(constraint);
  }

  /** Keys whose values are taken from the pod add to a selector. */
  private static void labelKeys(At term) {
    At selector = term.child("labelSelector");
    for (String field : List.of("matchLabelKeys", "mismatchLabelKeys")) {
      if (!term.list(field).isEmpty() && term.get("labelSelector") == null) {
        term.wrong(field, " needs a labelSelector", "Write one, or remove the keys.");
      }
    }
    List<String> keys = term.list("matchLabelKeys").stream().map(Trees::string).toList();
    Set<String> seen = new HashSet<>(selector.child("matchLabels").tree().keySet());
    for (At demand : selector.items("matchExpressions")) {
      if (!seen.add(demand.text("key")) && keys.contains(demand.text("key"))) {
        demand.wrong("key", " is one of matchLabelKeys as well", "Keep one of them.");
      }
    }
    for (Object key : term.list("mismatchLabelKeys")) {
      if (keys.contains(Trees.string(key))) {
        term.wrong("matchLabelKeys", " has a key of mismatchLabelKeys", "Keep one of them.");
      }
    }
  }
}
