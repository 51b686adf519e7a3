package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that a server of Kubernetes 1.36 takes and silently drops, unless a feature gate is on
 * that is off by default. Each was tried on a real server.
 */
final class GatedFields {
  private static final Map<String, String> GATES =
      Map.ofEntries(
          Map.entry(
              "apps.v1.RollingUpdateStatefulSetStrategy maxUnavailable",
              "MaxUnavailableStatefulSet"),
          Map.entry("coordination.v1.LeaseSpec preferredHolder", "CoordinatedLeaderElection"),
          Map.entry("coordination.v1.LeaseSpec strategy", "CoordinatedLeaderElection"),
          Map.entry("core.v1.Lifecycle stopSignal", "ContainerStopSignals"),
          Map.entry("core.v1.PodSpec schedulingGroup", "GenericWorkload"),
          Map.entry("core.v1.VolumeProjection clusterTrustBundle", "ClusterTrustBundleProjection"),
          Map.entry("core.v1.VolumeProjection podCertificate", "PodCertificateRequest"),
          Map.entry(
              "resource.v1.Device nodeAllocatableResourceMappings", "DRANodeAllocatableResources"),
          Map.entry(
              "storage.v1.CSIDriverSpec preventPodSchedulingIfMissing", "VolumeLimitScaling"));

  /** Fields with which the whole object that holds them is dropped. */
  private static final Map<String, String> SPOILERS =
      Map.of("core.v1.TypedObjectReference namespace", "CrossNamespaceVolumeDataSource");

  /** Fields without which the whole object is refused. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "resource.v1.DeviceAttribute ints", "DRAListTypeAttributes",
          "resource.v1.DeviceAttribute strings", "DRAListTypeAttributes",
          "resource.v1.DeviceAttribute versions", "DRAListTypeAttributes");

  private final Map<String, List<FieldPath>> found = new LinkedHashMap<>();

  private GatedFields() {}

  /** Returns where an object holds such fields, and which gates they need. */
  static List<Assumption> in(Map<String, @Nullable Object> object, Shape shape) {
    GatedFields fields = new GatedFields();
    fields.walk(object, shape, FieldPath.root());
    List<Assumption> assumptions = new ArrayList<>();
    fields.found.forEach(
        (gate, paths) ->
            assumptions.add(
                new Assumption(
                    FieldSet.of(paths),
                    "the server drops it unless the feature gate " + gate + " is on")));
    return assumptions;
  }

  private void walk(@Nullable Object value, Shape shape, FieldPath path) {
    if (value instanceof Map<?, ?>) {
      Values.map(value)
          .forEach(
              (field, child) -> {
                Shape below = shape.child(field);
                if (child != null && below != null) {
                  note(shape.name() + " " + field, path, path.child(field));
                  walk(child, below, path.child(field));
                }
              });
    } else if (value instanceof List<?>) {
      // What is replaced whole changes whole: its own path is the one that counts.
      for (Object item : Values.list(value)) {
        PathElement element = Values.atomicList(shape) ? null : Values.element(shape, item);
        walk(item, shape.items(), element == null ? path : path.child(element));
      }
    }
  }

  private void note(String field, FieldPath holder, FieldPath path) {
    note(GATES.get(field), path);
    note(SPOILERS.get(field), holder);
    note(NEEDED.get(field), FieldPath.root());
  }

  private void note(@Nullable String gate, FieldPath path) {
    if (gate != null) {
      found.computeIfAbsent(gate, unused -> new ArrayList<>()).add(path);
    }
  }
}
