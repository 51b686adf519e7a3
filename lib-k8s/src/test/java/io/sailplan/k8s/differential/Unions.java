package io.sailplan.k8s.differential;

import java.util.List;
import java.util.Map;

/** Fields of which only one may be set. */
final class Unions {
  private static final Map<String, List<List<String>>> ALL =
      Map.ofEntries(
          one("core.v1.EnvVar", "value", "valueFrom"),
          one(
              "core.v1.EnvVarSource",
              "fieldRef",
              "resourceFieldRef",
              "secretKeyRef",
              "configMapKeyRef"),
          one("core.v1.EnvFromSource", "configMapRef", "secretRef"),
          one("core.v1.Probe", "exec", "httpGet", "tcpSocket", "grpc"),
          one("core.v1.LifecycleHandler", "exec", "httpGet", "tcpSocket", "sleep"),
          one(
              "core.v1.VolumeProjection",
              "secret",
              "configMap",
              "downwardAPI",
              "serviceAccountToken"),
          one(
              "core.v1.Volume",
              "emptyDir",
              "configMap",
              "secret",
              "hostPath",
              "persistentVolumeClaim",
              "downwardAPI",
              "projected",
              "csi",
              "nfs",
              "image",
              "ephemeral"),
          one("core.v1.DownwardAPIVolumeFile", "fieldRef", "resourceFieldRef"),
          one("core.v1.PersistentVolumeSpec", "hostPath", "csi"),
          one("policy.v1.PodDisruptionBudgetSpec", "minAvailable", "maxUnavailable"),
          one("networking.v1.IngressBackend", "service", "resource"),
          one("networking.v1.ServiceBackendPort", "name", "number"),
          one("admissionregistration.v1.WebhookClientConfig", "url", "service"),
          one("admissionregistration.v1.ParamRef", "name", "selector"),
          one("resource.v1.DeviceRequest", "exactly", "firstAvailable"),
          one("resource.v1.DeviceAttribute", "int", "bool", "string", "version"),
          one("core.v1.EphemeralVolumeSource", "volumeClaimTemplate"));

  private Unions() {}

  /** Returns the fields that must go when {@code field} comes. */
  static List<String> make(String type, String field) {
    for (List<String> union : ALL.getOrDefault(type, List.of())) {
      if (union.contains(field)) {
        return union.stream().filter(other -> !other.equals(field)).toList();
      }
    }
    return List.of();
  }

  private static Map.Entry<String, List<List<String>>> one(String type, String... fields) {
    return Map.entry(type, List.of(List.of(fields)));
  }
}
