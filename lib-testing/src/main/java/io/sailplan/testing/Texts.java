package io.sailplan.testing;

/** Manifests in one line, in {@code $ns} and called {@code $name}, around what a row is about. */
final class Texts {
  private Texts() {}

  /** A PodTemplate: all of a pod's structure, and no controller that writes. */
  static String template(String pod, String container) {
    return "{apiVersion: v1, kind: PodTemplate, metadata: {name: $name, namespace: $ns}, template:"
        + " {metadata: {labels: {a: b}}, spec: {"
        + pod
        + " containers: [{name: c, image: i"
        + (container.isEmpty() ? "" : ", " + container)
        + "}]}}}";
  }

  static String networkPolicy(String spec) {
    return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: $name,"
        + " namespace: $ns}, spec: {"
        + spec
        + "}}";
  }

  static String service(String spec) {
    return "{apiVersion: v1, kind: Service, metadata: {name: $name, namespace: $ns}, spec: {"
        + spec
        + "}}";
  }

  static String binding() {
    return "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: $name,"
        + " namespace: $ns}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r},"
        + " subjects: [{kind: ServiceAccount, name: x, namespace: $ns}]}";
  }

  static String webhook(String fields) {
    return "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration,"
        + " metadata: {name: $ns-$name}, webhooks: [{name: a.sailplan.io, sideEffects: None,"
        + " admissionReviewVersions: [v1], clientConfig: {url: \"https://127.0.0.1:1/x\"},"
        + " failurePolicy: Ignore, rules: [{apiGroups: [none.sailplan.io], apiVersions:"
        + " [v1], operations: [CREATE], resources: [nothings]}]"
        + fields
        + "}]}";
  }

  static String policy() {
    return "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy,"
        + " metadata: {name: $ns-$name}, spec: {matchConstraints: {resourceRules:"
        + " [{apiGroups: [none.sailplan.io], apiVersions: [v1], operations: [CREATE],"
        + " resources: [nothings]}]}, variables: [{name: v, expression: \"true\"}],"
        + " validations: [{expression: \"true\"}]}}";
  }

  static String definition() {
    return "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name:"
        + " parts.$name.$ns.sailplan.io}, spec: {group: $name.$ns.sailplan.io, scope:"
        + " Namespaced, names: {kind: Part, plural: parts, shortNames: [pt]}, versions:"
        + " [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type:"
        + " object}}}]}}";
  }

  static String autoscaler() {
    return "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: $name,"
        + " namespace: $ns}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1,"
        + " kind: Deployment, name: none}, metrics: [{type: Resource, resource: {name: cpu,"
        + " target: {type: Utilization, averageUtilization: 80}}}], behavior: {scaleUp:"
        + " {policies: [{type: Pods, value: 1, periodSeconds: 15}]}}}}";
  }

  static String slice() {
    return "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: $name,"
        + " namespace: $ns}, addressType: IPv4, endpoints: [{addresses: [192.0.2.1]}],"
        + " ports: [{name: p, port: 80}]}";
  }

  static String ingress() {
    return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: $name, namespace:"
        + " $ns}, spec: {tls: [{hosts: [a.example.org]}], rules: [{http: {paths: [{path: /,"
        + " pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}}";
  }

  static String role(String rules) {
    return "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: $name,"
        + " namespace: $ns}, "
        + rules
        + "}";
  }

  static String deployment(String spec, String container) {
    return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: $name, namespace: $ns}, spec:"
        + " {"
        + (spec.contains("replicas") ? "" : "replicas: 0, ")
        + spec
        + " selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec:"
        + " {containers: [{name: c, image: i"
        + container
        + "}]}}}}";
  }
}
