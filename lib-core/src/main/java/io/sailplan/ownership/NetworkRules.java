package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.IpRanges;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the fields of Services, their ranges, Ingresses and NetworkPolicies demand together. */
final class NetworkRules {
  private static final List<String> OF_BALANCERS =
      List.of("loadBalancerClass", "allocateLoadBalancerNodePorts", "loadBalancerSourceRanges");

  private NetworkRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.ServiceSpec", NetworkRules::service);
    rules.add("networking.v1.IngressSpec", NetworkRules::ingress);
    rules.add("networking.v1.HTTPIngressRuleValue", NetworkRules::paths);
    rules.add("networking.v1.HTTPIngressPath", NetworkRules::path);
    rules.add("networking.v1.IngressBackend", NetworkRules::backend);
    rules.add("networking.v1.NetworkPolicyPeer", NetworkRules::peer);
    rules.add("networking.v1.NetworkPolicyPort", NetworkRules::port);
    rules.add("networking.v1.IPBlock", NetworkRules::block);
    rules.add("discovery.v1.EndpointSlice", NetworkRules::endpoints);
    rules.add("networking.v1.IngressClassParametersReference", NetworkRules::parameters);
    rules.add("networking.v1.ServiceCIDR", cidr -> ranges(cidr.child("spec")));
    rules.add("networking.v1beta1.ServiceCIDR", cidr -> ranges(cidr.child("spec")));
    rules.add("core.v1.EndpointSubset", subset -> names(subset.items("ports")));
  }

  private static void service(At spec) {
    if (spec.isOpen("type") || spec.isOpen("clusterIP")) {
      return;
    }
    String type = spec.has("type") ? spec.text("type") : "ClusterIP";
    boolean named = type.equals("ExternalName");
    List<At> ports = spec.items("ports");
    if (ports.isEmpty() && !named && !spec.text("clusterIP").equals("None")) {
      spec.missing("ports", "Add a port.");
    }
    if (named && !spec.has("externalName")) {
      spec.missing("externalName", "Write the name that it stands for.");
    } else if (named && !spec.isOpen("externalName")) {
      String name = spec.text("externalName");
      if (!NameRules.isSubdomain(
          name.endsWith(".") ? name.substring(0, name.length() - 1) : name)) {
        spec.wrong("externalName", " is no DNS name", "Write a name such as db.example.com.");
      }
    }
    names(ports);
    for (At port : ports) {
      if (type.equals("ClusterIP") && port.number("nodePort", 0) != 0) {
        port.wrong(
            "nodePort", " needs type NodePort or LoadBalancer", "Remove it, or set the type.");
      }
    }
    addresses(spec, type);
    boolean outside = type.equals("NodePort") || type.equals("LoadBalancer");
    if (spec.has("externalTrafficPolicy") && !outside && spec.list("externalIPs").isEmpty()) {
      spec.wrong(
          "externalTrafficPolicy",
          " needs type NodePort or LoadBalancer",
          "Remove it, or set the type.");
    }
    for (String field : OF_BALANCERS) {
      boolean there = spec.get(field) instanceof List<?> list ? !list.isEmpty() : spec.has(field);
      if (there && !type.equals("LoadBalancer")) {
        spec.wrong(field, " needs type LoadBalancer", "Remove it, or set the type.");
      }
    }
    boolean checked =
        type.equals("LoadBalancer") && spec.text("externalTrafficPolicy").equals("Local");
    if (spec.number("healthCheckNodePort", 0) != 0
        && !checked
        && !spec.isOpen("externalTrafficPolicy")) {
      spec.wrong(
          "healthCheckNodePort",
          " needs type LoadBalancer and externalTrafficPolicy Local",
          "Remove it, or set both.");
    }
  }

  /** Which addresses go with which type. */
  private static void addresses(At spec, String type) {
    List<@Nullable Object> all = spec.list("clusterIPs");
    boolean headless = spec.text("clusterIP").equals("None") || all.contains("None");
    if (type.equals("ExternalName")) {
      for (String field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
        boolean there = spec.get(field) instanceof List<?> list ? !list.isEmpty() : spec.has(field);
        if (there) {
          spec.wrong(field, " does not go with type ExternalName", "Remove it.");
        }
      }
    } else if (headless && !type.equals("ClusterIP")) {
      spec.wrong("clusterIP", " cannot be None for type " + type, "Remove it, or the type.");
    }
    if (spec.has("clusterIP") && !all.isEmpty() && !all.get(0).equals(spec.get("clusterIP"))) {
      spec.wrong("clusterIPs", " does not begin with clusterIP", "Write the same in both.");
    }
  }

  /** Each has a name where there are several, and each name is there once. */
  private static void names(List<At> ports) {
    Set<String> names = new HashSet<>();
    for (At port : ports) {
      if (ports.size() > 1 && !port.has("name")) {
        port.missing("name", "Give each port a name where there are several.");
      } else if (port.has("name") && !port.isOpen("name") && !names.add(port.text("name"))) {
        port.add(
            ProblemCode.DUPLICATE, "name", " is the name of another port", "Give it another name.");
      }
    }
  }

  /** One range of addresses for Services, or one of each family. */
  private static void ranges(At spec) {
    if (spec.isOpen("cidrs")) {
      return;
    }
    List<@Nullable Object> ranges = spec.list("cidrs");
    if (ranges.isEmpty()) {
      spec.missing("cidrs", "Write a range, such as 10.0.0.0/24.");
    } else if (ranges.size() > 2) {
      spec.wrong("cidrs", " has more than two ranges", "Write another ServiceCIDR for the others.");
    } else if (ranges.size() == 2 && isVersion6(ranges.get(0)) == isVersion6(ranges.get(1))) {
      spec.wrong("cidrs", " has two ranges of one family", "Write a ServiceCIDR for each.");
    }
  }

  private static boolean isVersion6(@Nullable Object address) {
    return String.valueOf(address).contains(":");
  }

  private static void parameters(At reference) {
    String scope = reference.has("scope") ? reference.text("scope") : "Cluster";
    if (scope.equals("Cluster") && reference.has("namespace")) {
      reference.wrong("namespace", " needs scope Namespace", "Write that, or remove it.");
    } else if (scope.equals("Namespace") && !reference.has("namespace")) {
      reference.missing("namespace", "Name it, as scope is Namespace.");
    }
  }

  /** All addresses are of the sort that the slice is for. */
  private static void endpoints(At slice) {
    String type = slice.text("addressType");
    for (At endpoint : slice.items("endpoints")) {
      for (Object address : endpoint.list("addresses")) {
        boolean six = isVersion6(address);
        if ((type.equals("IPv4") && six) || (type.equals("IPv6") && !six)) {
          endpoint.wrong("addresses", " has one that is no " + type + " address", "Remove it.");
        }
      }
    }
  }

  /** What is left out of a range lies within it. */
  private static void block(At block) {
    for (Object part : block.list("except")) {
      if (part instanceof String inner && !IpRanges.isWithin(inner, block.text("cidr"))) {
        block.wrong("except", " has a range that is not inside cidr", "Leave it out.");
      }
    }
  }

  private static void ingress(At spec) {
    if (spec.get("defaultBackend") == null && spec.list("rules").isEmpty()) {
      spec.missing("rules", "Write rules, or a defaultBackend.");
    }
  }

  private static void paths(At rule) {
    if (rule.get("paths") instanceof List<?> list && list.isEmpty()) {
      rule.missing("paths", "Add a path.");
    }
  }

  private static void path(At path) {
    String type = path.text("pathType");
    if (!path.has("path") && List.of("Exact", "Prefix").contains(type)) {
      path.wrong("path", " must begin with \"/\"", "Write path: /.");
    }
  }

  private static void backend(At backend) {
    At service = backend.child("service");
    if (backend.get("service") != null && service.get("port") == null) {
      service.missing("port", "Write the number or the name of a port.");
    }
  }

  private static void peer(At peer) {
    boolean selects = peer.get("podSelector") != null || peer.get("namespaceSelector") != null;
    boolean block = peer.get("ipBlock") != null;
    if (selects && block) {
      peer.wrong("ipBlock", " cannot stand beside selectors", "Write two peers.");
    } else if (!selects && !block) {
      peer.add(ProblemCode.MISSING_FIELD, "", " names nobody", "Write a selector or an ipBlock.");
    }
  }

  private static void port(At port) {
    if (port.get("endPort") == null || port.isOpen("port")) {
      return;
    }
    if (!(port.get("port") instanceof Number)) {
      port.wrong("endPort", " needs a numeric port", "Write the first port of the range.");
    } else if (port.number("endPort", 0) < port.number("port", 0)) {
      port.wrong("endPort", " is below port", "Write the last port of the range.");
    }
  }
}
