package io.sailplan.ownership;

import static io.sailplan.ownership.ImmutableRule.allBut;
import static io.sailplan.ownership.ImmutableRule.fixed;
import static io.sailplan.ownership.ImmutableRule.fixedAs;
import static io.sailplan.ownership.ImmutableRule.forbidden;
import static io.sailplan.ownership.ImmutableRule.frozen;
import static io.sailplan.ownership.ImmutableRule.invalid;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the API server refuses to change, in its words. No stricter than Kubernetes 1.36, and
 * confirmed on a real server field by field. A pure function; thread-safe.
 *
 * <p>Kinds that are not in the table can be changed in every field.
 */
public final class ImmutableFields {
  private static final String STORAGE = ".storage.k8s.io";

  private static final Map<String, List<ImmutableRule>> TABLE = table();

  private ImmutableFields() {}

  /**
   * Returns what the server refuses, in its order; empty if it takes the change.
   *
   * @param live the object as it is stored
   * @param next the object as it would be stored, defaults and what the server keeps included
   * @param shape the structure of the kind, in the version of both
   */
  public static List<Violation> violations(Manifest live, Manifest next, KindShape shape) {
    Transition transition = new Transition(live, next, shape);
    finalizers(transition);
    if (shape.custom()) {
      TransitionRules.check(transition);
    } else {
      for (ImmutableRule rule :
          TABLE.getOrDefault(shape.kind().groupKind().toString(), List.of())) {
        rule.check(transition);
      }
    }
    return List.copyOf(transition.violations());
  }

  /**
   * Returns the result of a write, refused if it changes what is fixed, and doubted where rules
   * that are not understood look at what it changes.
   */
  static ApplyResult checked(
      @Nullable Manifest live, ApplyResult.Applied applied, KindShape shape, String subresource) {
    if (live == null || !applied.spec() || !subresource.isEmpty()) {
      return applied;
    }
    // Snapshots made by hand may lack what a server has filled in long ago: that is no change.
    Manifest stored = Manifest.of(StoredForm.of(live.tree(), shape.shape()));
    List<Violation> violations = violations(stored, applied.object(), shape);
    if (!violations.isEmpty()) {
      return new ApplyResult.Immutable(applied, violations);
    }
    List<Assumption> assumptions = new ArrayList<>(applied.assumptions());
    if (shape.custom()) {
      for (FieldPath place : TransitionRules.open(live, applied.object(), shape)) {
        assumptions.add(
            new Assumption(
                FieldSet.of(place),
                "a rule of the definition compares " + place + " with its value before"));
      }
    }
    return assumptions.size() == applied.assumptions().size()
        ? applied
        : new ApplyResult.Applied(
            applied.object(), true, true, applied.serverChosen(), applied.taken(), assumptions);
  }

  private static Map<String, List<ImmutableRule>> table() {
    Map<String, List<ImmutableRule>> table = new TreeMap<>();
    workloads(table);
    storage(table);
    network(table);
    others(table);
    return table;
  }

  private static void workloads(Map<String, List<ImmutableRule>> table) {
    for (String kind : List.of("Deployment", "DaemonSet", "ReplicaSet")) {
      table.put(kind + ".apps", List.of(fixed("spec.selector")));
    }
    table.put(
        "StatefulSet.apps",
        List.of(
            allBut(
                "spec",
                "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                    + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                    + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
                "replicas",
                "ordinals",
                "template",
                "updateStrategy",
                "revisionHistoryLimit",
                "persistentVolumeClaimRetentionPolicy",
                "minReadySeconds")));
    table.put("ControllerRevision.apps", List.of(fixed("data")));
    table.put(
        "Job.batch",
        List.of(
            JobImmutability::completions,
            fixed("spec.selector"),
            JobImmutability::template,
            fixed(
                "spec.completionMode",
                "spec.podFailurePolicy",
                "spec.backoffLimitPerIndex",
                "spec.managedBy",
                "spec.successPolicy")));
    table.put("Pod", List.of(PodImmutability::check));
    table.put(
        "Node",
        List.of(
            ClusterImmutability::rangesOfPods,
            ClusterImmutability.onceSet(
                "spec.providerID",
                "node updates may not change providerID except from \"\" to valid")));
    table.put(
        "PriorityClass.scheduling.k8s.io",
        List.of(forbidden("value", "may not be changed in an update."), fixed("preemptionPolicy")));
  }

  private static void storage(Map<String, List<ImmutableRule>> table) {
    table.put("PersistentVolumeClaim", List.of(VolumeImmutability::claim));
    table.put("PersistentVolume", List.of(VolumeImmutability::volume));
    table.put(
        "StorageClass" + STORAGE,
        List.of(fixed("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode")));
    table.put("VolumeAttachment" + STORAGE, List.of(fixed("spec")));
    table.put(
        "CSIDriver" + STORAGE,
        List.of(
            fixedAs("spec.attachedRequired", "spec.attachRequired"),
            fixed("spec.volumeLifecycleModes")));
    table.put("CSINode" + STORAGE, List.of(VolumeImmutability::drivers));
    table.put("CSIStorageCapacity" + STORAGE, List.of(fixed("nodeTopology", "storageClassName")));
    table.put(
        "VolumeAttributesClass" + STORAGE,
        List.of(
            forbidden("driverName", "updates to driverName are forbidden."),
            forbidden("parameters", "updates to parameters are forbidden.")));
    table.put("ResourceClaim.resource.k8s.io", List.of(fixed("spec")));
    table.put("ResourceClaimTemplate.resource.k8s.io", List.of(fixed("spec")));
    table.put(
        "ResourceSlice.resource.k8s.io",
        List.of(fixed("spec.pool.name", "spec.driver", "spec.nodeName")));
  }

  private static void network(Map<String, List<ImmutableRule>> table) {
    table.put("Service", List.of(ServiceImmutability::check));
    table.put("EndpointSlice.discovery.k8s.io", List.of(fixed("addressType")));
    table.put("IngressClass.networking.k8s.io", List.of(fixed("spec.controller")));
    table.put("IPAddress.networking.k8s.io", List.of(fixed("spec.parentRef")));
    table.put("ServiceCIDR.networking.k8s.io", List.of(ClusterImmutability::ranges));
  }

  private static void others(Map<String, List<ImmutableRule>> table) {
    table.put("ConfigMap", List.of(frozen("data", "binaryData")));
    table.put("Secret", List.of(fixed("type"), frozen("data")));
    for (String kind : List.of("RoleBinding", "ClusterRoleBinding")) {
      table.put(
          kind + ".rbac.authorization.k8s.io",
          List.of(invalid("roleRef", "cannot change roleRef")));
    }
    table.put("ResourceQuota", List.of(ClusterImmutability::scopes));
    table.put("RuntimeClass.node.k8s.io", List.of(fixed("handler")));
    table.put(
        "CustomResourceDefinition.apiextensions.k8s.io", List.of(ClusterImmutability::definition));
    table.put(
        "Event.events.k8s.io",
        List.of(
            fixedAs("involvedObject", "regarding"),
            fixed("reason"),
            fixedAs("message", "note"),
            fixedAs("source", "deprecatedSource"),
            fixedAs("firstTimestamp", "deprecatedFirstTimestamp"),
            fixedAs("lastTimestamp", "deprecatedLastTimestamp"),
            fixedAs("count", "deprecatedCount"),
            fixed("type", "eventTime", "action", "related", "reportingController"),
            fixedAs("reportingInstance", "reportingInstance")));
  }

  /** What is being deleted takes no new finalizers, of whatever kind it is. */
  private static void finalizers(Transition transition) {
    if (transition.live().get("metadata", "deletionTimestamp") == null) {
      return;
    }
    List<Object> known =
        Trees.list(transition.live().get("metadata", "finalizers")).stream()
            .<Object>map(String::valueOf)
            .toList();
    List<String> added =
        Trees.list(transition.next().get("metadata", "finalizers")).stream()
            .map(String::valueOf)
            .filter(finalizer -> !known.contains(finalizer))
            .map(finalizer -> "\"" + finalizer + "\"")
            .toList();
    if (!added.isEmpty()) {
      transition.forbidden(
          "metadata.finalizers",
          "no new finalizers can be added if the object is being deleted, found new finalizers"
              + " []string{"
              + String.join(", ", added)
              + "}",
          "metadata",
          "finalizers");
    }
  }
}
