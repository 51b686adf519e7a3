package io.sailplan.graph;

import io.sailplan.model.ObjectKey;
import java.util.Set;

/** Objects that Kubernetes itself makes, so that referring to them asks for nothing. */
final class WellKnown {
  private static final Set<String> CLUSTER_ROLES = Set.of("admin", "cluster-admin", "edit", "view");

  private WellKnown() {}

  /** Returns whether every cluster has the object, or every namespace has its own. */
  static boolean isAlwaysThere(ObjectKey key) {
    return switch (key.groupKind().toString()) {
      case "ServiceAccount" -> key.name().equals("default");
      case "ConfigMap" -> key.name().equals("kube-root-ca.crt");
      case "PriorityClass.scheduling.k8s.io" -> key.name().startsWith("system-");
      case "ClusterRole.rbac.authorization.k8s.io" ->
          CLUSTER_ROLES.contains(key.name()) || key.name().startsWith("system:");
      default -> false;
    };
  }
}
