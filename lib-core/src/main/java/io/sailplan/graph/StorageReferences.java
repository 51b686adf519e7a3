package io.sailplan.graph;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Claims, volumes and classes. A claim that names a class is not bound before the class exists; but
 * a class that nobody has is a common way to pair claims and volumes by hand, so its absence alone
 * says nothing.
 */
final class StorageReferences {
  private static final String STORAGE = "storage.k8s.io";
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
  private static final String SNAPSHOTS = "snapshot.storage.k8s.io";

  private StorageReferences() {}

  static void infer(Node node, Links links) {
    Manifest manifest = node.manifest();
    switch (node.groupKind().toString()) {
      case "PersistentVolumeClaim" -> claim(node, manifest.tree(), "", links);
      case "StatefulSet.apps" ->
          Visitor.each(
              manifest.get("spec"),
              "volumeClaimTemplates",
              "spec",
              (template, at) -> claim(node, template, at + ".", links));
      case "PersistentVolume" -> volume(node, links);
      case "VolumeSnapshot." + SNAPSHOTS -> snapshot(node, links);
      default -> {
        // holds no storage
      }
    }
  }

  /**
   * Infers what a claim names, or a template of one.
   *
   * @param prefix the path of the claim, with a final dot unless empty
   */
  static void claim(Node node, @Nullable Object claim, String prefix, Links links) {
    Object spec = Trees.get(claim, "spec");
    storageClass(node, claim, prefix, links);
    String volume = Trees.string(Trees.get(spec, "volumeName"));
    links.refer(
        node,
        new ObjectKey("", "PersistentVolume", "", volume),
        Strength.HARD,
        false,
        prefix + "spec.volumeName");
    String field = Trees.get(spec, "dataSourceRef") == null ? "dataSource" : "dataSourceRef";
    Map<String, @Nullable Object> source = Trees.object(Trees.get(spec, field));
    String namespace = Trees.string(source.get("namespace"));
    links.refer(
        node,
        new ObjectKey(
            Trees.string(source.get("apiGroup")),
            Trees.string(source.get("kind")),
            namespace.isEmpty() ? node.namespace() : namespace,
            Trees.string(source.get("name"))),
        Strength.HARD,
        false,
        prefix + "spec." + field);
  }

  /** The annotation is old, but still goes before the field. */
  private static void storageClass(Node node, @Nullable Object claim, String prefix, Links links) {
    String name = Trees.string(Trees.get(claim, "metadata", "annotations", CLASS_ANNOTATION));
    String path = prefix + "metadata.annotations[\"" + CLASS_ANNOTATION + "\"]";
    if (name.isEmpty()) {
      name = Trees.string(Trees.get(claim, "spec", "storageClassName"));
      path = prefix + "spec.storageClassName";
    }
    links.refer(node, new ObjectKey(STORAGE, "StorageClass", "", name), Strength.HARD, true, path);
  }

  private static void volume(Node node, Links links) {
    Manifest manifest = node.manifest();
    storageClass(node, manifest.tree(), "", links);
    Map<String, @Nullable Object> secret =
        Trees.object(manifest.get("spec", "csi", "nodePublishSecretRef"));
    ObjectKey key =
        new ObjectKey(
            "", "Secret", Trees.string(secret.get("namespace")), Trees.string(secret.get("name")));
    links.refer(node, key, Strength.SOFT, false, "spec.csi.nodePublishSecretRef");
  }

  /** A volume kept for a claim comes before it, lest the claim binds to another one. */
  static void reserved(Node volume, Nodes nodes, Links links) {
    Map<String, @Nullable Object> claim = Trees.object(volume.manifest().get("spec", "claimRef"));
    Node node =
        nodes.find(
            new ObjectKey(
                "",
                "PersistentVolumeClaim",
                Trees.string(claim.get("namespace")),
                Trees.string(claim.get("name"))));
    if (node != null) {
      Provenance provenance = Provenance.reference(volume.id() + ": spec.claimRef");
      links.soft(node, volume, Links.Rank.REFERENCE, provenance);
    }
  }

  private static void snapshot(Node node, Links links) {
    Manifest manifest = node.manifest();
    links.refer(
        node,
        new ObjectKey(
            "",
            "PersistentVolumeClaim",
            node.namespace(),
            manifest.string("spec", "source", "persistentVolumeClaimName")),
        Strength.HARD,
        false,
        "spec.source.persistentVolumeClaimName");
    links.refer(
        node,
        new ObjectKey(
            SNAPSHOTS,
            "VolumeSnapshotClass",
            "",
            manifest.string("spec", "volumeSnapshotClassName")),
        Strength.HARD,
        false,
        "spec.volumeSnapshotClassName");
  }
}
