package io.sailplan.testing;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.testing.Answers.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What cannot be changed any more once it is set, in the server's words. */
final class Immutability {
  private static final String IMMUTABLE = "field is immutable";

  private final Manifest live;
  private final Manifest next;
  private final List<Cause> causes = new ArrayList<>();

  private Immutability(Manifest live, Manifest next) {
    this.live = live;
    this.next = next;
  }

  static List<Cause> causes(Manifest live, Manifest next) {
    Immutability check = new Immutability(live, next);
    check.kind();
    check.finalizers();
    return check.causes;
  }

  private void kind() {
    switch (next.kind()) {
      case "Deployment", "DaemonSet", "ReplicaSet" -> fixed("spec", "selector");
      case "StatefulSet" -> statefulSet();
      case "Job" -> job();
      case "PersistentVolumeClaim" -> claim();
      case "PersistentVolume" -> volume();
      case "Service" -> service();
      case "Secret", "ConfigMap" -> data();
      case "RoleBinding", "ClusterRoleBinding" -> {
        if (differs("roleRef")) {
          causes.add(Cause.invalid("roleRef", text("roleRef"), "cannot change roleRef"));
        }
      }
      case "StorageClass" -> {
        if (differs("parameters")) {
          causes.add(Cause.forbidden("parameters", "updates to parameters are forbidden."));
        }
        if (differs("provisioner")) {
          causes.add(Cause.forbidden("provisioner", "updates to provisioner are forbidden."));
        }
        fixed("reclaimPolicy");
        fixed("volumeBindingMode");
      }
      case "IngressClass" -> fixed("spec", "controller");
      case "RuntimeClass" -> fixed("handler");
      case "EndpointSlice" -> fixed("addressType");
      case "ResourceQuota" -> fixed("spec", "scopes");
      case "PriorityClass" -> {
        if (differs("value")) {
          causes.add(Cause.forbidden("value", "may not be changed in an update."));
        }
        fixed("preemptionPolicy");
      }
      case "Pod" -> pod();
      case "CustomResourceDefinition" -> definition();
      default -> {}
    }
  }

  private void finalizers() {
    if (!Owners.isTerminating(live)) {
      return;
    }
    List<@Nullable Object> known = Trees.list(live.get("metadata", "finalizers"));
    List<String> added =
        Trees.list(next.get("metadata", "finalizers")).stream()
            .filter(finalizer -> !known.contains(finalizer))
            .map(finalizer -> "\"" + Trees.string(finalizer) + "\"")
            .toList();
    if (!added.isEmpty()) {
      causes.add(
          Cause.forbidden(
              "metadata.finalizers",
              "no new finalizers can be added if the object is being deleted, found new finalizers"
                  + " []string{"
                  + String.join(", ", added)
                  + "}"));
    }
  }

  private void statefulSet() {
    Map<String, @Nullable Object> before = new LinkedHashMap<>(Trees.object(live.get("spec")));
    Map<String, @Nullable Object> after = new LinkedHashMap<>(Trees.object(next.get("spec")));
    for (String mutable :
        List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds")) {
      before.remove(mutable);
      after.remove(mutable);
    }
    if (!before.equals(after)) {
      causes.add(
          Cause.forbidden(
              "spec",
              "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                  + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                  + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
    }
  }

  private void job() {
    fixed("spec", "selector");
    boolean suspended = Boolean.TRUE.equals(live.get("spec", "suspend"));
    Manifest before = suspended ? withoutScheduling(live) : live;
    Manifest after = suspended ? withoutScheduling(next) : next;
    if (!Objects.equals(before.get("spec", "template"), after.get("spec", "template"))) {
      causes.add(
          suspended
              ? Cause.invalid("spec.template.spec", text("spec", "template", "spec"), IMMUTABLE)
              : Cause.invalid("spec.template", text("spec", "template"), IMMUTABLE));
    }
    fixed("spec", "completionMode");
    boolean indexed = next.string("spec", "completionMode").equals("Indexed");
    if (!indexed
        || !Objects.equals(next.get("spec", "completions"), next.get("spec", "parallelism"))) {
      fixed("spec", "completions");
    }
    fixed("spec", "podFailurePolicy");
    fixed("spec", "backoffLimitPerIndex");
    fixed("spec", "managedBy");
  }

  /** A suspended Job that has not started may move elsewhere. */
  private static Manifest withoutScheduling(Manifest job) {
    Manifest bare =
        job.without("spec", "template", "metadata", "labels")
            .without("spec", "template", "metadata", "annotations")
            .without("spec", "template", "spec", "nodeSelector")
            .without("spec", "template", "spec", "tolerations")
            .without("spec", "template", "spec", "affinity")
            .without("spec", "template", "spec", "schedulingGates");
    List<Object> containers = new ArrayList<>();
    for (Map<String, @Nullable Object> container :
        Tree.objects(bare, "spec", "template", "spec", "containers")) {
      Map<String, @Nullable Object> copy = Tree.mutableObject(container);
      copy.remove("resources");
      containers.add(copy);
    }
    return bare.with(containers, "spec", "template", "spec", "containers");
  }

  private void claim() {
    Map<String, @Nullable Object> before = new LinkedHashMap<>(Trees.object(live.get("spec")));
    Map<String, @Nullable Object> after = new LinkedHashMap<>(Trees.object(next.get("spec")));
    if (live.string("spec", "volumeName").isEmpty()) {
      before.remove("volumeName");
      after.remove("volumeName");
    }
    if (!before.equals(after)) {
      causes.add(
          Cause.forbidden(
              "spec",
              "spec is immutable after creation except resources.requests and"
                  + " volumeAttributesClassName for bound claims"));
    }
  }

  private void volume() {
    for (String field : Trees.object(live.get("spec")).keySet()) {
      boolean source =
          !List.of(
                  "capacity",
                  "accessModes",
                  "claimRef",
                  "persistentVolumeReclaimPolicy",
                  "storageClassName",
                  "mountOptions",
                  "volumeMode",
                  "nodeAffinity",
                  "volumeAttributesClassName")
              .contains(field);
      if (source && differs("spec", field)) {
        causes.add(
            Cause.forbidden(
                "spec.persistentvolumesource",
                "spec.persistentvolumesource is immutable after creation"));
      }
    }
    fixed("spec", "volumeMode");
  }

  private void service() {
    String before = live.string("spec", "clusterIP");
    boolean addressed =
        !live.string("spec", "type").equals("ExternalName")
            && !next.string("spec", "type").equals("ExternalName");
    if (addressed && !before.isEmpty() && !before.equals(next.string("spec", "clusterIP"))) {
      causes.add(
          Cause.invalid(
              "spec.clusterIPs[0]",
              Json.write(List.of(next.string("spec", "clusterIP"))),
              "may not change once set"));
    }
    Object balancer = live.get("spec", "loadBalancerClass");
    if (balancer != null
        && next.string("spec", "type").equals("LoadBalancer")
        && differs("spec", "loadBalancerClass")) {
      causes.add(
          Cause.invalid(
              "spec.loadBalancerClass",
              text("spec", "loadBalancerClass"),
              "may not change once set"));
    }
  }

  private void data() {
    boolean secret = next.kind().equals("Secret");
    if (secret) {
      fixed("type");
    }
    if (!Boolean.TRUE.equals(live.get("immutable"))) {
      return;
    }
    if (!Boolean.TRUE.equals(next.get("immutable"))) {
      causes.add(Cause.forbidden("immutable", "field is immutable when `immutable` is set"));
    }
    for (String field : List.of("data", "binaryData")) {
      if (!Trees.object(live.get(field)).equals(Trees.object(next.get(field)))) {
        causes.add(Cause.forbidden(field, "field is immutable when `immutable` is set"));
      }
    }
  }

  private void pod() {
    if (!bare(live).equals(bare(next))) {
      causes.add(
          Cause.forbidden(
              "spec",
              "pod updates may not change fields other than"
                  + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
                  + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
                  + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if"
                  + " it was previously negative)"));
    }
  }

  /** The spec of a pod without what may change. */
  private static Map<String, @Nullable Object> bare(Manifest pod) {
    Map<String, @Nullable Object> spec = Tree.mutableObject(Trees.object(pod.get("spec")));
    for (String list : List.of("containers", "initContainers")) {
      Trees.list(spec.get(list)).forEach(container -> Trees.object(container).remove("image"));
    }
    spec.remove("activeDeadlineSeconds");
    spec.remove("tolerations");
    spec.remove("schedulingGates");
    return spec;
  }

  private void definition() {
    fixed("spec", "group");
    fixed("spec", "scope");
    fixed("spec", "names", "plural");
    fixed("spec", "names", "kind");
    for (Object stored : Trees.list(live.get("status", "storedVersions"))) {
      boolean kept =
          Tree.objects(next, "spec", "versions").stream()
              .anyMatch(version -> Objects.equals(stored, version.get("name")));
      if (!kept) {
        causes.add(
            Cause.invalid(
                "status.storedVersions[0]",
                Json.write(stored),
                "missing from spec.versions; "
                    + Trees.string(stored)
                    + " was previously a storage version, and must remain in spec.versions until"
                    + " a storage migration ensures no data remains persisted in "
                    + Trees.string(stored)
                    + " and removes "
                    + Trees.string(stored)
                    + " from status.storedVersions"));
      }
    }
  }

  private void fixed(String... path) {
    if (differs(path)) {
      causes.add(Cause.invalid(String.join(".", path), text(path), IMMUTABLE));
    }
  }

  private boolean differs(String... path) {
    return !Objects.equals(live.get(path), next.get(path));
  }

  private String text(String... path) {
    return Json.write(next.get(path));
  }
}
