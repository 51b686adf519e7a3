package io.sailplan.readiness;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Knows where to look for what an object brought about. */
final class Needs {
  private static final GroupKind POD = new GroupKind("", "Pod");
  private static final GroupKind EVENT = new GroupKind("", "Event");
  private static final GroupKind CLAIM = new GroupKind("", "PersistentVolumeClaim");
  private static final GroupKind REPLICA_SET = new GroupKind("apps", "ReplicaSet");

  private Needs() {}

  static List<Look> of(LiveObject target) {
    List<Look> looks = new ArrayList<>();
    String namespace = target.key().namespace();
    Manifest manifest = target.manifest();
    switch (target.key().groupKind().toString()) {
      case "Deployment.apps" -> {
        looks.add(new Look.AtList(REPLICA_SET, namespace, selected(manifest)));
        looks.add(new Look.AtList(POD, namespace, selected(manifest)));
      }
      case "StatefulSet.apps" -> {
        looks.add(new Look.AtList(POD, namespace, selected(manifest)));
        if (!Trees.list(manifest.get("spec", "volumeClaimTemplates")).isEmpty()) {
          // The controller gives the claims the labels that its selector asks for.
          looks.add(new Look.AtList(CLAIM, namespace, selected(manifest)));
        }
      }
      case "DaemonSet.apps", "ReplicaSet.apps", "Job.batch", "ReplicationController" ->
          looks.add(new Look.AtList(POD, namespace, selected(manifest)));
      default -> {
        // brings about nothing that is known here
      }
    }
    String[] volumes =
        target.key().kind().equals("Pod")
            ? new String[] {"spec", "volumes"}
            : new String[] {"spec", "template", "spec", "volumes"};
    for (String claim : Family.claimNames(manifest.get(volumes))) {
      looks.add(new Look.AtObject(ObjectKey.of("v1", "PersistentVolumeClaim", namespace, claim)));
    }
    // Events about objects without namespace are kept in the namespace default.
    looks.add(new Look.AtList(EVENT, namespace.isEmpty() ? "default" : namespace, Map.of()));
    return List.copyOf(looks);
  }

  /** The labels of a selector; its expressions only narrow, so that without them more is seen. */
  private static Map<String, String> selected(Manifest manifest) {
    Object labels = manifest.get("spec", "selector", "matchLabels");
    if (labels == null && manifest.kind().equals("ReplicationController")) {
      labels = manifest.get("spec", "selector");
    }
    return Trees.strings(labels);
  }
}
