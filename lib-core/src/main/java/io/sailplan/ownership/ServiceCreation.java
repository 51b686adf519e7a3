package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Addresses and node ports of Services, in a cluster with one address family. */
final class ServiceCreation {
  private ServiceCreation() {}

  static void prepare(Map<String, @Nullable Object> stored) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
    if (!needsAddress(spec)) {
      return;
    }
    String address = Trees.string(spec.get("clusterIP"));
    if (!address.isEmpty()) {
      fillIn(spec, "clusterIPs", listOf(address));
    }
    boolean bare = address.equals("None") && Trees.object(spec.get("selector")).isEmpty();
    if (bare) {
      fillIn(spec, "ipFamilyPolicy", "RequireDualStack");
      fillIn(spec, "ipFamilies", listOf("IPv4", "IPv6"));
    } else {
      fillIn(spec, "ipFamilyPolicy", "SingleStack");
      fillIn(spec, "ipFamilies", listOf("IPv4"));
    }
    stored.put("spec", spec);
  }

  static void serverChosen(Map<String, @Nullable Object> stored, List<FieldPath> paths) {
    Map<String, @Nullable Object> spec = Trees.object(stored.get("spec"));
    if (needsAddress(spec) && Trees.string(spec.get("clusterIP")).isEmpty()) {
      paths.add(FieldPath.of("spec", "clusterIP"));
      paths.add(FieldPath.of("spec", "clusterIPs"));
    }
    if (checksHealth(spec) && spec.get("healthCheckNodePort") == null) {
      paths.add(FieldPath.of("spec", "healthCheckNodePort"));
    }
    if (!needsNodePort(spec)) {
      return;
    }
    Shape ports =
        ShapeCatalog.builtIn()
            .find(io.sailplan.model.GroupVersionKind.of("v1", "Service"))
            .orElseThrow()
            .shape()
            .at(FieldPath.of("spec", "ports"))
            .orElseThrow();
    for (Object port : Trees.list(spec.get("ports"))) {
      PathElement element = Values.element(ports, port);
      if (element != null && Trees.get(port, "nodePort") == null) {
        paths.add(FieldPath.of("spec", "ports").child(element).child("nodePort"));
      }
    }
  }

  /** What was allocated stays while the type wants it. */
  static void keep(Map<String, @Nullable Object> stored, Manifest live) {
    Map<String, @Nullable Object> before = Trees.object(live.get("spec"));
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
    if (needsAddress(before) && needsAddress(spec)) {
      for (String field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
        Object value = before.get(field);
        if (value != null) {
          fillIn(spec, field, value);
        }
      }
    } else if (needsAddress(before)) {
      for (String field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
        dropUnchanged(spec, before, field);
      }
      dropUnchanged(spec, before, "internalTrafficPolicy");
    }
    if (before.get("healthCheckNodePort") != null && checksHealth(spec)) {
      fillIn(spec, "healthCheckNodePort", before.get("healthCheckNodePort"));
    }
    if (checksHealth(before) && !checksHealth(spec)) {
      dropUnchanged(spec, before, "healthCheckNodePort");
    }
    if (needsNodePort(before)) {
      ports(spec, Trees.list(before.get("ports")), needsNodePort(spec));
      if (!needsNodePort(spec)) {
        dropUnchanged(spec, before, "externalTrafficPolicy");
      }
    }
    if ("LoadBalancer".equals(before.get("type")) && !"LoadBalancer".equals(spec.get("type"))) {
      dropUnchanged(spec, before, "allocateLoadBalancerNodePorts");
      dropUnchanged(spec, before, "loadBalancerClass");
    }
    stored.put("spec", spec);
    prepare(stored);
  }

  private static void ports(
      Map<String, @Nullable Object> spec, List<@Nullable Object> before, boolean keep) {
    List<@Nullable Object> ports = new ArrayList<>();
    for (Object item : Trees.list(spec.get("ports"))) {
      Map<String, @Nullable Object> port = new LinkedHashMap<>(Trees.object(item));
      for (Object old : before) {
        boolean same =
            Values.equal(port.get("port"), Trees.get(old, "port"))
                && Values.equal(port.get("protocol"), Trees.get(old, "protocol"));
        Object number = Trees.get(old, "nodePort");
        if (same && number != null && keep) {
          fillIn(port, "nodePort", number);
        } else if (same && Values.equal(port.get("nodePort"), number)) {
          port.remove("nodePort");
        }
      }
      ports.add(port);
    }
    if (!ports.isEmpty()) {
      spec.put("ports", ports);
    }
  }

  private static void dropUnchanged(
      Map<String, @Nullable Object> spec, Map<String, @Nullable Object> before, String field) {
    if (Values.equal(spec.get(field), before.get(field))) {
      spec.remove(field);
    }
  }

  private static boolean needsAddress(Map<String, @Nullable Object> spec) {
    return !"ExternalName".equals(spec.get("type"));
  }

  private static boolean checksHealth(Map<String, @Nullable Object> spec) {
    return "LoadBalancer".equals(spec.get("type"))
        && "Local".equals(spec.get("externalTrafficPolicy"));
  }

  private static boolean needsNodePort(Map<String, @Nullable Object> spec) {
    Object type = spec.get("type");
    return "NodePort".equals(type)
        || ("LoadBalancer".equals(type)
            && !Boolean.FALSE.equals(spec.get("allocateLoadBalancerNodePorts")));
  }

  private static List<@Nullable Object> listOf(String... texts) {
    return new ArrayList<>(List.of(texts));
  }

  private static void fillIn(
      Map<String, @Nullable Object> spec, String field, @Nullable Object value) {
    ConditionalDefaults.fillIn(spec, field, value);
  }
}
