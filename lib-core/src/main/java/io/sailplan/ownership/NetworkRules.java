package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the fields of Services, Ingresses and NetworkPolicies demand of each other. */
final class NetworkRules {
  private NetworkRules() {}

  static void addTo(Map<String, CrossRule> rules) {
    rules.put("core.v1.ServiceSpec", NetworkRules::service);
    rules.put("networking.v1.IngressSpec", NetworkRules::ingress);
    rules.put("networking.v1.HTTPIngressRuleValue", NetworkRules::paths);
    rules.put("networking.v1.HTTPIngressPath", NetworkRules::path);
    rules.put("networking.v1.IngressBackend", NetworkRules::backend);
    rules.put("networking.v1.NetworkPolicyPeer", NetworkRules::peer);
    rules.put("networking.v1.NetworkPolicyPort", NetworkRules::port);
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
    Set<String> names = new HashSet<>();
    for (At port : ports) {
      if (ports.size() > 1 && !port.has("name")) {
        port.missing("name", "Give each port a name where there are several.");
      } else if (port.has("name") && !port.isOpen("name") && !names.add(port.text("name"))) {
        port.add(
            ProblemCode.DUPLICATE, "name", " is the name of another port", "Give it another name.");
      }
      if (type.equals("ClusterIP") && port.number("nodePort", 0) != 0) {
        port.wrong(
            "nodePort", " needs type NodePort or LoadBalancer", "Remove it, or set the type.");
      }
    }
    boolean outside = type.equals("NodePort") || type.equals("LoadBalancer");
    if (spec.has("externalTrafficPolicy") && !outside && spec.list("externalIPs").isEmpty()) {
      spec.wrong(
          "externalTrafficPolicy",
          " needs type NodePort or LoadBalancer",
          "Remove it, or set the type.");
    }
    for (String field : List.of("loadBalancerClass", "allocateLoadBalancerNodePorts")) {
      if (spec.get(field) != null && !type.equals("LoadBalancer")) {
        spec.wrong(field, " needs type LoadBalancer", "Remove it, or set the type.");
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
    boolean service = backend.get("service") != null;
    boolean resource = backend.get("resource") != null;
    if (service && resource) {
      backend.wrong("resource", " cannot stand beside service", "Keep one of them.");
    } else if (!service && !resource) {
      backend.add(ProblemCode.MISSING_FIELD, "", " has no service", "Add one.");
    }
    At port = backend.child("service").child("port");
    boolean name = port.has("name");
    boolean number = port.get("number") != null;
    if (service && !name && !number) {
      backend.child("service").missing("port", "Write the number or the name of a port.");
    } else if (name && number) {
      port.wrong("number", " cannot stand beside name", "Keep one of them.");
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
