package io.sailplan.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kind of which nothing is fixed: an object of it, and changes that the server takes.
 *
 * @param name the kind
 * @param yaml an object; {@code $ns} stands for the namespace of the sentence
 * @param changes what is replaced, and by what
 */
record MutableKind(String name, String yaml, Map<String, String> changes) {

  static List<MutableKind> all() {
    return Stream.of(workloads(), content(), traffic(), access(), admission())
        .flatMap(List::stream)
        .toList();
  }

  private static MutableKind of(String name, String yaml) {
    return new MutableKind(name, yaml, Map.of());
  }

  private MutableKind can(String from, String to) {
    Map<String, String> more = new LinkedHashMap<>(changes);
    more.put(from, to);
    return new MutableKind(name, yaml, more);
  }

  private static List<MutableKind> workloads() {
    return List.of(
        of(
                "CronJob",
                """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly, namespace: $ns}
            spec:
              schedule: "0 0 * * *"
              suspend: true
              concurrencyPolicy: Allow
              jobTemplate:
                spec:
                  completionMode: Indexed
                  completions: 1
                  template:
                    spec: {restartPolicy: Never, containers: [{name: main, image: "shop/work:1"}]}
            """)
            .can("0 0 *", "1 0 *")
            .can("Allow", "Forbid")
            .can("completionMode: Indexed", "completionMode: NonIndexed")
            .can("shop/work:1", "shop/work:2"),
        of(
                "ReplicationController",
                """
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: old, namespace: $ns}
            spec:
              replicas: 0
              minReadySeconds: 1
              selector: {app: old}
              template:
                metadata: {labels: {app: old}}
                spec: {containers: [{name: main, image: "shop/old:1"}]}
            """)
            .can("app: old", "app: new")
            .can("shop/old:1", "shop/old:2")
            .can("minReadySeconds: 1", "minReadySeconds: 2"),
        of(
                "HorizontalPodAutoscaler",
                """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web, namespace: $ns}
            spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
            """)
            .can("name: web}}", "name: shop}}")
            .can("maxReplicas: 3", "maxReplicas: 4"),
        of(
                "PodDisruptionBudget",
                """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web, namespace: $ns}
            spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
            """)
            .can("app: web", "app: shop")
            .can("minAvailable: 1", "maxUnavailable: 1"),
        of(
                "PodTemplate",
                """
            apiVersion: v1
            kind: PodTemplate
            metadata: {name: pods, namespace: $ns}
            template:
              metadata: {labels: {app: a}}
              spec: {containers: [{name: main, image: "shop/a:1"}]}
            """)
            .can("shop/a:1", "shop/a:2")
            .can("app: a", "app: b")
            .can("name: main", "name: other"));
  }

  private static List<MutableKind> content() {
    return List.of(
        of(
                "Namespace",
                """
            apiVersion: v1
            kind: Namespace
            metadata: {name: $ns-other, labels: {a: b}}
            """)
            .can("a: b", "a: c"),
        of(
                "ServiceAccount",
                """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: robot, namespace: $ns}
            automountServiceAccountToken: true
            secrets: [{name: one}]
            imagePullSecrets: [{name: pull}]
            """)
            .can("true", "false")
            .can("name: one", "name: two")
            .can("name: pull", "name: push"),
        of(
                "Endpoints",
                """
            apiVersion: v1
            kind: Endpoints
            metadata: {name: web, namespace: $ns}
            subsets: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 80}]}]
            """)
            .can("192.0.2.1", "192.0.2.2")
            .can("port: 80", "port: 81"),
        of(
                "Event of the core",
                """
            apiVersion: v1
            kind: Event
            metadata: {name: told, namespace: $ns}
            involvedObject: {kind: Pod, namespace: $ns, name: tool}
            reason: Done
            message: it is done
            type: Normal
            count: 1
            source: {component: one}
            """)
            .can("name: tool", "name: other")
            .can("Done", "Undone")
            .can("it is done", "it is not")
            .can("Normal", "Warning")
            .can("count: 1", "count: 2")
            .can("component: one", "component: two"),
        of(
                "LimitRange",
                """
            apiVersion: v1
            kind: LimitRange
            metadata: {name: limits, namespace: $ns}
            spec: {limits: [{type: Container, max: {cpu: 64}}]}
            """)
            .can("cpu: 64", "cpu: 63")
            .can("Container", "Pod"),
        of(
                "Lease",
                """
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: lease, namespace: $ns}
            spec: {holderIdentity: one, leaseTransitions: 3}
            """)
            .can("one", "two")
            .can("leaseTransitions: 3", "leaseTransitions: 1"));
  }

  private static List<MutableKind> traffic() {
    return List.of(
        of(
                "Ingress",
                """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: $ns}
            spec: {ingressClassName: one, defaultBackend: {service: {name: web, port: {number: 80}}}}
            """)
            .can("ingressClassName: one", "ingressClassName: two")
            .can("number: 80", "number: 81"),
        of(
                "NetworkPolicy",
                """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: $ns}
            spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
            """)
            .can("app: web", "app: shop")
            .can("[Ingress]", "[Egress]"),
        of(
                "FlowSchema",
                """
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: FlowSchema
            metadata: {name: $ns}
            spec:
              matchingPrecedence: 9000
              priorityLevelConfiguration: {name: catch-all}
              distinguisherMethod: {type: ByUser}
              rules:
              - subjects: [{kind: User, user: {name: nobody}}]
                nonResourceRules: [{verbs: [get], nonResourceURLs: [/none]}]
            """)
            .can("9000", "9001")
            .can("name: catch-all", "name: global-default")
            .can("ByUser", "ByNamespace")
            .can("nobody", "somebody")
            .can("/none", "/some"),
        of(
                "PriorityLevelConfiguration",
                """
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: PriorityLevelConfiguration
            metadata: {name: $ns}
            spec:
              type: Limited
              limited:
                nominalConcurrencyShares: 3
                lendablePercent: 1
                limitResponse: {type: Queue, queuing: {queues: 8, handSize: 2, queueLengthLimit: 5}}
            """)
            .can("Shares: 3", "Shares: 4")
            .can("lendablePercent: 1", "lendablePercent: 2")
            .can("queues: 8", "queues: 9")
            .can(
                "type: Queue, queuing: {queues: 8, handSize: 2, queueLengthLimit: 5}",
                "type: Reject"),
        of(
                "APIService",
                """
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: v1.$ns.example.com}
            spec:
              group: $ns.example.com
              version: v1
              groupPriorityMinimum: 100
              versionPriority: 10
              insecureSkipTLSVerify: true
              service: {namespace: $ns, name: none, port: 443}
            """)
            .can("Minimum: 100", "Minimum: 200")
            .can("versionPriority: 10", "versionPriority: 20")
            .can("Verify: true", "Verify: false")
            .can("name: none", "name: other")
            .can("443", "444"));
  }

  private static List<MutableKind> access() {
    return List.of(
        of(
                "Role",
                """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: reader, namespace: $ns}
            rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
            """)
            .can("pods", "secrets"),
        of(
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

  private static List<MutableKind> admission() {
    return List.of(
        of(
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
        of(
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
        of(
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
        of(
                "MutatingAdmissionPolicyBinding",
                """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicyBinding
            metadata: {name: $ns}
            spec: {policyName: one, matchResources: {namespaceSelector: {matchLabels: {a: b}}}}
            """)
            .can("policyName: one", "policyName: two")
            .can("a: b", "a: c"),
        of(
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
        of(
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
