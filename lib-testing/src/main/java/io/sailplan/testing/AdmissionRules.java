package io.sailplan.testing;

import java.util.List;
import java.util.stream.Stream;

/** Who may do what, and admission: nothing of these kinds is fixed. */
final class AdmissionRules {
  private AdmissionRules() {}

  static List<KindRules> all() {
    return Stream.of(access(), admission()).flatMap(List::stream).toList();
  }

  private static List<KindRules> access() {
    return List.of(
        KindRules.of(
                "Role",
                """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: reader, namespace: $ns}
            rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
            """)
            .can("pods", "secrets"),
        KindRules.of(
                "ClusterRole",
                """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: $ns}
            rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
            """)
            .can("pods", "secrets")
            .can(
                "rules:",
                "aggregationRule: {clusterRoleSelectors: [{matchLabels: {$ns: b}}]}\nrules:"));
  }

  private static List<KindRules> admission() {
    return List.of(
        KindRules.of(
                "ValidatingAdmissionPolicy",
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: $ns}
            spec:
              failurePolicy: Ignore
              paramKind: {apiVersion: v1, kind: ConfigMap}
              matchConstraints: {resourceRules: [{apiGroups: [none.io], apiVersions: [v1], operations: [CREATE], resources: [nothings]}]}
              variables: [{name: v, expression: "1"}]
              validations: [{expression: "true", message: m}]
            """)
            .can("Ignore", "Fail")
            .can("kind: ConfigMap", "kind: Secret")
            .can("nothings", "somethings")
            .can("expression: \"1\"", "expression: \"2\"")
            .can("expression: \"true\"", "expression: \"false\""),
        KindRules.of(
                "ValidatingAdmissionPolicyBinding",
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: $ns}
            spec:
              policyName: one
              paramRef: {name: first, namespace: $ns, parameterNotFoundAction: Allow}
              validationActions: [Audit]
              matchResources: {namespaceSelector: {matchLabels: {a: b}}}
            """)
            .can("policyName: one", "policyName: two")
            .can("name: first", "name: second")
            .can("Audit", "Deny")
            .can("a: b", "a: c"),
        KindRules.of(
                "MutatingAdmissionPolicy",
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicy
            metadata: {name: $ns}
            spec:
              failurePolicy: Ignore
              reinvocationPolicy: Never
              matchConstraints: {resourceRules: [{apiGroups: [none.io], apiVersions: [v1], operations: [CREATE], resources: [nothings]}]}
              mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: "Object{}"}}]
            """)
            .can("Ignore", "Fail")
            .can("Never", "IfNeeded")
            .can("nothings", "somethings")
            .can("Object{}", "Object{metadata: Object.metadata{}}"),
        KindRules.of(
                "MutatingAdmissionPolicyBinding",
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicyBinding
            metadata: {name: $ns}
            spec: {policyName: one, matchResources: {namespaceSelector: {matchLabels: {a: b}}}}
            """)
            .can("policyName: one", "policyName: two")
            .can("a: b", "a: c"),
        KindRules.of(
                "ValidatingWebhookConfiguration",
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: $ns}
            webhooks:
            - name: a.sailplan.io
              sideEffects: None
              admissionReviewVersions: [v1]
              clientConfig: {url: "https://127.0.0.1:1/x"}
              failurePolicy: Ignore
              timeoutSeconds: 3
              matchPolicy: Exact
              rules: [{apiGroups: [none.io], apiVersions: [v1], operations: [CREATE], resources: [nothings]}]
            """)
            .can("a.sailplan", "b.sailplan")
            .can("None", "NoneOnDryRun")
            .can("127.0.0.1:1", "127.0.0.1:2")
            .can("timeoutSeconds: 3", "timeoutSeconds: 4")
            .can("Exact", "Equivalent")
            .can("nothings", "somethings"),
        KindRules.of(
                "MutatingWebhookConfiguration",
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: $ns}
            webhooks:
            - name: a.sailplan.io
              sideEffects: None
              admissionReviewVersions: [v1]
              clientConfig: {url: "https://127.0.0.1:1/x"}
              failurePolicy: Ignore
              reinvocationPolicy: Never
              rules: [{apiGroups: [none.io], apiVersions: [v1], operations: [CREATE], resources: [nothings]}]
            """)
            .can("a.sailplan", "b.sailplan")
            .can("127.0.0.1:1", "127.0.0.1:2")
            .can("Never", "IfNeeded")
            .can("nothings", "somethings"));
  }
}
