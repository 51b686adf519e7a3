package io.sailplan.graph;

import io.sailplan.model.GroupKind;
import io.sailplan.model.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must stand before anything of a kind, or in a namespace, can be made. */
final class NamespaceRules {
  private static final Provenance IN_NAMESPACE = Provenance.rule("metadata.namespace");
  private static final Provenance DEFINED = Provenance.rule("custom resource definition");

  private final Nodes nodes;
  private final Links links;
  private final Map<GroupKind, Node> definitions = new HashMap<>();

  NamespaceRules(Nodes nodes, Links links) {
    this.nodes = nodes;
    this.links = links;
    for (Node node : nodes.ofKind("apiextensions.k8s.io", "CustomResourceDefinition")) {
      definitions.putIfAbsent(
          new GroupKind(
              node.manifest().string("spec", "group"),
              node.manifest().string("spec", "names", "kind")),
          node);
    }
  }

  void infer(Node node) {
    Node namespace = nodes.find(new ObjectKey("", "Namespace", "", node.namespace()));
    if (namespace != null) {
      links.hard(node, namespace, IN_NAMESPACE);
    }
    Node definition = definitions.get(node.groupKind());
    if (definition != null) {
      links.hard(node, definition, DEFINED);
    }
    if (node.pods() != null) {
      limits(node);
    }
  }

  /** Limits are applied to a pod when it is made; a quota counts from when it stands. */
  private void limits(Node workload) {
    for (String kind : List.of("LimitRange", "ResourceQuota")) {
      for (Node limit : nodes.ofKind("", kind)) {
        if (limit.namespace().equals(workload.namespace())) {
          Provenance provenance = Provenance.rule(kind + " of its namespace");
          links.soft(workload, limit, Links.Rank.ORDER, provenance);
        }
      }
    }
  }
}
