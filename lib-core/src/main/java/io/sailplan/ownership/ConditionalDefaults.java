package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that the API server fills in depending on other fields; constant ones are in the shapes.
 * Source: the defaulting functions of Kubernetes 1.36 (pkg/apis/&#42;/v1/defaults.go), confirmed by
 * trial on a server.
 */
final class ConditionalDefaults {
  private ConditionalDefaults() {}

  /** Fills {@code object}, which has the type {@code name} and whose parts are filled already. */
  static void fill(String name, Map<String, @Nullable Object> object) {
    switch (name) {
      case "core.v1.Container":
      case "core.v1.EphemeralContainer":
        PodDefaults.pullPolicy(object, "image", "imagePullPolicy");
        break;
      case "core.v1.ImageVolumeSource":
        PodDefaults.pullPolicy(object, "reference", "pullPolicy");
        break;
      case "core.v1.Volume":
        PodDefaults.volume(object);
        break;
      case "core.v1.PodSpec":
        PodDefaults.spec(object);
        break;
      case "core.v1.Pod":
        PodDefaults.pod(object);
        break;
      case "core.v1.ServiceSpec":
        ServiceDefaults.spec(object);
        break;
      case "core.v1.Secret":
        secret(object);
        break;
      case "core.v1.Namespace":
        namespace(object);
        break;
      case "core.v1.LimitRangeItem":
        limits(object);
        break;
      case "core.v1.PersistentVolumeClaim":
        fillIn(object, "status", "phase", "Pending");
        break;
      case "core.v1.ReplicationController":
        replicationController(object);
        break;
      case "rbac.v1.Subject":
        if (List.of("User", "Group").contains(Trees.string(object.get("kind")))) {
          fillIn(object, "apiGroup", "rbac.authorization.k8s.io");
        }
        break;
      case "networking.v1.NetworkPolicySpec":
        policyTypes(object);
        break;
      case "apiextensions.v1.CustomResourceDefinitionNames":
        names(object);
        break;
      case "resource.v1.ExactDeviceRequest":
      case "resource.v1.DeviceSubRequest":
        fillIn(object, "allocationMode", "ExactCount");
        if ("ExactCount".equals(object.get("allocationMode"))) {
          fillIn(object, "count", 1L);
        }
        break;
      default:
        WorkloadDefaults.fill(name, object);
    }
  }

  /** Sets a field that is missing. */
  static void fillIn(Map<String, @Nullable Object> object, String field, @Nullable Object value) {
    if (object.get(field) == null) {
      object.put(field, value);
    }
  }

  private static void fillIn(
      Map<String, @Nullable Object> object, String outer, String inner, Object value) {
    Map<String, @Nullable Object> child = new LinkedHashMap<>(Trees.object(object.get(outer)));
    fillIn(child, inner, value);
    object.put(outer, child);
  }

  /** What is written as text is kept as bytes; the text itself is not kept. */
  private static void secret(Map<String, @Nullable Object> secret) {
    Map<String, @Nullable Object> texts = Trees.object(secret.remove("stringData"));
    if (!texts.isEmpty()) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>(Trees.object(secret.get("data")));
      texts.forEach((key, text) -> data.put(key, Scalars.encoded(Trees.string(text))));
      secret.put("data", data);
    }
  }

  private static void namespace(Map<String, @Nullable Object> namespace) {
    Map<String, @Nullable Object> metadata =
        new LinkedHashMap<>(Trees.object(namespace.get("metadata")));
    Map<String, @Nullable Object> labels =
        new LinkedHashMap<>(Trees.object(metadata.get("labels")));
    Object name = metadata.get("name");
    if (name != null) {
      labels.put("kubernetes.io/metadata.name", name);
      metadata.put("labels", labels);
      namespace.put("metadata", metadata);
    }
  }

  private static void limits(Map<String, @Nullable Object> item) {
    if (!"Container".equals(item.get("type"))) {
      return;
    }
    Map<String, @Nullable Object> limits = new LinkedHashMap<>(Trees.object(item.get("default")));
    Trees.object(item.get("max")).forEach(limits::putIfAbsent);
    Map<String, @Nullable Object> requests =
        new LinkedHashMap<>(Trees.object(item.get("defaultRequest")));
    limits.forEach(requests::putIfAbsent);
    Trees.object(item.get("min")).forEach(requests::putIfAbsent);
    if (!limits.isEmpty()) {
      item.put("default", limits);
    }
    if (!requests.isEmpty()) {
      item.put("defaultRequest", requests);
    }
  }

  private static void replicationController(Map<String, @Nullable Object> controller) {
    Object labels = Trees.get(controller, "spec", "template", "metadata", "labels");
    if (labels == null) {
      return;
    }
    fillIn(controller, "spec", "selector", labels);
    fillIn(controller, "metadata", "labels", labels);
  }

  private static void policyTypes(Map<String, @Nullable Object> policy) {
    if (policy.get("policyTypes") == null) {
      List<@Nullable Object> types = new ArrayList<>(List.of("Ingress"));
      if (!Trees.list(policy.get("egress")).isEmpty()) {
        types.add("Egress");
      }
      policy.put("policyTypes", types);
    }
  }

  private static void names(Map<String, @Nullable Object> names) {
    String kind = Trees.string(names.get("kind"));
    if (!kind.isEmpty()) {
      fillIn(names, "singular", kind.toLowerCase(Locale.ROOT));
      fillIn(names, "listKind", kind + "List");
    }
  }
}
