package io.sailplan.graph;

/** Runs all rules over all nodes. */
final class Inference {
  private Inference() {}

  static void infer(Nodes nodes, Links links) {
    nodes.all().forEach(node -> SecretMakers.announce(node, links));
    NamespaceRules namespaces = new NamespaceRules(nodes, links);
    TrafficReferences traffic = new TrafficReferences(nodes, links);
    AdmissionReferences admission = new AdmissionReferences(nodes, links);
    for (Node node : nodes.all()) {
      namespaces.infer(node);
      PodReferences.infer(node, links);
      StorageReferences.infer(node, links);
      traffic.infer(node);
      admission.infer(node);
      SecretMakers.infer(node, links);
    }
    AccessReferences.infer(nodes, links);
    nodes
        .ofKind("", "PersistentVolume")
        .forEach(volume -> StorageReferences.reserved(volume, nodes, links));
  }
}
