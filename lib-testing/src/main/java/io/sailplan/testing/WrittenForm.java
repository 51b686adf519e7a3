package io.sailplan.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * A value as somebody may write it, and what the server makes of it.
 *
 * @param name what is written
 * @param text a manifest that writes it; {@code $ns} and {@code $name} stand for where it goes
 * @param path where the value stands
 * @param stored the value that is stored, as JSON; empty if none is
 * @param recorded whether who applies it owns it
 * @param afterApply whether the same manifest conflicts when another manager has applied it
 * @param afterCreate whether it conflicts when another has created the object from it by POST
 */
record WrittenForm(
    String name,
    String text,
    String path,
    String stored,
    boolean recorded,
    boolean afterApply,
    boolean afterCreate) {
  private static final String C = ".template.spec.containers[name=\"c\"]";
  private static final String S = ".template.spec";

  /** All of them: the rows of what storing rewrites, drops, or keeps. */
  static List<WrittenForm> all() {
    return Stream.of(
            rewritten(), dropped(), emptied(), unrecorded(), filledWhole(), kept(), identical())
        .flatMap(List::stream)
        .toList();
  }

  /** What is stored in another spelling. */
  private static List<WrittenForm> rewritten() {
    return List.of(
        resource("cpu: 1000m", "\"1\"").trap(),
        resource("cpu: 1", "\"1\"").trap(),
        resource("cpu: \"0.5\"", "\"500m\"").trap(),
        resource("cpu: \"0.0001\"", "\"1m\"").trap(),
        resource("memory: 1024Mi", "\"1Gi\"").trap(),
        resource("memory: 1.5Gi", "\"1536Mi\"").trap(),
        resource("ephemeral-storage: \"1e3\"", "\"1e3\""),
        form("Secret data with a line end", secret("data: {k: \"eA==\\n\"}"), ".data.k", "\"eA==\"")
            .trap(),
        form(
                "Lease time with an offset",
                lease("2026-01-02T05:04:05.000000+02:00"),
                ".spec.renewTime",
                "\"2026-01-02T03:04:05.000000Z\"")
            .trap(),
        form("label null", settings("", "labels: {k: null}"), ".metadata.labels.k", "\"\"").trap(),
        form("ConfigMap data null", settings("data: {k: null}", ""), ".data.k", "\"\"").trap(),
        form("replicas null", Texts.deployment("replicas: null,", ""), ".spec.replicas", "1")
            .trap());
  }

  /** What is not stored, though it is owned. */
  private static List<WrittenForm> dropped() {
    return List.of(
        env("value: \"\"").onlyAfterApply(),
        env("value: null").onlyAfterApply(),
        container("readOnly: false", "volumeMounts: [{name: v, mountPath: /m, readOnly: false}]")
            .at(C + ".volumeMounts[mountPath=\"/m\"].readOnly")
            .onlyAfterApply(),
        container("hostPort: 0", "ports: [{containerPort: 80, protocol: TCP, hostPort: 0}]")
            .at(C + ".ports[containerPort=80,protocol=\"TCP\"].hostPort")
            .onlyAfterApply(),
        container("port name empty", "ports: [{containerPort: 80, protocol: TCP, name: \"\"}]")
            .at(C + ".ports[containerPort=80,protocol=\"TCP\"].name")
            .onlyAfterApply(),
        pod("hostNetwork: false", "hostNetwork: false").onlyAfterApply(),
        form("paused: false", Texts.deployment("paused: false,", ""), ".spec.paused", "")
            .onlyAfterApply(),
        form(
                "minReadySeconds: 0",
                Texts.deployment("minReadySeconds: 0,", ""),
                ".spec.minReadySeconds",
                "")
            .onlyAfterApply());
  }

  /** Empty values that are owned as a whole. */
  private static List<WrittenForm> emptied() {
    return List.of(
        form("labels {}", settings("", "labels: {}"), ".metadata.labels", "").onlyAfterApply(),
        form("labels null", settings("", "labels: null"), ".metadata.labels", "").onlyAfterApply(),
        container("args []", "args: []").at(C + ".args").onlyAfterApply(),
        pod("tolerations []", "tolerations: []").onlyAfterApply(),
        pod("nodeSelector {}", "nodeSelector: {}").onlyAfterApply(),
        form("rules []", Texts.role("rules: []"), ".rules", "").trap(),
        form(
                "emptyDir null",
                podSpec("volumes: [{name: v, emptyDir: null}],"),
                S + ".volumes[name=\"v\"].emptyDir",
                "{}")
            .trap());
  }

  /** Empty lists that nobody owns. */
  private static List<WrittenForm> unrecorded() {
    return List.of(
        container("ports []", "ports: []").at(C + ".ports").unowned(),
        container("env []", "env: []").at(C + ".env").unowned(),
        form("finalizers []", settings("", "finalizers: []"), ".metadata.finalizers", "")
            .unowned());
  }

  /** What is replaced whole, and stored with defaults that were not written. */
  private static List<WrittenForm> filledWhole() {
    return List.of(
        container(
                "fieldRef without apiVersion",
                "env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]")
            .at(C + ".env[name=\"A\"].valueFrom.fieldRef")
            .as("{\"apiVersion\":\"v1\",\"fieldPath\":\"metadata.name\"}")
            .trap(),
        form(
                "projected sources",
                podSpec(
                    "volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path:"
                        + " t}}]}}],"),
                S + ".volumes[name=\"v\"].projected.sources",
                "[{\"serviceAccountToken\":{\"expirationSeconds\":3600,\"path\":\"t\"}}]")
            .trap(),
        form(
                "volumeClaimTemplates",
                "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: $name, namespace: $ns},"
                    + " spec: {replicas: 0, serviceName: s, selector: {matchLabels: {a: b}},"
                    + " template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image:"
                    + " i}]}}, volumeClaimTemplates: [{metadata: {name: v}, spec: {accessModes:"
                    + " [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}",
                ".spec.volumeClaimTemplates",
                "[{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"v\"},"
                    + "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}},"
                    + "\"volumeMode\":\"Filesystem\"},\"status\":{\"phase\":\"Pending\"}}]")
            .trap(),
        form(
                "user subject without apiGroup",
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name:"
                    + " $name, namespace: $ns}, roleRef: {apiGroup: rbac.authorization.k8s.io,"
                    + " kind: Role, name: r}, subjects: [{kind: User, name: u}]}",
                ".subjects",
                "[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"User\",\"name\":\"u\"}]")
            .trap(),
        form(
                "resourceNames []",
                Texts.role(
                    "rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get], resourceNames:"
                        + " []}]"),
                ".rules",
                "[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]")
            .trap(),
        form(
                "NetworkPolicy port without protocol",
                Texts.networkPolicy("podSelector: {}, ingress: [{ports: [{port: 80}]}]"),
                ".spec.ingress",
                "[{\"ports\":[{\"port\":80,\"protocol\":\"TCP\"}]}]")
            .trap(),
        form(
                "webhook rules without scope",
                "{apiVersion: admissionregistration.k8s.io/v1, kind:"
                    + " ValidatingWebhookConfiguration, metadata: {name: $ns-$name}, webhooks:"
                    + " [{name: a.sailplan.io, sideEffects: None, admissionReviewVersions: [v1],"
                    + " clientConfig: {url: \"https://127.0.0.1:1/x\"}, failurePolicy: Ignore,"
                    + " rules: [{apiGroups: [none.sailplan.io], apiVersions: [v1], operations:"
                    + " [CREATE], resources: [nothings]}]}]}",
                ".webhooks[name=\"a.sailplan.io\"].rules",
                "[{\"apiGroups\":[\"none.sailplan.io\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],"
                    + "\"resources\":[\"nothings\"],\"scope\":\"*\"}]")
            .trap(),
        form(
                "reference without apiGroup",
                "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: $name,"
                    + " namespace: $ns}, spec: {defaultBackend: {resource: {kind: Bucket, name:"
                    + " b}}}}",
                ".spec.defaultBackend.resource",
                "{\"apiGroup\":null,\"kind\":\"Bucket\",\"name\":\"b\"}")
            .trap(),
        form(
                "targetPort 0",
                Texts.service("ports: [{port: 80, targetPort: 0}]"),
                ".spec.ports[port=80,protocol=\"TCP\"].targetPort",
                "80")
            .trap());
  }

  /** What is stored as it is written. */
  private static List<WrittenForm> kept() {
    return List.of(
        form("replicas 0", Texts.deployment("", ""), ".spec.replicas", "0"),
        form("ConfigMap immutable: false", settings("immutable: false", ""), ".immutable", "false"),
        container("resources {}", "resources: {}").at(C + ".resources").as("{}"),
        form(
            "strategy {}",
            Texts.deployment("strategy: {},", ""),
            ".spec.strategy",
            "{\"rollingUpdate\":{\"maxSurge\":\"25%\",\"maxUnavailable\":\"25%\"},\"type\":\"RollingUpdate\"}"),
        form(
            "shares of a priority level 0",
            "{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration,"
                + " metadata: {name: $ns-$name}, spec: {type: Limited, limited:"
                + " {nominalConcurrencyShares: 0, limitResponse: {type: Reject}}}}",
            ".spec.limited.nominalConcurrencyShares",
            "0"),
        form(
            "HPA metrics",
            "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: $name,"
                + " namespace: $ns}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1,"
                + " kind: Deployment, name: none}, metrics: [{type: Resource, resource: {name: cpu,"
                + " target: {type: Utilization, averageUtilization: 80}}}]}}",
            ".spec.metrics",
            "[{\"resource\":{\"name\":\"cpu\",\"target\":{\"averageUtilization\":80,\"type\":\"Utilization\"}},"
                + "\"type\":\"Resource\"}]"),
        form(
            "Ingress paths",
            "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: $name, namespace:"
                + " $ns}, spec: {rules: [{host: a.example.org, http: {paths: [{path: /, pathType:"
                + " Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}}",
            ".spec.rules",
            "[{\"host\":\"a.example.org\",\"http\":{\"paths\":[{\"backend\":{\"service\":{\"name\":\"s\","
                + "\"port\":{\"number\":80}}},\"path\":\"/\",\"pathType\":\"Prefix\"}]}}]"));
  }

  /** What goes into another field. */
  private static List<WrittenForm> identical() {
    return List.of(
        form("stringData", secret("stringData: {k: x}"), ".stringData.k", "").onlyAfterApply());
  }

  private static WrittenForm form(String name, String text, String path, String stored) {
    return new WrittenForm(name, text, path, stored, true, false, false);
  }

  private static WrittenForm resource(String written, String stored) {
    String name = written.substring(0, written.indexOf(':'));
    return form(
        written,
        Texts.template("", "resources: {requests: {" + written + "}}"),
        C + ".resources.requests." + name,
        stored);
  }

  private static WrittenForm env(String value) {
    return container("env " + value, "env: [{name: A, " + value + "}]")
        .at(C + ".env[name=\"A\"].value");
  }

  private static WrittenForm container(String name, String fields) {
    return form(name, Texts.template("volumes: [{name: v}],", fields), C, "");
  }

  private static WrittenForm pod(String name, String field) {
    return form(name, podSpec(field + ","), S + "." + field.substring(0, field.indexOf(':')), "");
  }

  private static String podSpec(String fields) {
    return Texts.template(fields, "");
  }

  private static String settings(String fields, String metadata) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: $name, namespace: $ns"
        + (metadata.isEmpty() ? "" : ", " + metadata)
        + "}"
        + (fields.isEmpty() ? ", data: {a: b}" : ", " + fields)
        + "}";
  }

  private static String secret(String fields) {
    return "{apiVersion: v1, kind: Secret, metadata: {name: $name, namespace: $ns}, "
        + fields
        + "}";
  }

  private static String lease(String time) {
    return "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: $name, namespace:"
        + " $ns}, spec: {holderIdentity: h, renewTime: \""
        + time
        + "\"}}";
  }

  private WrittenForm at(String where) {
    return new WrittenForm(name, text, where, stored, recorded, afterApply, afterCreate);
  }

  private WrittenForm as(String value) {
    return new WrittenForm(name, text, path, value, recorded, afterApply, afterCreate);
  }

  private WrittenForm trap() {
    return new WrittenForm(name, text, path, stored, recorded, true, true);
  }

  private WrittenForm onlyAfterApply() {
    return new WrittenForm(name, text, path, stored, recorded, true, false);
  }

  private WrittenForm unowned() {
    return new WrittenForm(name, text, path, stored, false, false, false);
  }

  @Override
  public String toString() {
    return name;
  }
}
