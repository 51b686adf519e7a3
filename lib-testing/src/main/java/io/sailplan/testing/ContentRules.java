package io.sailplan.testing;

import java.util.List;
import java.util.stream.Stream;

/** What of content, access, classes is fixed. */
final class ContentRules {
  private static final String IMMUTABLE = "field is immutable";

  private ContentRules() {}

  static List<KindRules> all() {
    return Stream.of(
            classesKeepWhoServesThem(),
            whatCallsItselfImmutableIs(),
            aSecretKeepsItsType(),
            aBindingKeepsItsRole(),
            aQuotaKeepsItsScopes(),
            anEventTellsWhatItTold())
        .flatMap(List::stream)
        .toList();
  }

  private static List<KindRules> classesKeepWhoServesThem() {
    return List.of(
        KindRules.of(
                "IngressClass",
                """
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: $ns}
        spec: {controller: example.com/one, parameters: {apiGroup: example.com, kind: P, name: p}}
        """)
            .cannot("example.com/one", "example.com/two", "spec.controller", IMMUTABLE)
            .can("name: p}", "name: q}"),
        KindRules.of(
                "RuntimeClass",
                """
        apiVersion: node.k8s.io/v1
        kind: RuntimeClass
        metadata: {name: $ns}
        handler: one
        overhead: {podFixed: {cpu: 1m}}
        """)
            .cannot("handler: one", "handler: two", "handler", IMMUTABLE)
            .can("cpu: 1m", "cpu: 2m"),
        KindRules.of(
                "PriorityClass",
                """
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: $ns}
        value: 10
        preemptionPolicy: Never
        description: one
        """)
            .cannot("value: 10", "value: 11", "value", "may not be changed in an update.")
            .cannot("Never", "PreemptLowerPriority", "preemptionPolicy", IMMUTABLE)
            .can("description: one", "description: two"));
  }

  private static List<KindRules> whatCallsItselfImmutableIs() {
    String frozen = "field is immutable when `immutable` is set";
    return List.of(
        KindRules.of(
                "ConfigMap that is immutable",
                """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: $ns, labels: {a: b}}
        immutable: true
        data: {colour: blue}
        binaryData: {code: aGk=}
        """)
            .cannot("blue", "red", "data", frozen)
            .cannot("aGk=", "aG8=", "binaryData", frozen)
            .cannot("immutable: true", "immutable: false", "immutable", frozen)
            .cannot("immutable: true\n", "", "immutable", frozen)
            .can("a: b", "a: c"),
        KindRules.of(
                "ConfigMap",
                """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: open, namespace: $ns}
        data: {colour: blue}
        """)
            .can("blue", "red")
            .can("data: {colour", "immutable: true\ndata: {colour"));
  }

  private static List<KindRules> aSecretKeepsItsType() {
    String frozen = "field is immutable when `immutable` is set";
    return List.of(
        KindRules.of(
                "Secret",
                """
        apiVersion: v1
        kind: Secret
        metadata: {name: door, namespace: $ns}
        type: example.com/one
        data: {key: aGk=}
        """)
            .cannot("example.com/one", "example.com/two", "type", IMMUTABLE)
            .cannot("type: example.com/one\n", "", "type", IMMUTABLE)
            .can("aGk=", "aG8="),
        KindRules.of(
                "Secret that is immutable",
                """
        apiVersion: v1
        kind: Secret
        metadata: {name: gate, namespace: $ns, labels: {a: b}}
        immutable: true
        data: {key: aGk=}
        """)
            .cannot("aGk=", "aG8=", "data", frozen)
            .cannot("immutable: true\n", "", "immutable", frozen)
            .can("a: b", "a: c"));
  }

  private static List<KindRules> aBindingKeepsItsRole() {
    String binding =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: $ns, namespace: $ns}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: nobody}]
        """;
    return List.of(
        KindRules.of("RoleBinding", binding)
            .cannot("name: view", "name: edit", "roleRef", "cannot change roleRef")
            .cannot("kind: ClusterRole", "kind: Role", "roleRef", "cannot change roleRef")
            .can("nobody", "somebody"),
        KindRules.of(
                "ClusterRoleBinding",
                binding
                    .replace("RoleBinding", "ClusterRoleBinding")
                    .replace(", namespace: $ns", "")
                    .replace("name: $ns}", "name: \"contract:$ns\"}"))
            .cannot("name: view", "name: edit", "roleRef", "cannot change roleRef")
            .can("nobody", "somebody"));
  }

  private static List<KindRules> aQuotaKeepsItsScopes() {
    return List.of(
        KindRules.of(
                "ResourceQuota",
                """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: pods, namespace: $ns}
        spec: {hard: {pods: 100}, scopes: [NotTerminating, NotBestEffort]}
        """)
            .cannot("[NotTerminating, NotBestEffort]", "[NotTerminating]", "spec.scopes", IMMUTABLE)
            .can("[NotTerminating, NotBestEffort]", "[NotBestEffort, NotTerminating]")
            .can("pods: 100", "pods: 200"));
  }

  private static List<KindRules> anEventTellsWhatItTold() {
    return List.of(
        KindRules.of(
                "Event",
                """
        apiVersion: events.k8s.io/v1
        kind: Event
        metadata: {name: told, namespace: $ns}
        eventTime: "2026-01-01T00:00:00.000000Z"
        reportingController: example.com/one
        reportingInstance: one
        action: Doing
        reason: Done
        type: Normal
        note: it is done
        regarding: {kind: Pod, namespace: $ns, name: tool}
        """)
            .cannot("it is done", "it is not", "message", IMMUTABLE)
            .cannot("Done", "Undone", "reason", IMMUTABLE)
            .cannot("Normal", "Warning", "type", IMMUTABLE)
            .cannot("name: tool}", "name: other}", "involvedObject", IMMUTABLE)
            .can("namespace: $ns}\neventTime", "namespace: $ns, labels: {a: b}}\neventTime"));
  }
}
