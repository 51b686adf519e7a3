package io.sailplan.graph;

import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of a workload name. Hard, as the API server refuses the pod (ServiceAccount,
 * PriorityClass, RuntimeClass), or the kubelet does not start it (ConfigMap, Secret, claim); soft
 * where the field is marked {@code optional}.
 *
 * <p>The fields are those of {@code PodSpec} in the API reference of Kubernetes 1.36.
 */
final class PodReferences {
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  /** Volume sources that name their Secret otherwise than by {@code secretRef}. */
  private static final Set<String> HANDLED =
      Set.of("configMap", "secret", "persistentVolumeClaim", "projected", "ephemeral");

  private final Node node;
  private final Links links;

  private PodReferences(Node node, Links links) {
    this.node = node;
    this.links = links;
  }

  static void infer(Node node, Links links) {
    PodTemplate pods = node.pods();
    if (pods != null) {
      new PodReferences(node, links).infer(pods);
    }
  }

  private void infer(PodTemplate pods) {
    Map<String, @Nullable Object> spec = pods.spec();
    String path = pods.path();
    boolean deprecated = !Trees.string(spec.get("serviceAccount")).isEmpty();
    String account = deprecated ? "serviceAccount" : "serviceAccountName";
    if (!Trees.string(spec.get("serviceAccountName")).isEmpty()) {
      account = "serviceAccountName";
    }
    refer("", "ServiceAccount", spec.get(account), false, path + "." + account);
    referGlobal(
        "scheduling.k8s.io",
        "PriorityClass",
        spec.get("priorityClassName"),
        path,
        "priorityClassName");
    referGlobal(
        "node.k8s.io", "RuntimeClass", spec.get("runtimeClassName"), path, "runtimeClassName");
    each(spec, "imagePullSecrets", path, this::pullSecret);
    each(spec, "volumes", path, this::volume);
    each(spec, "resourceClaims", path, this::resourceClaim);
    for (String list : CONTAINERS) {
      each(spec, list, path, this::container);
    }
  }

  private void pullSecret(Object secret, String at) {
    refer("", "Secret", Trees.get(secret, "name"), false, at);
  }

  private void resourceClaim(Object claim, String at) {
    String group = "resource.k8s.io";
    refer(group, "ResourceClaim", Trees.get(claim, "resourceClaimName"), false, at);
    refer(group, "ResourceClaimTemplate", Trees.get(claim, "resourceClaimTemplateName"), false, at);
  }

  private void container(Object container, String at) {
    each(container, "envFrom", at, this::environment);
    each(container, "env", at, this::variable);
  }

  private void environment(Object source, String at) {
    named(source, "configMapRef", "ConfigMap", "name", at);
    named(source, "secretRef", "Secret", "name", at);
  }

  private void variable(Object variable, String at) {
    Object source = Trees.get(variable, "valueFrom");
    named(source, "configMapKeyRef", "ConfigMap", "name", at + ".valueFrom");
    named(source, "secretKeyRef", "Secret", "name", at + ".valueFrom");
  }

  private void volume(Object volume, String at) {
    named(volume, "configMap", "ConfigMap", "name", at);
    named(volume, "secret", "Secret", "secretName", at);
    named(volume, "persistentVolumeClaim", "PersistentVolumeClaim", "claimName", at);
    each(Trees.get(volume, "projected"), "sources", at + ".projected", this::projection);
    Object claim = Trees.get(volume, "ephemeral", "volumeClaimTemplate");
    StorageReferences.claim(node, claim, at + ".ephemeral.volumeClaimTemplate.", links);
    Trees.object(volume).forEach((source, value) -> otherSource(source, value, at));
  }

  private void projection(Object source, String at) {
    named(source, "configMap", "ConfigMap", "name", at);
    named(source, "secret", "Secret", "name", at);
  }

  /** The drivers built into the kubelet and CSI, which read a Secret to mount. */
  private void otherSource(String source, @Nullable Object value, String at) {
    if (!HANDLED.contains(source)) {
      String path = at + "." + source;
      named(value, "secretRef", "Secret", "name", path);
      named(value, "nodePublishSecretRef", "Secret", "name", path);
      refer("", "Secret", Trees.get(value, "secretName"), false, path + ".secretName");
    }
  }

  private void named(@Nullable Object parent, String field, String kind, String name, String at) {
    Object reference = Trees.get(parent, field);
    boolean optional = Boolean.TRUE.equals(Trees.get(reference, "optional"));
    refer("", kind, Trees.get(reference, name), optional, at + "." + field);
  }

  private void refer(
      String group, String kind, @Nullable Object name, boolean optional, String path) {
    if (name instanceof String text) {
      ObjectKey key = new ObjectKey(group, kind, node.namespace(), text);
      links.refer(node, key, optional ? Strength.SOFT : Strength.HARD, optional, path);
    }
  }

  private void referGlobal(
      String group, String kind, @Nullable Object name, String path, String field) {
    if (name instanceof String text) {
      ObjectKey key = new ObjectKey(group, kind, "", text);
      links.refer(node, key, Strength.HARD, false, path + "." + field);
    }
  }

  private static void each(@Nullable Object parent, String field, String path, Visitor visitor) {
    Visitor.each(parent, field, path, visitor);
  }
}
