package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of volumes, claims and the drivers of nodes cannot change. */
final class VolumeImmutability {
  /** The fields of a PersistentVolume that do not say where its data is. */
  private static final List<String> NO_SOURCE =
      List.of(
          "capacity",
          "accessModes",
          "claimRef",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "mountOptions",
          "volumeMode",
          "nodeAffinity",
          "volumeAttributesClassName");

  private VolumeImmutability() {}

  static void claim(Transition claim) {
    boolean bound = claim.live().string("status", "phase").equals("Bound");
    Map<String, @Nullable Object> before = ImmutableRule.without(claim.before().get("spec"));
    Map<String, @Nullable Object> after = ImmutableRule.without(claim.after().get("spec"));
    List<FieldPath> free = new ArrayList<>();
    if (Trees.string(before.get("volumeName")).isEmpty()) {
      free(before, after, free, "volumeName");
    }
    if (before.get("storageClassName") == null && mayName(claim, after.get("storageClassName"))) {
      free(before, after, free, "storageClassName");
    }
    if (bound) {
      free(before, after, free, "volumeAttributesClassName");
      withoutStorage(before);
      withoutStorage(after);
      free.add(FieldPath.of("spec", "resources", "requests", "storage"));
    }
    if (!Values.equal(before, after)) {
      FieldPath spec = FieldPath.of("spec");
      claim.forbidden(
          "spec",
          "spec is immutable after creation except resources.requests and"
              + " volumeAttributesClassName for bound claims",
          spec,
          path -> path.startsWith(spec) && free.stream().noneMatch(path::startsWith));
    }
    shrinking(claim);
    claim.fixedAs("volumeMode", "spec", "volumeMode");
    attributes(claim);
  }

  /** A claim without class may get one, unless an annotation of old says otherwise. */
  private static boolean mayName(Transition claim, @Nullable Object name) {
    String annotated =
        claim.live().annotations().getOrDefault("volume.beta.kubernetes.io/storage-class", "");
    return name != null && (annotated.isEmpty() || annotated.equals(name));
  }

  private static void free(
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      List<FieldPath> free,
      String field) {
    before.remove(field);
    after.remove(field);
    free.add(FieldPath.of("spec", field));
  }

  private static void withoutStorage(Map<String, @Nullable Object> spec) {
    Map<String, @Nullable Object> resources =
        new LinkedHashMap<>(Trees.object(spec.get("resources")));
    Map<String, @Nullable Object> requests =
        new LinkedHashMap<>(Trees.object(resources.get("requests")));
    requests.remove("storage");
    resources.put("requests", requests);
    spec.put("resources", resources);
  }

  /** After an expansion that failed, less may be asked for, but never less than what is there. */
  private static void shrinking(Transition claim) {
    String[] path = {"spec", "resources", "requests", "storage"};
    String before = text(claim.live().get(path));
    String after = text(claim.next().get(path));
    String there = text(claim.live().get("status", "capacity", "storage"));
    if (!after.isEmpty()
        && !before.isEmpty()
        && Quantities.compare(after, before) < 0
        && Quantities.compare(after, there.isEmpty() ? "0" : there) <= 0) {
      claim.forbidden(String.join(".", path), "field can not be less than status.capacity", path);
    }
  }

  private static String text(@Nullable Object quantity) {
    return quantity == null ? "" : quantity.toString();
  }

  private static void attributes(Transition claim) {
    String[] path = {"spec", "volumeAttributesClassName"};
    if (claim.differs(path)
        && claim.live().get("status", "currentVolumeAttributesClassName") != null
        && claim.next().string(path).isEmpty()) {
      claim.forbidden(
          "spec.volumeAttributesClassName",
          (claim.next().get(path) == null ? "update to nil" : "update to empty string")
              + " is forbidden when status.currentVolumeAttributesClassName is not nil",
          path);
    }
  }

  static void volume(Transition volume) {
    Map<String, @Nullable Object> before = source(volume.before().get("spec"));
    Map<String, @Nullable Object> after = source(volume.after().get("spec"));
    String[] secret = {"csi", "controllerExpandSecretRef"};
    boolean given = before.get("csi") != null && Trees.get(before, secret) == null;
    if (given && Trees.get(after, secret) != null) {
      after.put("csi", ImmutableRule.without(after.get("csi"), "controllerExpandSecretRef"));
    }
    if (!Values.equal(before, after)) {
      FieldPath spec = FieldPath.of("spec");
      volume.forbidden(
          "spec.persistentvolumesource",
          "spec.persistentvolumesource is immutable after creation",
          spec,
          path ->
              path.startsWith(spec)
                  && NO_SOURCE.stream()
                      .noneMatch(field -> path.startsWith(FieldPath.of("spec", field))));
    }
    volume.fixedAs("volumeMode", "spec", "volumeMode");
    if (volume.live().get("spec", "nodeAffinity") != null
        && !StableLabels.same(
            volume.live().get("spec", "nodeAffinity"), volume.next().get("spec", "nodeAffinity"))) {
      volume.invalid(
          "nodeAffinity",
          volume.next().get("spec", "nodeAffinity"),
          "field is immutable, except for updating from beta label to GA",
          "spec",
          "nodeAffinity");
    }
    if (volume.live().get("spec", "volumeAttributesClassName") != null
        && volume.next().get("spec", "volumeAttributesClassName") == null) {
      volume.forbidden(
          "spec.volumeAttributesClassName",
          "update from non-nil value to nil is forbidden",
          "spec",
          "volumeAttributesClassName");
    }
  }

  private static Map<String, @Nullable Object> source(@Nullable Object spec) {
    return ImmutableRule.without(spec, NO_SOURCE.toArray(String[]::new));
  }

  /** A driver of a node may come and go, but only the number of its volumes may change. */
  static void drivers(Transition node) {
    for (Object before : Trees.list(node.live().get("spec", "drivers"))) {
      for (Object after : Trees.list(node.next().get("spec", "drivers"))) {
        String name = Trees.string(Trees.get(before, "name"));
        if (name.equals(Trees.get(after, "name"))
            && !Values.equal(
                ImmutableRule.without(before, "allocatable"),
                ImmutableRule.without(after, "allocatable"))) {
          node.invalid(
              "spec.drivers",
              ImmutableRule.without(after, "allocatable"),
              "field is immutable",
              "spec",
              "drivers");
        }
      }
    }
  }
}
