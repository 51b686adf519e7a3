package io.sailplan.graph;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How requests find pods, and what scales them. All soft: the API server accepts an Ingress, a
 * route or an autoscaler whose target is missing, and its controller tries again.
 */
final class TrafficReferences {
  private static final String NETWORKING = "networking.k8s.io";
  private static final String GATEWAY = "gateway.networking.k8s.io";

  private final Nodes nodes;
  private final Links links;

  TrafficReferences(Nodes nodes, Links links) {
    this.nodes = nodes;
    this.links = links;
  }

  void infer(Node node) {
    switch (node.key().group()) {
      case "" -> core(node);
      case NETWORKING -> networking(node);
      case GATEWAY -> gateway(node);
      case "apps" -> governingService(node);
      case "autoscaling", "autoscaling.k8s.io", "keda.sh" -> {
        scaled(node, "scaleTargetRef");
        scaled(node, "targetRef");
      }
      default -> {
        // sends no requests
      }
    }
  }

  /** Pods find, by variables and names, the Services that exist when they start. */
  private void core(Node node) {
    if (node.is("", "Service")) {
      Provenance provenance = Provenance.reference(node.id() + ": spec.selector");
      for (Node workload : nodes.behind(node)) {
        links.soft(workload, node, Links.Rank.ORDER, provenance);
      }
    }
  }

  private void networking(Node node) {
    if (node.is(NETWORKING, "NetworkPolicy")) {
      // No pod should run unprotected, not even for a moment.
      Provenance provenance = Provenance.reference(node.id() + ": spec.podSelector");
      Object selector = node.manifest().get("spec", "podSelector");
      for (Node workload : nodes.workloads(node.namespace(), selector)) {
        links.soft(workload, node, Links.Rank.ORDER, provenance);
      }
    } else if (node.is(NETWORKING, "Ingress")) {
      ingress(node);
    }
  }

  private void ingress(Node node) {
    Object spec = node.manifest().get("spec");
    String field = "spec.ingressClassName";
    String name = Trees.string(Trees.get(spec, "ingressClassName"));
    links.refer(
        node, new ObjectKey(NETWORKING, "IngressClass", "", name), Strength.SOFT, false, field);
    backend(node, Trees.get(spec, "defaultBackend"), "spec.defaultBackend");
    Visitor.each(
        spec,
        "rules",
        "spec",
        (rule, at) ->
            Visitor.each(
                Trees.get(rule, "http"),
                "paths",
                at + ".http",
                (path, in) -> backend(node, Trees.get(path, "backend"), in + ".backend")));
    // Often made only after the Ingress, by a controller that reads it.
    Visitor.each(
        spec,
        "tls",
        "spec",
        (tls, at) ->
            refer(node, "", "Secret", Trees.get(tls, "secretName"), true, at + ".secretName"));
  }

  private void backend(Node node, @Nullable Object backend, String at) {
    refer(node, "", "Service", Trees.get(backend, "service", "name"), false, at + ".service");
    Map<String, @Nullable Object> other = Trees.object(Trees.get(backend, "resource"));
    refer(
        node,
        Trees.string(other.get("apiGroup")),
        Trees.string(other.get("kind")),
        other.get("name"),
        false,
        at + ".resource");
  }

  private void gateway(Node node) {
    Object spec = node.manifest().get("spec");
    if (node.key().kind().equals("Gateway")) {
      String name = Trees.string(Trees.get(spec, "gatewayClassName"));
      links.refer(
          node,
          new ObjectKey(GATEWAY, "GatewayClass", "", name),
          Strength.SOFT,
          false,
          "spec.gatewayClassName");
      Visitor.each(
          spec,
          "listeners",
          "spec",
          (listener, at) ->
              Visitor.each(
                  Trees.get(listener, "tls"),
                  "certificateRefs",
                  at + ".tls",
                  (reference, in) -> typed(node, reference, "", "Secret", in)));
      return;
    }
    Visitor.each(
        spec, "parentRefs", "spec", (parent, at) -> typed(node, parent, GATEWAY, "Gateway", at));
    Visitor.each(
        spec,
        "rules",
        "spec",
        (rule, at) ->
            Visitor.each(
                rule, "backendRefs", at, (target, in) -> typed(node, target, "", "Service", in)));
  }

  /** A reference whose group, kind and namespace may be left out. */
  private void typed(Node node, Object reference, String group, String kind, String at) {
    String namespace = Trees.string(Trees.get(reference, "namespace"));
    links.refer(
        node,
        new ObjectKey(
            Trees.get(reference, "group") instanceof String named ? named : group,
            Trees.get(reference, "kind") instanceof String named ? named : kind,
            namespace.isEmpty() ? node.namespace() : namespace,
            Trees.string(Trees.get(reference, "name"))),
        Strength.SOFT,
        false,
        at);
  }

  /** The names of its pods come from this Service, which the API asks to exist before. */
  private void governingService(Node node) {
    if (node.is("apps", "StatefulSet")) {
      Object name = node.manifest().get("spec", "serviceName");
      refer(node, "", "Service", name, true, "spec.serviceName");
    }
  }

  private void scaled(Node node, String field) {
    Manifest manifest = node.manifest();
    Map<String, @Nullable Object> target = Trees.object(manifest.get("spec", field));
    String kind = Trees.string(target.get("kind"));
    String version = Trees.string(target.get("apiVersion"));
    // Only KEDA lets both be left out, and then means a Deployment.
    String group = version.isEmpty() ? "apps" : GroupVersionKind.of(version, kind).group();
    refer(
        node,
        group,
        kind.isEmpty() ? "Deployment" : kind,
        target.get("name"),
        false,
        "spec." + field);
  }

  private void refer(
      Node node, String group, String kind, @Nullable Object name, boolean optional, String path) {
    if (name instanceof String text) {
      ObjectKey key = new ObjectKey(group, kind, node.namespace(), text);
      links.refer(node, key, Strength.SOFT, optional, path);
    }
  }
}
