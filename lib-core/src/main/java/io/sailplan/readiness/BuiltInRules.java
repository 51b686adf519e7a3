package io.sailplan.readiness;

import io.sailplan.model.GroupKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the kinds that ship with Kubernetes; those without one are ready once they exist.
 */
final class BuiltInRules {
  private static final Map<GroupKind, KindRule> RULES =
      Map.ofEntries(
          Map.entry(new GroupKind("apps", "Deployment"), WorkloadRules::deployment),
          Map.entry(new GroupKind("apps", "StatefulSet"), WorkloadRules::statefulSet),
          Map.entry(new GroupKind("apps", "DaemonSet"), WorkloadRules::daemonSet),
          Map.entry(new GroupKind("apps", "ReplicaSet"), WorkloadRules::replicaSet),
          Map.entry(new GroupKind("", "ReplicationController"), WorkloadRules::replicaSet),
          Map.entry(new GroupKind("", "Pod"), TaskRules::pod),
          Map.entry(new GroupKind("batch", "Job"), TaskRules::job),
          Map.entry(new GroupKind("", "PersistentVolumeClaim"), StorageRules::claim),
          Map.entry(new GroupKind("", "PersistentVolume"), StorageRules::volume),
          Map.entry(new GroupKind("", "Namespace"), ClusterRules::namespace),
          Map.entry(new GroupKind("", "ResourceQuota"), ClusterRules::quota),
          Map.entry(new GroupKind("", "Secret"), ClusterRules::secret),
          Map.entry(new GroupKind("policy", "PodDisruptionBudget"), ClusterRules::exists),
          Map.entry(
              new GroupKind("autoscaling", "HorizontalPodAutoscaler"), ClusterRules::autoscaler),
          Map.entry(
              new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition"),
              ClusterRules::definition),
          Map.entry(
              new GroupKind("apiregistration.k8s.io", "APIService"), ClusterRules::apiService));

  /** Kinds whose controllers always report the generation they have seen. */
  private static final Set<GroupKind> REPORTS_GENERATION =
      Set.of(
          new GroupKind("apps", "Deployment"),
          new GroupKind("apps", "StatefulSet"),
          new GroupKind("apps", "DaemonSet"),
          new GroupKind("apps", "ReplicaSet"),
          new GroupKind("", "ReplicationController"),
          new GroupKind("policy", "PodDisruptionBudget"));

  /** The groups of the OpenAPI document of Kubernetes 1.36 in which no others may define kinds. */
  private static final Set<String> GROUPS =
      Set.of(
          "",
          "admissionregistration.k8s.io",
          "apiextensions.k8s.io",
          "apiregistration.k8s.io",
          "apps",
          "authentication.k8s.io",
          "authorization.k8s.io",
          "autoscaling",
          "batch",
          "certificates.k8s.io",
          "coordination.k8s.io",
          "discovery.k8s.io",
          "events.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "internal.apiserver.k8s.io",
          "networking.k8s.io",
          "node.k8s.io",
          "policy",
          "rbac.authorization.k8s.io",
          "resource.k8s.io",
          "scheduling.k8s.io",
          "storage.k8s.io",
          "storagemigration.k8s.io");

  private BuiltInRules() {}

  static @Nullable KindRule find(GroupKind kind) {
    return RULES.get(kind);
  }

  static boolean isBuiltIn(GroupKind kind) {
    return GROUPS.contains(kind.group());
  }

  static boolean reportsGeneration(GroupKind kind) {
    return REPORTS_GENERATION.contains(kind);
  }
}
