package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server fills into a Service depending on its type. */
final class ServiceDefaults {
  private static final long STICKY_SECONDS = 10800;

  private ServiceDefaults() {}

  static void spec(Map<String, @Nullable Object> spec) {
    String type = Trees.string(spec.get("type"));
    boolean balancer = type.equals("LoadBalancer");
    boolean node = type.equals("NodePort");
    for (Object item : Trees.list(spec.get("ports"))) {
      Map<String, @Nullable Object> port = Trees.object(item);
      Object target = port.get("targetPort");
      if (target == null || target.equals(0L) || target.equals("")) {
        port.put("targetPort", port.get("port"));
      }
    }
    affinity(spec);
    boolean outside = type.equals("ClusterIP") && !Trees.list(spec.get("externalIPs")).isEmpty();
    if (balancer || node || outside) {
      ConditionalDefaults.fillIn(spec, "externalTrafficPolicy", "Cluster");
    }
    if (List.of("NodePort", "LoadBalancer", "ClusterIP").contains(type)) {
      ConditionalDefaults.fillIn(spec, "internalTrafficPolicy", "Cluster");
    }
    if (balancer) {
      ConditionalDefaults.fillIn(spec, "allocateLoadBalancerNodePorts", true);
    }
  }

  private static void affinity(Map<String, @Nullable Object> spec) {
    Object affinity = spec.get("sessionAffinity");
    if ("None".equals(affinity)) {
      spec.remove("sessionAffinityConfig");
    } else if ("ClientIP".equals(affinity)
        && Trees.get(spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds") == null) {
      Map<String, @Nullable Object> client = new LinkedHashMap<>();
      client.put("timeoutSeconds", STICKY_SECONDS);
      Map<String, @Nullable Object> config = new LinkedHashMap<>();
      config.put("clientIP", client);
      spec.put("sessionAffinityConfig", config);
    }
  }
}
