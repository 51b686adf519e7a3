package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the fields of pods demand of each other. */
final class PodRules {
  private static final List<String> PROBES = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "sleep");

  private PodRules() {}

  static void addTo(Map<String, CrossRule> rules) {
    rules.put("core.v1.PodSpec", PodRules::pod);
    rules.put("core.v1.Container", PodRules::container);
    rules.put("core.v1.Volume", PodRules::volume);
    rules.put("core.v1.EnvVar", PodRules::variable);
    rules.put("core.v1.EnvVarSource", source -> one(source, source.tree().keySet(), "source"));
    rules.put("core.v1.EnvFromSource", PodRules::variables);
    rules.put("core.v1.Probe", probe -> one(probe, probe.present(PROBES), "handler"));
    rules.put(
        "core.v1.LifecycleHandler", handler -> one(handler, handler.present(HANDLERS), "handler"));
    rules.put("core.v1.ResourceRequirements", PodRules::resources);
    rules.put("core.v1.Toleration", PodRules::toleration);
  }

  static void one(At object, Collection<String> present, String what) {
    if (present.isEmpty()) {
      object.add(ProblemCode.MISSING_FIELD, "", " has no " + what, "Add one.");
    } else if (present.size() > 1) {
      object.wrong(
          "",
          " has more than one "
              + what
              + ": "
              + String.join(", ", present.stream().sorted().toList()),
          "Keep one of them.");
    }
  }

  private static void pod(At pod) {
    if (pod.get("containers") instanceof List<?> list && list.isEmpty()) {
      pod.missing("containers", "Add a container.");
    }
    Set<String> names = new HashSet<>();
    List<At> containers = new ArrayList<>(pod.items("initContainers"));
    for (At init : containers) {
      names.add(init.text("name"));
      boolean sidecar = init.text("restartPolicy").equals("Always");
      for (String field : List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle")) {
        if (!sidecar && !init.isOpen("restartPolicy") && init.get(field) != null) {
          init.wrong(
              field,
              " cannot be in a container that runs before the others",
              "Remove it, or set restartPolicy: Always.");
        }
      }
    }
    for (At container : pod.items("containers")) {
      if (container.has("name") && names.contains(container.text("name"))) {
        container.add(
            ProblemCode.DUPLICATE,
            "name",
            " is the name of an init container as well",
            "Give it another name.");
      }
      containers.add(container);
    }
    hostPorts(pod, containers);
    boolean servers = !pod.child("dnsConfig").list("nameservers").isEmpty();
    if (pod.text("dnsPolicy").equals("None") && !servers) {
      pod.missing("dnsConfig", "Name at least one name server, as dnsPolicy is None.");
    }
  }

  private static void hostPorts(At pod, List<At> containers) {
    boolean host = Boolean.TRUE.equals(pod.get("hostNetwork"));
    Set<String> taken = new HashSet<>();
    for (At container : containers) {
      for (At port : container.items("ports")) {
        long number = port.number("hostPort", 0);
        if (number == 0) {
          continue;
        }
        if (host && number != port.number("containerPort", number)) {
          port.wrong(
              "hostPort",
              " must be the containerPort, as the pod uses the network of its host",
              "Remove it.");
        }
        String protocol = port.has("protocol") ? port.text("protocol") : "TCP";
        if (!taken.add(number + "/" + protocol + "/" + port.text("hostIP"))) {
          port.add(
              ProblemCode.DUPLICATE,
              "hostPort",
              " is taken by another port of the pod",
              "Choose another one.");
        }
      }
    }
  }

  private static void container(At container) {
    Set<String> ports = new HashSet<>();
    for (At port : container.items("ports")) {
      if (port.has("name") && !port.isOpen("name") && !ports.add(port.text("name"))) {
        port.add(
            ProblemCode.DUPLICATE,
            "name",
            " is the name of another port of the container",
            "Give it another name.");
      }
    }
    for (String probe : List.of("livenessProbe", "startupProbe")) {
      if (container.child(probe).number("successThreshold", 1) > 1) {
        container
            .child(probe)
            .wrong("successThreshold", " must be 1", "Remove it: once is enough here.");
      }
    }
    if (container.child("readinessProbe").get("terminationGracePeriodSeconds") != null) {
      container
          .child("readinessProbe")
          .wrong(
              "terminationGracePeriodSeconds",
              " cannot be in a readiness probe",
              "Remove it: a readiness probe ends nothing.");
    }
    for (At mount : container.items("volumeMounts")) {
      if (mount.has("subPath") && mount.has("subPathExpr")) {
        mount.wrong("subPathExpr", " cannot stand beside subPath", "Keep one of them.");
      }
    }
  }

  /** Mounts name volumes of the pod, or of claims that are made for it. */
  static void mounts(At pod, Set<String> claims) {
    Set<String> volumes = new HashSet<>(claims);
    for (At volume : pod.items("volumes")) {
      if (volume.isOpen("name")) {
        return;
      }
      volumes.add(volume.text("name"));
    }
    List<At> containers = new ArrayList<>(pod.items("initContainers"));
    containers.addAll(pod.items("containers"));
    for (At container : containers) {
      for (String list : List.of("volumeMounts", "volumeDevices")) {
        for (At mount : container.items(list)) {
          if (mount.has("name") && !mount.isOpen("name") && !volumes.contains(mount.text("name"))) {
            String near = Suggestion.didYouMean(mount.text("name"), volumes);
            mount.add(
                ProblemCode.DANGLING_REFERENCE,
                "name",
                " is \"" + mount.text("name") + "\", which is no volume of the pod",
                near.isEmpty() ? "Add the volume, or correct the name." : near);
          }
        }
      }
    }
  }

  private static void volume(At volume) {
    List<String> sources =
        volume.tree().entrySet().stream()
            .filter(entry -> entry.getValue() != null && !entry.getKey().equals("name"))
            .map(Map.Entry::getKey)
            .toList();
    if (sources.size() > 1) {
      one(volume, sources, "source");
    }
  }

  private static void variable(At variable) {
    if (variable.has("value") && variable.get("valueFrom") != null) {
      variable.wrong("valueFrom", " cannot stand beside value", "Keep one of them.");
    }
  }

  private static void variables(At source) {
    one(source, source.present(List.of("configMapRef", "secretRef")), "source");
  }

  private static void resources(At resources) {
    At limits = resources.child("limits");
    for (At amounts : List.of(limits, resources.child("requests"))) {
      for (String name : amounts.tree().keySet()) {
        boolean extended = name.contains("/") && !name.contains("kubernetes.io/");
        Optional<BigDecimal> amount = Quantities.value(amounts.get(name));
        if (extended
            && amount.filter(value -> value.stripTrailingZeros().scale() > 0).isPresent()) {
          amounts.wrong(name, " must be whole", "Write a whole number.");
        }
      }
    }
    resources
        .child("requests")
        .tree()
        .forEach(
            (name, request) -> {
              Optional<BigDecimal> asked = Quantities.value(request);
              Optional<BigDecimal> most = Quantities.value(limits.get(name));
              if (asked.isPresent() && most.isPresent() && asked.get().compareTo(most.get()) > 0) {
                resources
                    .child("requests")
                    .wrong(
                        name,
                        " is " + request + ", above the limit of " + limits.get(name),
                        "Ask for less, or raise the limit.");
              }
            });
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
}
