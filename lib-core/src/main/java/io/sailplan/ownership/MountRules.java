package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What containers mount are volumes of their pod, each in a place of its own. */
final class MountRules {
  private MountRules() {}

  /**
   * Checks the mounts of a pod.
   *
   * @param pod its spec
   * @param claims the names of claims that are made for it
   */
  static void check(At pod, Set<String> claims) {
    Map<String, Boolean> volumes = new HashMap<>(); // whether it can be a block device
    for (At volume : pod.items("volumes")) {
      if (volume.isOpen("name")) {
        return;
      }
      boolean claim =
          volume.get("persistentVolumeClaim") != null || volume.get("ephemeral") != null;
      volumes.put(volume.text("name"), claim);
    }
    claims.forEach(claim -> volumes.put(claim, true));
    List<At> containers = new ArrayList<>(pod.items("initContainers"));
    containers.addAll(pod.items("containers"));
    for (At container : containers) {
      container.items("volumeMounts").forEach(mount -> known(mount, volumes.keySet()));
      for (At device : container.items("volumeDevices")) {
        known(device, volumes.keySet());
        if (Boolean.FALSE.equals(volumes.get(device.text("name")))) {
          device.wrong(
              "name",
              " is a volume that is no block device",
              "Name a volume with a persistentVolumeClaim, or write it below volumeMounts.");
        }
      }
      places(container);
      files(pod, container);
    }
  }

  private static void known(At mount, Set<String> volumes) {
    if (mount.has("name") && !mount.isOpen("name") && !volumes.contains(mount.text("name"))) {
      String near = Suggestion.didYouMean(mount.text("name"), volumes);
      mount.add(
          ProblemCode.DANGLING_REFERENCE,
          "name",
          " is \"" + mount.text("name") + "\", which is no volume of the pod",
          near.isEmpty() ? "Add the volume, or correct the name." : near);
    }
  }

  /** A volume is a file system or a device, and each place is taken once. */
  private static void places(At container) {
    Set<String> names = new HashSet<>();
    Set<String> paths = new HashSet<>();
    for (At mount : container.items("volumeMounts")) {
      names.add(mount.text("name"));
      paths.add(mount.text("mountPath"));
    }
    Set<String> devices = new HashSet<>();
    for (At device : container.items("volumeDevices")) {
      if (device.has("devicePath")
          && !device.isOpen("devicePath")
          && paths.contains(device.text("devicePath"))) {
        device.add(
            ProblemCode.DUPLICATE, "devicePath", " is taken already", "Choose another path.");
      }
      String name = device.text("name");
      if (!name.isEmpty() && (names.contains(name) || !devices.add(name))) {
        device.add(ProblemCode.DUPLICATE, "name", " is mounted already", "Keep one of the mounts.");
      }
    }
  }

  private static void files(At pod, At container) {
    for (At variable : container.items("env")) {
      At file = variable.child("valueFrom").child("fileKeyRef");
      if (!file.has("volumeName") || file.isOpen("volumeName")) {
        continue;
      }
      boolean there =
          pod.items("volumes").stream()
              .anyMatch(
                  volume ->
                      volume.text("name").equals(file.text("volumeName"))
                          && volume.get("emptyDir") != null);
      if (!there) {
        file.add(
            ProblemCode.DANGLING_REFERENCE,
            "volumeName",
            " is no emptyDir of the pod",
            "Add the volume, or correct the name.");
      }
    }
  }
}
