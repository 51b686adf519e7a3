package io.sailplan.testing;

import java.util.List;
import java.util.stream.Stream;

/** Kinds of which nothing is fixed. */
final class MutableRules {
  private MutableRules() {}

  static List<KindRules> all() {
    return Stream.of(workloads(), content(), traffic(), AdmissionRules.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<KindRules> workloads() {
    return List.of(
        KindRules.of(
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
        KindRules.of(
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
        KindRules.of(
                "HorizontalPodAutoscaler",
                """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web, namespace: $ns}
            spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
            """)
            .can("name: web}}", "name: shop}}")
            .can("maxReplicas: 3", "maxReplicas: 4"),
        KindRules.of(
                "PodDisruptionBudget",
                """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web, namespace: $ns}
            spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
            """)
            .can("app: web", "app: shop")
            .can("minAvailable: 1", "maxUnavailable: 1"),
        KindRules.of(
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

  private static List<KindRules> content() {
    return List.of(
        KindRules.of(
                "Namespace",
                """
            apiVersion: v1
            kind: Namespace
            metadata: {name: $ns-other, labels: {a: b}}
            """)
            .can("a: b", "a: c"),
        KindRules.of(
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
        KindRules.of(
                "Endpoints",
                """
            apiVersion: v1
            kind: Endpoints
            metadata: {name: web, namespace: $ns}
            subsets: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 80}]}]
            """)
            .can("192.0.2.1", "192.0.2.2")
            .can("port: 80", "port: 81"),
        KindRules.of(
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
        KindRules.of(
                "LimitRange",
                """
            apiVersion: v1
            kind: LimitRange
            metadata: {name: limits, namespace: $ns}
            spec: {limits: [{type: Container, max: {cpu: 64}}]}
            """)
            .can("cpu: 64", "cpu: 63")
            .can("Container", "Pod"),
        KindRules.of(
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

  private static List<KindRules> traffic() {
    return List.of(
        KindRules.of(
                "Ingress",
                """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: $ns}
            spec: {ingressClassName: one, defaultBackend: {service: {name: web, port: {number: 80}}}}
            """)
            .can("ingressClassName: one", "ingressClassName: two")
            .can("number: 80", "number: 81"),
        KindRules.of(
                "NetworkPolicy",
                """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: $ns}
            spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
            """)
            .can("app: web", "app: shop")
            .can("[Ingress]", "[Egress]"),
        KindRules.of(
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
        KindRules.of(
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
        KindRules.of(
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
}
