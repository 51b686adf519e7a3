package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a container demands of its own fields together. */
final class ContainerRules {
  private static final List<String> OF_CONTAINERS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final List<String> OF_FILES =
      List.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");
  private static final Pattern BY_KEY =
      Pattern.compile("metadata[.](labels|annotations)\\['[^']+']");

  private ContainerRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.Container", ContainerRules::container);
    rules.add("core.v1.EnvVar", ContainerRules::variable);
    rules.add("core.v1.VolumeMount", ContainerRules::mount);
    rules.add("core.v1.SecurityContext", ContainerRules::privileges);
    rules.add("core.v1.ResourceFieldSelector", ContainerRules::divisor);
    rules.add(
        "core.v1.EnvVarSource", source -> field(source.child("fieldRef"), OF_CONTAINERS, false));
    rules.add(
        "core.v1.DownwardAPIVolumeFile", file -> field(file.child("fieldRef"), OF_FILES, true));
    rules.add("core.v1.ProjectedVolumeSource", ContainerRules::projected);
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
    if (!container.list("restartPolicyRules").isEmpty() && !container.has("restartPolicy")) {
      container.missing("restartPolicy", "Write it: it is needed beside restartPolicyRules.");
    }
    boolean privileged = container.child("securityContext").isTrue("privileged");
    for (At mount : container.items("volumeMounts")) {
      if (mount.text("mountPropagation").equals("Bidirectional") && !privileged) {
        mount.wrong(
            "mountPropagation",
            " may be Bidirectional only in a privileged container",
            "Write HostToContainer or None.");
      }
    }
  }

  private static void variable(At variable) {
    if (variable.has("value") && variable.get("valueFrom") != null) {
      variable.wrong("valueFrom", " cannot stand beside value", "Keep one of them.");
    }
  }

  private static void mount(At mount) {
    if (mount.has("subPath") && mount.has("subPathExpr")) {
      mount.wrong("subPathExpr", " cannot stand beside subPath", "Keep one of them.");
    }
    String recursive = mount.text("recursiveReadOnly");
    if (recursive.isEmpty() || recursive.equals("Disabled")) {
      return;
    }
    String propagation = mount.text("mountPropagation");
    if (!mount.isTrue("readOnly") && !mount.isOpen("readOnly")) {
      mount.wrong("recursiveReadOnly", " needs readOnly: true", "Set it, or write Disabled.");
    }
    if (!propagation.isEmpty() && !propagation.equals("None")) {
      mount.wrong("mountPropagation", " must be None where recursiveReadOnly is set", "Remove it.");
    }
  }

  private static void privileges(At context) {
    if (!Boolean.FALSE.equals(context.get("allowPrivilegeEscalation"))) {
      return;
    }
    boolean admin = context.child("capabilities").list("add").contains("CAP_SYS_ADMIN");
    if (context.isTrue("privileged") || admin) {
      context.wrong(
          "allowPrivilegeEscalation",
          " cannot be false in a container that is "
              + (admin ? "given CAP_SYS_ADMIN" : "privileged"),
          "Keep one of them.");
    }
  }

  /** Which fields of its pod a container may know, as variables or in files. */
  private static void field(At reference, List<String> known, boolean files) {
    String path = reference.text("fieldPath");
    if (!path.isEmpty() && !known.contains(path) && !BY_KEY.matcher(path).matches()) {
      reference.wrong(
          "fieldPath",
          " is " + path + ", which is not given to " + (files ? "files" : "variables"),
          "Write one of " + String.join(", ", known) + ".");
    }
  }

  /** What is given to a container is counted in steps that it is measured in. */
  private static void divisor(At reference) {
    String resource = reference.text("resource");
    String divisor = String.valueOf(reference.get("divisor"));
    boolean known =
        resource.matches("(limits|requests)[.](cpu|memory|ephemeral-storage|hugepages-.*)");
    if (reference.get("divisor") == null || !known || divisor.matches("0|[$].*")) {
      return;
    }
    boolean fits =
        resource.endsWith(".cpu")
            ? divisor.matches("1m?")
            : divisor.matches("1([kMGTPE]|[KMGTPE]i)?");
    if (!fits) {
      reference.wrong("divisor", " does not fit " + resource, "Write 1, or leave it out.");
    }
  }

  /** Files of several sources must not have the same path. */
  private static void projected(At volume) {
    Set<String> paths = new HashSet<>();
    for (At source : volume.items("sources")) {
      for (String kind : List.of("secret", "configMap", "downwardAPI")) {
        source.child(kind).items("items").forEach(item -> path(item, "path", paths));
      }
      path(source.child("clusterTrustBundle"), "path", paths);
      for (String field : List.of("credentialBundlePath", "keyPath", "certificateChainPath")) {
        path(source.child("podCertificate"), field, paths);
      }
    }
  }

  private static void path(At item, String field, Set<String> paths) {
    if (item.has(field) && !item.isOpen(field) && !paths.add(item.text(field))) {
      item.add(
          ProblemCode.DUPLICATE, field, " is the path of another file", "Choose another path.");
    }
  }
}
