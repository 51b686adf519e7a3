package io.sailplan.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of a type of which exactly one, or at most one, may be set. */
final class Unions {
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket");
  private static final List<String> VOLUMES =
      List.of(
          "awsElasticBlockStore",
          "azureDisk",
          "azureFile",
          "cephfs",
          "cinder",
          "csi",
          "fc",
          "flexVolume",
          "flocker",
          "gcePersistentDisk",
          "glusterfs",
          "hostPath",
          "iscsi",
          "local",
          "nfs",
          "photonPersistentDisk",
          "portworxVolume",
          "quobyte",
          "rbd",
          "scaleIO",
          "storageos",
          "vsphereVolume");

  private static final Map<String, Union> ALL =
      Map.ofEntries(
          one(
              "core.v1.EnvVarSource",
              "configMapKeyRef",
              "fieldRef",
              "fileKeyRef",
              "resourceFieldRef",
              "secretKeyRef"),
          one("core.v1.EnvFromSource", "configMapRef", "secretRef"),
          one(
              "core.v1.VolumeProjection",
              "clusterTrustBundle",
              "configMap",
              "downwardAPI",
              "podCertificate",
              "secret",
              "serviceAccountToken"),
          Map.entry("core.v1.Probe", new Union(with(HANDLERS, "grpc"), true)),
          Map.entry("core.v1.LifecycleHandler", new Union(with(HANDLERS, "sleep"), true)),
          Map.entry(
              "core.v1.Volume",
              new Union(
                  with(
                      VOLUMES,
                      "configMap",
                      "downwardAPI",
                      "emptyDir",
                      "ephemeral",
                      "gitRepo",
                      "image",
                      "persistentVolumeClaim",
                      "projected",
                      "secret"),
                  true)),
          Map.entry("core.v1.PersistentVolumeSpec", new Union(VOLUMES, true)),
          one("core.v1.DownwardAPIVolumeFile", "fieldRef", "resourceFieldRef"),
          Map.entry(
              "policy.v1.PodDisruptionBudgetSpec",
              new Union(List.of("minAvailable", "maxUnavailable"), false)),
          one("networking.v1.IngressBackend", "resource", "service"),
          one("networking.v1.ServiceBackendPort", "name", "number"),
          one("admissionregistration.v1.WebhookClientConfig", "service", "url"),
          one("apiextensions.v1.WebhookClientConfig", "service", "url"),
          one("admissionregistration.v1.ParamRef", "name", "selector"),
          one("batch.v1.PodFailurePolicyRule", "onExitCodes", "onPodConditions"),
          one("storage.v1.VolumeAttachmentSource", "inlineVolumeSpec", "persistentVolumeName"),
          one("resource.v1.DeviceConstraint", "distinctAttribute", "matchAttribute"),
          one("resource.v1.DeviceRequest", "exactly", "firstAvailable"),
          one(
              "resource.v1.DeviceAttribute",
              "bool",
              "bools",
              "int",
              "ints",
              "string",
              "strings",
              "version",
              "versions"));

  private Unions() {}

  /**
   * Fields that exclude each other.
   *
   * @param fields their names
   * @param needed whether one of them has to be set
   */
  private record Union(List<String> fields, boolean needed) {}

  /** What is wrong with an object of the type; empty if nothing is. */
  static String error(String type, Map<String, @Nullable Object> object) {
    Union union = ALL.get(type);
    if (union == null) {
      return "";
    }
    List<String> set =
        union.fields().stream().filter(field -> isSet(field, object.get(field))).toList();
    if (set.size() > 1) {
      return "may not have more than one of " + String.join(", ", set);
    }
    return set.isEmpty() && union.needed()
        ? "must have one of " + String.join(", ", union.fields())
        : "";
  }

  private static boolean isSet(String field, @Nullable Object value) {
    return value != null
        && !value.equals("")
        && !(field.equals("number") && value.equals(0L))
        && !(value instanceof List<?> list && list.isEmpty());
  }

  private static Map.Entry<String, Union> one(String type, String... fields) {
    return Map.entry(type, new Union(List.of(fields), true));
  }

  private static List<String> with(List<String> fields, String... more) {
    List<String> all = new ArrayList<>(fields);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
