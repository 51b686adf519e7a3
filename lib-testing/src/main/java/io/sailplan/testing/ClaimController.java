package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes volumes for claims, binds the two, and lets claims go that nobody uses any more. */
final class ClaimController extends Controller {
  static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
  static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";
  private static final String NODE = "volume.kubernetes.io/selected-node";
  private static final String PROVISIONER = "kubelet.test.sailplan.io/provisioner";

  ClaimController(ControllerClient client) {
    super(client, Kind.CLAIM);
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    ObjectKey key = change.key();
    if (key.groupKind().equals(Kind.STORAGE_CLASS)) {
      enqueueAll(Kind.CLAIM, "");
    } else if (key.groupKind().equals(Kind.POD)
        && (change.after() == null || !PodTemplates.isActive(change.after()))) {
      enqueueAll(Kind.CLAIM, key.namespace());
    } else if (key.groupKind().equals(Kind.VOLUME)) {
      enqueue(key);
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest object = client.get(key);
    if (object == null) {
      if (key.groupKind().equals(Kind.CLAIM)) {
        release(key);
      }
    } else if (key.groupKind().equals(Kind.VOLUME)) {
      if (object.string("status", "phase").equals("Pending")
          && object.get("spec", "claimRef") == null) {
        client.updateStatus(object, Tree.of("phase", "Available"));
        enqueueAll(Kind.CLAIM, "");
      }
      letGo(object, VOLUME_PROTECTION, object.string("status", "phase").equals("Bound"));
    } else if (Owners.isTerminating(object)) {
      letGo(object, CLAIM_PROTECTION, isUsed(object));
    } else if (!object.string("status", "phase").equals("Bound")) {
      bind(object);
    }
  }

  /** Whether a claim waits until a pod that uses it is assigned to a node. */
  static boolean waitsForConsumer(ControllerClient client, Manifest claim) {
    Manifest storage = storageClass(client, claim);
    return storage != null && storage.string("volumeBindingMode").equals("WaitForFirstConsumer");
  }

  /** Tells the claims of a pod for which node they are wanted. */
  static void selectNode(ControllerClient client, Manifest pod, String node) {
    for (Map<String, @Nullable Object> volume : Tree.objects(pod, "spec", "volumes")) {
      String name = Trees.string(Trees.get(volume, "persistentVolumeClaim", "claimName"));
      Manifest claim =
          name.isEmpty()
              ? null
              : client.get(new ObjectKey("", "PersistentVolumeClaim", pod.namespace(), name));
      if (claim != null
          && waitsForConsumer(client, claim)
          && !claim.annotations().containsKey(NODE)) {
        client.update(claim.with(node, "metadata", "annotations", NODE));
      }
    }
  }

  private void bind(Manifest claim) {
    Manifest made =
        client.list(Kind.VOLUME, "").stream()
            .filter(volume -> suits(volume, claim))
            .findFirst()
            .orElse(null);
    if (made != null) {
      client.update(made.with(reference(claim), "spec", "claimRef"));
      bindTo(claim, made.name());
      return;
    }
    boolean named = claim.get("spec", "storageClassName") != null;
    Manifest storage = storageClass(client, claim);
    if (named && storage == null) {
      sayThatClassIsMissing(claim);
      return;
    }
    String provisioner = storage == null ? PROVISIONER : storage.string("provisioner");
    if (provisioner.equals("kubernetes.io/no-provisioner")
        || (waitsForConsumer(client, claim) && !claim.annotations().containsKey(NODE))) {
      return;
    }
    String name = "pvc-" + Owners.uid(claim);
    ObjectKey volume = new ObjectKey("", "PersistentVolume", "", name);
    if (client.get(volume) == null) {
      client.createAs(volume(claim, storage, name, provisioner), "provisioner");
    }
    bindTo(claim, name);
  }

  /** Whether somebody made the volume by hand, and it is free and large enough for the claim. */
  private static boolean suits(Manifest volume, Manifest claim) {
    Object room = volume.get("spec", "capacity", "storage");
    Object wanted = claim.get("spec", "resources", "requests", "storage");
    return volume.string("status", "phase").equals("Available")
        && volume
            .string("spec", "storageClassName")
            .equals(claim.string("spec", "storageClassName"))
        && Trees.list(volume.get("spec", "accessModes"))
            .containsAll(Trees.list(claim.get("spec", "accessModes")))
        && room != null
        && wanted != null
        && Quantity.parse(room).compareTo(Quantity.parse(wanted)) >= 0;
  }

  private void bindTo(Manifest claim, String name) {
    Manifest bound = client.get(new ObjectKey("", "PersistentVolume", "", name));
    if (bound != null) {
      client.updateStatus(bound, Tree.of("phase", "Bound"));
    }
    Manifest updated =
        client.update(
            claim
                .with(name, "spec", "volumeName")
                .with("yes", "metadata", "annotations", "pv.kubernetes.io/bind-completed")
                .with("yes", "metadata", "annotations", "pv.kubernetes.io/bound-by-controller"));
    client.updateStatus(
        updated,
        Tree.of(
            "phase", "Bound",
            "accessModes", claim.get("spec", "accessModes"),
            "capacity", Tree.of("storage", claim.get("spec", "resources", "requests", "storage"))));
  }

  /** A claim of the class "" asks for a volume that somebody makes by hand. */
  private void sayThatClassIsMissing(Manifest claim) {
    String name = claim.string("spec", "storageClassName");
    if (!name.isEmpty()) {
      client.event(
          claim,
          "Warning",
          "ProvisioningFailed",
          "storageclass.storage.k8s.io \"" + name + "\" not found",
          "persistentvolume-controller");
    }
  }

  private static Manifest volume(
      Manifest claim, @Nullable Manifest storage, String name, String provisioner) {
    String reclaim = storage == null ? "" : storage.string("reclaimPolicy");
    return Manifest.of(
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "PersistentVolume",
            "metadata",
            Tree.of(
                "name",
                name,
                "annotations",
                Tree.of("pv.kubernetes.io/provisioned-by", provisioner)),
            "spec",
            Tree.of(
                "capacity",
                    Tree.of("storage", claim.get("spec", "resources", "requests", "storage")),
                "accessModes", claim.get("spec", "accessModes"),
                "storageClassName", storage == null ? null : storage.name(),
                "volumeMode", claim.get("spec", "volumeMode"),
                "persistentVolumeReclaimPolicy", reclaim.isEmpty() ? "Delete" : reclaim,
                "hostPath", Tree.of("path", "/nonexistent/" + name, "type", ""),
                "claimRef", reference(claim))));
  }

  private static Map<String, @Nullable Object> reference(Manifest claim) {
    return Tree.of(
        "apiVersion", "v1",
        "kind", "PersistentVolumeClaim",
        "namespace", claim.namespace(),
        "name", claim.name(),
        "uid", Owners.uid(claim),
        "resourceVersion", claim.string("metadata", "resourceVersion"));
  }

  /** The claim is gone: its volume is deleted, or kept as its reclaim policy says. */
  private void release(ObjectKey claim) {
    for (Manifest volume : client.list(Kind.VOLUME, "")) {
      if (volume.string("spec", "claimRef", "name").equals(claim.name())
          && volume.string("spec", "claimRef", "namespace").equals(claim.namespace())
          && volume.string("status", "phase").equals("Bound")) {
        client.updateStatus(volume, Tree.of("phase", "Released"));
        if (volume.string("spec", "persistentVolumeReclaimPolicy").equals("Delete")
            && volume.annotations().containsKey("pv.kubernetes.io/provisioned-by")) {
          client.delete(volume);
        }
      }
    }
  }

  private void letGo(Manifest object, String finalizer, boolean used) {
    List<String> finalizers = LiveObject.of(object).finalizers();
    if (Owners.isTerminating(object) && !used && finalizers.contains(finalizer)) {
      List<String> rest = finalizers.stream().filter(name -> !name.equals(finalizer)).toList();
      client.update(Tree.set(object, rest.isEmpty() ? null : rest, "metadata", "finalizers"));
    }
  }

  private boolean isUsed(Manifest claim) {
    return client.list(Kind.POD, claim.namespace()).stream()
        .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.string("status", "phase")))
        .flatMap(pod -> Tree.objects(pod, "spec", "volumes").stream())
        .anyMatch(
            volume -> claim.name().equals(Trees.get(volume, "persistentVolumeClaim", "claimName")));
  }

  private static @Nullable Manifest storageClass(ControllerClient client, Manifest claim) {
    String name = claim.string("spec", "storageClassName");
    return name.isEmpty()
        ? null
        : client.get(new ObjectKey("storage.k8s.io", "StorageClass", "", name));
  }
}
