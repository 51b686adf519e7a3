package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects in which some fields exclude each other. */
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

  private Unions() {}

  static void addTo(CrossRules.Table rules) {
    one(
        rules,
        "core.v1.EnvVarSource",
        "source",
        "configMapKeyRef",
        "fieldRef",
        "fileKeyRef",
        "resourceFieldRef",
        "secretKeyRef");
    one(rules, "core.v1.EnvFromSource", "source", "configMapRef", "secretRef");
    one(
        rules,
        "core.v1.VolumeProjection",
        "source",
        "clusterTrustBundle",
        "configMap",
        "downwardAPI",
        "podCertificate",
        "secret",
        "serviceAccountToken");
    one(rules, "core.v1.Probe", "handler", with(HANDLERS, "grpc"));
    one(rules, "core.v1.LifecycleHandler", "handler", with(HANDLERS, "sleep"));
    // a volume without any is an emptyDir
    most(
        rules,
        "core.v1.Volume",
        "source",
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
            "secret"));
    one(rules, "core.v1.PersistentVolumeSpec", "source", with(VOLUMES));
    one(rules, "core.v1.DownwardAPIVolumeFile", "source", "fieldRef", "resourceFieldRef");
    most(
        rules,
        "policy.v1.PodDisruptionBudgetSpec",
        "bound",
        new String[] {"minAvailable", "maxUnavailable"});
    one(rules, "networking.v1.IngressBackend", "service or resource", "resource", "service");
    one(rules, "networking.v1.ServiceBackendPort", "name or number", "name", "number");
    one(rules, "admissionregistration.v1.WebhookClientConfig", "service or url", "service", "url");
    one(rules, "apiextensions.v1.WebhookClientConfig", "service or url", "service", "url");
    one(rules, "admissionregistration.v1.ParamRef", "name or selector", "name", "selector");
    one(rules, "batch.v1.PodFailurePolicyRule", "demand", "onExitCodes", "onPodConditions");
    one(
        rules,
        "storage.v1.VolumeAttachmentSource",
        "source",
        "inlineVolumeSpec",
        "persistentVolumeName");
    one(rules, "resource.v1.DeviceConstraint", "demand", "distinctAttribute", "matchAttribute");
    one(rules, "resource.v1.DeviceRequest", "demand", "exactly", "firstAvailable");
    one(
        rules,
        "resource.v1.DeviceAttribute",
        "value",
        "bool",
        "bools",
        "int",
        "ints",
        "string",
        "strings",
        "version",
        "versions");
  }

  private static void one(CrossRules.Table rules, String type, String what, String... fields) {
    rules.add(type, object -> exactly(object, set(object, fields), what));
  }

  private static void most(CrossRules.Table rules, String type, String what, String[] fields) {
    rules.add(type, object -> atMost(object, set(object, fields), what));
  }

  private static List<String> set(At object, String... fields) {
    List<String> set = new ArrayList<>();
    for (String field : fields) {
      if (isSet(field, object.get(field))) {
        set.add(field);
      }
    }
    return set;
  }

  private static void exactly(At object, Collection<String> present, String what) {
    if (present.isEmpty()) {
      object.add(ProblemCode.MISSING_FIELD, "", " has no " + what, "Add one.");
    } else {
      atMost(object, present, what);
    }
  }

  private static void atMost(At object, Collection<String> present, String what) {
    if (present.size() > 1) {
      object.wrong(
          "",
          " has more than one "
              + what
              + ": "
              + String.join(", ", present.stream().sorted().toList()),
          "Keep one of them.");
    }
  }

  private static boolean isSet(String field, @Nullable Object value) {
    return value != null
        && !value.equals("")
        && !(field.equals("number") && value.equals(0L))
        && !(value instanceof List<?> list && list.isEmpty());
  }

  private static String[] with(List<String> fields, String... more) {
    List<String> all = new ArrayList<>(fields);
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
