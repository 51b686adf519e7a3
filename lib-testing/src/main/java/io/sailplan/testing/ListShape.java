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
            service("ports: [{port: 80}]"),
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
    all.add(new ListShape("webhooks", webhook(""), ".webhooks[name=\"a.sailplan.io\"]"));
    all.add(
        new ListShape(
            "matchConditions",
            webhook(", matchConditions: [{name: m, expression: \"true\"}]"),
            ".webhooks[name=\"a.sailplan.io\"].matchConditions[name=\"m\"]"));
    all.add(new ListShape("policy variables", policy(), ".spec.variables[name=\"v\"]"));
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
            service("clusterIP: None, clusterIPs: [None], ports: [{port: 80}]"),
            ".spec.clusterIPs"));
    all.add(
        new ListShape(
            "ipFamilies", service("ipFamilies: [IPv4], ports: [{port: 80}]"), ".spec.ipFamilies"));
    all.add(
        new ListShape(
            "externalIPs",
            service("externalIPs: [192.0.2.1], ports: [{port: 80}]"),
            ".spec.externalIPs"));
    all.add(
        new ListShape(
            "Service selector",
            service("selector: {a: b}, ports: [{port: 80}]"),
            ".spec.selector"));
    all.add(new ListShape("Ingress rules and paths", ingress(), ".spec.rules"));
    all.add(new ListShape("Ingress tls", ingress(), ".spec.tls"));
    all.add(
        new ListShape(
            "RBAC rules",
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: $name,"
                + " namespace: $ns}, rules: [{apiGroups: [a], resources: [b], verbs: [get]}]}",
            ".rules"));
    all.add(new ListShape("RBAC subjects", binding(), ".subjects"));
    all.add(new ListShape("roleRef", binding(), ".roleRef"));
    all.add(network("ingress"));
    all.add(network("egress"));
    all.add(network("policyTypes"));
    all.add(new ListShape("webhook rules", webhook(""), ".webhooks[name=\"a.sailplan.io\"].rules"));
    all.add(new ListShape("CRD versions", definition(), ".spec.versions"));
    all.add(new ListShape("CRD shortNames", definition(), ".spec.names.shortNames"));
    all.add(new ListShape("HPA metrics", autoscaler(), ".spec.metrics"));
    all.add(new ListShape("HPA policies", autoscaler(), ".spec.behavior.scaleUp.policies"));
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
    all.add(new ListShape("EndpointSlice endpoints", slice(), ".endpoints"));
    all.add(new ListShape("EndpointSlice ports", slice(), ".ports"));
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
    all.add(new ListShape("matchConstraints", policy(), ".spec.matchConstraints"));
    return all;
  }

  private static ListShape pod(String name, String fields, String path) {
    return new ListShape(name, template(fields, ""), path);
  }

  private static ListShape container(String name, String fields, String path) {
    String volumes = "volumes: [{name: v}, {name: w, persistentVolumeClaim: {claimName: x}}],";
    return new ListShape(name, template(volumes, ", " + fields), path);
  }

  private static ListShape reference(String kind, String value) {
    return container(
        kind,
        "env: [{name: A, valueFrom: {" + kind + ": " + value + "}}]",
        C + ".env[name=\"A\"].valueFrom." + kind);
  }

  private static String template(String pod, String container) {
    return "{apiVersion: v1, kind: PodTemplate, metadata: {name: $name, namespace: $ns}, template:"
        + " {metadata: {labels: {a: b}}, spec: {"
        + pod
        + " containers: [{name: c, image: i"
        + container
        + "}]}}}";
  }

  private static String service(String spec) {
    return "{apiVersion: v1, kind: Service, metadata: {name: $name, namespace: $ns}, spec: {"
        + spec
        + "}}";
  }

  private static String claim() {
    return "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $name, namespace: $ns},"
        + " spec: {storageClassName: none, accessModes: [ReadWriteOnce], resources:"
        + " {requests: {storage: 1Gi}}}}";
  }

  private static String ingress() {
    return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: $name, namespace:"
        + " $ns}, spec: {tls: [{hosts: [a.example.org]}], rules: [{http: {paths: [{path: /,"
        + " pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}}";
  }

  private static String binding() {
    return "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: $name,"
        + " namespace: $ns}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r},"
        + " subjects: [{kind: ServiceAccount, name: x, namespace: $ns}]}";
  }

  private static ListShape network(String list) {
    return new ListShape(
        "NetworkPolicy " + list,
        "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: $name, namespace:"
            + " $ns}, spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ports:"
            + " [{port: 80, protocol: TCP}]}], egress: [{ports: [{port: 80, protocol: TCP}]}]}}",
        ".spec." + list);
  }

  private static String webhook(String fields) {
    return "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration,"
        + " metadata: {name: $ns-$name}, webhooks: [{name: a.sailplan.io, sideEffects: None,"
        + " admissionReviewVersions: [v1], clientConfig: {url: \"https://127.0.0.1:1/x\"},"
        + " failurePolicy: Ignore, rules: [{apiGroups: [none.sailplan.io], apiVersions:"
        + " [v1], operations: [CREATE], resources: [nothings]}]"
        + fields
        + "}]}";
  }

  private static String policy() {
    return "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy,"
        + " metadata: {name: $ns-$name}, spec: {matchConstraints: {resourceRules:"
        + " [{apiGroups: [none.sailplan.io], apiVersions: [v1], operations: [CREATE],"
        + " resources: [nothings]}]}, variables: [{name: v, expression: \"true\"}],"
        + " validations: [{expression: \"true\"}]}}";
  }

  private static String definition() {
    return "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name:"
        + " parts.$name.$ns.sailplan.io}, spec: {group: $name.$ns.sailplan.io, scope:"
        + " Namespaced, names: {kind: Part, plural: parts, shortNames: [pt]}, versions:"
        + " [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type:"
        + " object}}}]}}";
  }

  private static String autoscaler() {
    return "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: $name,"
        + " namespace: $ns}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1,"
        + " kind: Deployment, name: none}, metrics: [{type: Resource, resource: {name: cpu,"
        + " target: {type: Utilization, averageUtilization: 80}}}], behavior: {scaleUp:"
        + " {policies: [{type: Pods, value: 1, periodSeconds: 15}]}}}}";
  }

  private static String slice() {
    return "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: $name,"
        + " namespace: $ns}, addressType: IPv4, endpoints: [{addresses: [192.0.2.1]}],"
        + " ports: [{name: p, port: 80}]}";
  }
}
