package io.sailplan.testing;

import io.sailplan.model.Manifest;
import java.util.List;
import java.util.Map;

/** What every cluster has when it begins. */
final class Beginning {
  private final Writes writes;

  Beginning(Writes writes) {
    this.writes = writes;
  }

  void furnish(int nodes) {
    for (String name : List.of("default", "kube-node-lease", "kube-public", "kube-system")) {
      create("v1", "Namespace", Map.of("name", name));
    }
    priority("system-cluster-critical", 2_000_000_000);
    priority("system-node-critical", 2_000_001_000);
    for (int i = 1; i <= nodes; i++) {
      node("node-" + i);
    }
  }

  private void node(String name) {
    Map<String, ?> room =
        Tree.of("cpu", "64", "ephemeral-storage", "1Ti", "memory", "256Gi", "pods", "500");
    Manifest node =
        create(
            "v1",
            "Node",
            Tree.of(
                "name",
                name,
                "labels",
                Tree.of(
                    "kubernetes.io/hostname", name,
                    "kubernetes.io/os", "linux",
                    "kubernetes.io/arch", "amd64")));
    Object ready =
        Tree.of(
            "type", "Ready",
            "status", "True",
            "reason", "KubeletReady",
            "lastHeartbeatTime", node.get("metadata", "creationTimestamp"),
            "lastTransitionTime", node.get("metadata", "creationTimestamp"));
    writes.replace(
        node.with(
            Tree.of(
                "allocatable", room,
                "capacity", room,
                "conditions", List.of(ready)),
            "status"),
        "kubelet",
        "status");
  }

  private void priority(String name, long value) {
    writes.create(
        Manifest.of(
            Tree.of(
                "apiVersion",
                "scheduling.k8s.io/v1",
                "kind",
                "PriorityClass",
                "metadata",
                Tree.of("name", name),
                "value",
                value)),
        "kube-apiserver");
  }

  private Manifest create(String apiVersion, String kind, Map<String, ?> metadata) {
    Manifest object =
        Manifest.of(Tree.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata));
    return writes.create(object, "kube-apiserver").object().manifest();
  }
}
