package io.sailplan.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * A list or map of a built-in kind, and the path that is recorded when somebody applies it: that of
 * one item where items are told apart, else that of the whole.
 *
 * @param name what it is called
 * @param text a manifest that holds it
 * @param path what is recorded
 */
record ListShape(String name, String text, String path) {
  private static final String S = ".template.spec";
  private static final String C = S + ".containers[name=\"c\"]";
  private static final String V = S + ".volumes[name=\"v\"]";

  /** Lists whose items are told apart by a key or by themselves. */
  static List<ListShape> keyed() {
    List<ListShape> all = new ArrayList<>();
    all.add(pod("containers", "", C));
    all.add(
        pod(
            "initContainers",
            "initContainers: [{name: d, image: i}],",
            S + ".initContainers[name=\"d\"]"));
    all.add(container("env", "env: [{name: A}]", C + ".env[name=\"A\"]"));
    all.add(pod("volumes", "volumes: [{name: v}],", V));
    all.add(
        pod(
            "imagePullSecrets",
            "imagePullSecrets: [{name: s}],",
            S + ".imagePullSecrets[name=\"s\"]"));
    all.add(
        pod(
            "resourceClaims",
            "resourceClaims: [{name: r, resourceClaimName: x}],",
            S + ".resourceClaims[name=\"r\"]"));
    all.add(
        pod(
            "schedulingGates",
            "schedulingGates: [{name: g}],",
            S + ".schedulingGates[name=\"g\"]"));
    all.add(
        container(
            "container ports",
            "ports: [{containerPort: 80}]",
            C + ".ports[containerPort=80,protocol=\"TCP\"]"));
    all.add(
        new ListShape(
            "service ports",
            Texts.service("ports: [{port: 80}]"),
            ".spec.ports[port=80,protocol=\"TCP\"]"));
    all.add(
        container(
            "volumeMounts",
            "volumeMounts: [{name: v, mountPath: /m}]",
            C + ".volumeMounts[mountPath=\"/m\"]"));
    all.add(
        container(
            "volumeDevices",
            "volumeDevices: [{name: w, devicePath: /d}]",
            C + ".volumeDevices[devicePath=\"/d\"]"));
    all.add(
        pod(
            "hostAliases",
            "hostAliases: [{ip: 10.0.0.1, hostnames: [a]}],",
            S + ".hostAliases[ip=\"10.0.0.1\"]"));
    all.add(
        pod(
            "topologySpreadConstraints",
            "topologySpreadConstraints: [{maxSkew: 1, topologyKey: k, whenUnsatisfiable:"
                + " DoNotSchedule}],",
            S
                + ".topologySpreadConstraints[topologyKey=\"k\",whenUnsatisfiable=\"DoNotSchedule\"]"));
    all.add(
        new ListShape(
            "ownerReferences",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: $name, namespace: $ns,"
                + " ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: x, uid: u-1}]}}",
            ".metadata.ownerReferences[uid=\"u-1\"]"));
    all.add(new ListShape("webhooks", Texts.webhook(""), ".webhooks[name=\"a.sailplan.io\"]"));
    all.add(
        new ListShape(
            "matchConditions",
            Texts.webhook(", matchConditions: [{name: m, expression: \"true\"}]"),
            ".webhooks[name=\"a.sailplan.io\"].matchConditions[name=\"m\"]"));
    all.add(new ListShape("policy variables", Texts.policy(), ".spec.variables[name=\"v\"]"));
    all.add(
        new ListShape(
            "ServiceAccount secrets",
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: $name, namespace: $ns},"
                + " secrets: [{name: s}]}",
            ".secrets[name=\"s\"]"));
    all.add(
        new ListShape(
            "finalizers",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: $name, namespace: $ns, finalizers:"
                + " [sailplan.io/x]}}",
            ".metadata.finalizers[=\"sailplan.io/x\"]"));
    return all;
  }

  /** Lists and maps that are replaced and owned whole. */
  static List<ListShape> atomic() {
    List<ListShape> all = new ArrayList<>();
    all.add(container("args", "args: [a]", C + ".args"));
    all.add(container("command", "command: [a]", C + ".command"));
    all.add(container("envFrom", "envFrom: [{secretRef: {name: s}}]", C + ".envFrom"));
    all.add(pod("tolerations", "tolerations: [{key: k, operator: Exists}],", S + ".tolerations"));
    all.add(
        container(
            "capabilities",
            "securityContext: {capabilities: {add: [A]}}",
            C + ".securityContext.capabilities.add"));
    all.add(
        pod(
            "sysctls",
            "securityContext: {sysctls: [{name: a, value: b}]},",
            S + ".securityContext.sysctls"));
    all.add(pod("readinessGates", "readinessGates: [{conditionType: a}],", S + ".readinessGates"));
    all.add(
        pod(
            "volume items",
            "volumes: [{name: v, configMap: {name: x, items: [{key: a, path: b}]}}],",
            V + ".configMap.items"));
    all.add(
        pod(
            "projected sources",
            "volumes: [{name: v, projected: {sources: [{secret: {name: s}}]}}],",
            V + ".projected.sources"));
    all.add(new ListShape("accessModes", claim(), ".spec.accessModes"));
    all.add(
        new ListShape(
            "mountOptions",
            "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: $ns-$name},"
                + " provisioner: p, mountOptions: [a]}",
            ".mountOptions"));
    all.add(
        new ListShape(
            "clusterIPs",
            Texts.service("clusterIP: None, clusterIPs: [None], ports: [{port: 80}]"),
            ".spec.clusterIPs"));
    all.add(
        new ListShape(
            "ipFamilies",
            Texts.service("ipFamilies: [IPv4], ports: [{port: 80}]"),
            ".spec.ipFamilies"));
    all.add(
        new ListShape(
            "externalIPs",
            Texts.service("externalIPs: [192.0.2.1], ports: [{port: 80}]"),
            ".spec.externalIPs"));
    all.add(
        new ListShape(
            "Service selector",
            Texts.service("selector: {a: b}, ports: [{port: 80}]"),
            ".spec.selector"));
    all.add(new ListShape("Ingress rules and paths", Texts.ingress(), ".spec.rules"));
    all.add(new ListShape("Ingress tls", Texts.ingress(), ".spec.tls"));
    all.add(
        new ListShape(
            "RBAC rules",
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: $name,"
                + " namespace: $ns}, rules: [{apiGroups: [a], resources: [b], verbs: [get]}]}",
            ".rules"));
    all.add(new ListShape("RBAC subjects", Texts.binding(), ".subjects"));
    all.add(new ListShape("roleRef", Texts.binding(), ".roleRef"));
    all.add(network("ingress"));
    all.add(network("egress"));
    all.add(network("policyTypes"));
    all.add(
        new ListShape(
            "webhook rules", Texts.webhook(""), ".webhooks[name=\"a.sailplan.io\"].rules"));
    all.add(new ListShape("CRD versions", Texts.definition(), ".spec.versions"));
    all.add(new ListShape("CRD shortNames", Texts.definition(), ".spec.names.shortNames"));
    all.add(new ListShape("HPA metrics", Texts.autoscaler(), ".spec.metrics"));
    all.add(new ListShape("HPA policies", Texts.autoscaler(), ".spec.behavior.scaleUp.policies"));
    all.add(
        new ListShape(
            "ServiceAccount imagePullSecrets",
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: $name, namespace: $ns},"
                + " imagePullSecrets: [{name: s}]}",
            ".imagePullSecrets"));
    all.add(
        new ListShape(
            "Job podFailurePolicy rules",
            "{apiVersion: batch/v1, kind: Job, metadata: {name: $name, namespace: $ns}, spec:"
                + " {suspend: true, podFailurePolicy: {rules: [{action: FailJob, onExitCodes:"
                + " {operator: In, values: [1]}}]}, template: {spec: {restartPolicy: Never,"
                + " containers: [{name: c, image: i}]}}}}",
            ".spec.podFailurePolicy.rules"));
    all.add(
        new ListShape(
            "Endpoints subsets",
            "{apiVersion: v1, kind: Endpoints, metadata: {name: $name, namespace: $ns}, subsets:"
                + " [{addresses: [{ip: 192.0.2.1}], ports: [{port: 80, protocol: TCP}]}]}",
            ".subsets"));
    all.add(new ListShape("EndpointSlice endpoints", Texts.slice(), ".endpoints"));
    all.add(new ListShape("EndpointSlice ports", Texts.slice(), ".ports"));
    all.add(
        new ListShape(
            "LimitRange limits",
            "{apiVersion: v1, kind: LimitRange, metadata: {name: $name, namespace: $ns}, spec:"
                + " {limits: [{type: Pod, max: {cpu: \"1\"}}]}}",
            ".spec.limits"));
    all.add(pod("nodeSelector", "nodeSelector: {a: b},", S + ".nodeSelector"));
    all.add(
        new ListShape(
            "LabelSelector and matchExpressions",
            "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: $name, namespace:"
                + " $ns}, spec: {minAvailable: 1, selector: {matchExpressions: [{key: a, operator:"
                + " Exists}]}}}",
            ".spec.selector"));
    all.add(reference("fieldRef", "{apiVersion: v1, fieldPath: metadata.name}"));
    all.add(reference("secretKeyRef", "{name: s, key: k}"));
    all.add(reference("configMapKeyRef", "{name: s, key: k}"));
    all.add(
        pod(
            "LocalObjectReference",
            "volumes: [{name: v, csi: {driver: d, nodePublishSecretRef: {name: s}}}],",
            V + ".csi.nodePublishSecretRef"));
    all.add(
        pod(
            "node selector terms",
            "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                + " {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}},",
            S + ".affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"));
    all.add(new ListShape("matchConstraints", Texts.policy(), ".spec.matchConstraints"));
    return all;
  }

  private static ListShape pod(String name, String fields, String path) {
    return new ListShape(name, Texts.template(fields, ""), path);
  }

  private static ListShape container(String name, String fields, String path) {
    String volumes = "volumes: [{name: v}, {name: w, persistentVolumeClaim: {claimName: x}}],";
    return new ListShape(name, Texts.template(volumes, fields), path);
  }

  private static ListShape reference(String kind, String value) {
    return container(
        kind,
        "env: [{name: A, valueFrom: {" + kind + ": " + value + "}}]",
        C + ".env[name=\"A\"].valueFrom." + kind);
  }

  private static String claim() {
    return "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $name, namespace: $ns},"
        + " spec: {storageClassName: none, accessModes: [ReadWriteOnce], resources:"
        + " {requests: {storage: 1Gi}}}}";
  }

  private static ListShape network(String list) {
    return new ListShape(
        "NetworkPolicy " + list,
        "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: $name, namespace:"
            + " $ns}, spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ports:"
            + " [{port: 80, protocol: TCP}]}], egress: [{ports: [{port: 80, protocol: TCP}]}]}}",
        ".spec." + list);
  }
}
