package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to go together in services, autoscalers, roles and quotas. */
final class OtherCoherence {
  private static final Set<String> OF_PODS =
      Set.of(
          "cpu",
          "limits.cpu",
          "limits.memory",
          "memory",
          "pods",
          "requests.cpu",
          "requests.memory");
  private static final Set<String> OF_OTHERS =
      Set.of(
          "configmaps",
          "ephemeral-storage",
          "limits.ephemeral-storage",
          "persistentvolumeclaims",
          "replicationcontrollers",
          "requests.ephemeral-storage",
          "requests.storage",
          "resourcequotas",
          "secrets",
          "services",
          "services.loadbalancers",
          "services.nodeports");

  private OtherCoherence() {}

  static void check(Manifest object, Coherence.Errors errors) {
    switch (object.groupVersionKind().groupKind().toString()) {
      case "Service":
        service(Trees.object(object.get("spec")), errors);
        break;
      case "HorizontalPodAutoscaler.autoscaling":
        if (object.integer(1, "spec", "minReplicas")
            > object.integer(Long.MAX_VALUE, "spec", "maxReplicas")) {
          errors.add(".spec.maxReplicas", "must not be less than minReplicas");
        }
        break;
      case "ConfigMap":
        Trees.object(object.get("binaryData"))
            .keySet()
            .forEach(
                key -> {
                  if (Trees.object(object.get("data")).containsKey(key)) {
                    errors.add(".data", "has a key that binaryData has, too");
                  }
                });
        break;
      case "ControllerRevision.apps":
        if (object.get("data") == null) {
          errors.add(".data", "is required");
        }
        break;
      case "ResourceQuota":
        scopes(Trees.object(object.get("spec")), errors);
        break;
      case "Role.rbac.authorization.k8s.io":
        for (Object rule : Trees.list(object.get("rules"))) {
          if (!Coherence.isEmpty(Trees.get(rule, "nonResourceURLs"))) {
            errors.add(".rules", "nonResourceURLs are only for ClusterRoles");
          }
        }
        break;
      default:
        break;
    }
  }

  /** A quota of some pods counts nothing but pods and what they ask for. */
  private static void scopes(Map<String, @Nullable Object> spec, Coherence.Errors errors) {
    Set<Object> scopes = new HashSet<>(Trees.list(spec.get("scopes")));
    for (Object demand : Trees.list(Trees.get(spec, "scopeSelector", "matchExpressions"))) {
      scopes.add(Trees.get(demand, "scopeName"));
    }
    scopes.remove("VolumeAttributesClass");
    boolean idle = scopes.contains("BestEffort");
    for (String resource : Trees.object(spec.get("hard")).keySet()) {
      boolean foreign = OF_OTHERS.contains(resource);
      boolean amount = idle && OF_PODS.contains(resource) && !resource.equals("pods");
      if (!scopes.isEmpty() && (foreign || amount)) {
        errors.add(".spec.hard." + resource, "is not counted by the scopes of this quota");
      }
    }
  }

  private static void service(Map<String, @Nullable Object> spec, Coherence.Errors errors) {
    String type = Trees.string(spec.get("type"));
    boolean headless = "None".equals(spec.get("clusterIP"));
    List<@Nullable Object> ports = Trees.list(spec.get("ports"));
    if (!type.equals("LoadBalancer") && !Coherence.isEmpty(spec.get("loadBalancerSourceRanges"))) {
      errors.add(".spec.loadBalancerSourceRanges", "is only for type LoadBalancer");
    }
    if (type.equals("ExternalName")) {
      if (!Coherence.isEmpty(spec.get("clusterIP"))) {
        errors.add(".spec.clusterIP", "does not go with type ExternalName");
      }
      return;
    }
    if (headless && !type.equals("ClusterIP")) {
      errors.add(".spec.clusterIP", "must not be None for type " + type);
    }
    if (ports.isEmpty() && !headless) {
      errors.add(".spec.ports", "is required");
    }
    Set<Object> names = new HashSet<>();
    for (Object port : ports) {
      Object name = Trees.get(port, "name");
      if (ports.size() > 1 && Coherence.isEmpty(name)) {
        errors.add(".spec.ports", "each needs a name where there are several");
      } else if (!Coherence.isEmpty(name) && !names.add(name)) {
        errors.add(".spec.ports", "two have the same name");
      }
    }
    boolean outside = !type.equals("ClusterIP") || !Coherence.isEmpty(spec.get("externalIPs"));
    if (!outside && !Coherence.isEmpty(spec.get("externalTrafficPolicy"))) {
      errors.add(".spec.externalTrafficPolicy", "is only for what is reached from outside");
    }
  }
}
