package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;

/** Claims and volumes. */
final class StorageRules {
  private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  private StorageRules() {}

  static Verdict claim(LiveObject object, ReadinessQuery query) {
    Manifest manifest = object.manifest();
    return switch (manifest.string("status", "phase")) {
      case "Bound" -> Verdict.ready("ClaimBound", "it is bound to a volume");
      case "Lost" -> Verdict.failed("ClaimLost", "the volume it was bound to is gone");
      default -> pending(manifest, query);
    };
  }

  private static Verdict pending(Manifest claim, ReadinessQuery query) {
    String name = storageClass(claim);
    String volume = claim.string("spec", "volumeName");
    if (!volume.isEmpty()) {
      return Verdict.progressing(
          "ClaimPending", "it is not bound to the volume \"" + volume + "\" yet");
    }
    if (name.isEmpty()) {
      return Verdict.progressing(
          "NoStorageClass", "it names no StorageClass, and waits for a volume made by hand");
    }
    Lookup found = query.related().apply(new ObjectKey("storage.k8s.io", "StorageClass", "", name));
    if (found instanceof Lookup.Found known) {
      String mode = known.object().manifest().string("volumeBindingMode");
      return mode.equals("WaitForFirstConsumer")
          ? Verdict.ready("WaitForFirstConsumer", "it will be bound once a pod uses it")
          : Verdict.progressing(
              "ClaimPending", "the StorageClass \"" + name + "\" made no volume yet");
    }
    if (found instanceof Lookup.Absent) {
      return Verdict.progressing(
          "NoStorageClass", "the StorageClass \"" + name + "\" does not exist");
    }
    // Waiting could last for ever; going on cannot, as the pods wait for the volume themselves.
    return Verdict.ready(
            "WaitForFirstConsumer",
            "it may be bound only once a pod uses it: the StorageClass \""
                + name
                + "\" was not seen")
        .assume();
  }

  static String storageClass(Manifest claim) {
    String annotated = claim.annotations().getOrDefault(CLASS_ANNOTATION, "");
    return annotated.isEmpty() ? claim.string("spec", "storageClassName") : annotated;
  }

  static Verdict volume(LiveObject object, ReadinessQuery query) {
    String phase = object.manifest().string("status", "phase");
    return switch (phase) {
      case "Available", "Bound" -> Verdict.ready("Volume" + phase, "it can be used");
      case "Failed" ->
          Verdict.failed(
              "VolumeFailed",
              "it could not be reclaimed: " + object.manifest().string("status", "message"));
      case "Released" ->
          Verdict.failed(
              "VolumeReleased", "its claim is gone, and no other can use it before it is cleared");
      default -> Verdict.progressing("VolumePending", "it is not available yet");
    };
  }
}
