package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server refuses to change, and what it takes: traffic, access, content, the cluster. */
abstract class ImmutableClusterContract extends ImmutableStorageContract {
  private static final String IMMUTABLE = "field is immutable";
  private static final String ONCE_SET = "may not change once set";

  static final String CSR =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlITk1IVUNBUUF3RXpFUk1BOEdBMVVF"
          + "QXd3SVkyOXVkSEpoWTNRd1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqTwpQUU1CQndOQ0FBVEdtSlJydFJK"
          + "MzYrTU11K2xTNWo1cjVDV0dCdWxvbjIyR2FJcW1VY09FemJ2cHZWSytYMFNhCkdrdWl4aXpsSUkzWDVC"
          + "SG8xME50S3pCVkhUV3R5ZnVyb0FBd0NnWUlLb1pJemowRUF3SURTQUF3UlFJZ0VVSU0KM1drdnE3T21y"
          + "djRqMFdTNEVrY3BrZWo3SE1VUUFEL3R5elI2YzNZQ0lRQ0FQRjl2VHliZXFqYmduaTdwNnJlWgpTblQ3"
          + "NE1uUU1VVU5TalFPZzNxaVFRPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==";

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: $ns}
      spec:
        type: ClusterIP
        selector: {app: web}
        ports: [{port: 80}]
      """;

  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: things.$ns.example.com}
      spec:
        group: $ns.example.com
        scope: Namespaced
        names: {plural: things, kind: Thing, singular: thing, shortNames: [th]}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer, x-kubernetes-validations: [{rule: "self == oldSelf"}]}
                    colour:
                      type: string
                      x-kubernetes-validations:
                      - {rule: "oldSelf == self", message: a colour stays}
                    count:
                      type: integer
                      x-kubernetes-validations: [{rule: "self >= oldSelf"}]
                    tags:
                      type: array
                      x-kubernetes-list-type: set
                      maxItems: 5
                      items: {type: string, maxLength: 9}
                      x-kubernetes-validations: [{rule: "self == oldSelf"}]
      """;

  @Test
  void the_address_of_a_service_is_fixed_while_it_needs_one() {
    of(SERVICE)
        .cannot("type: ClusterIP", "clusterIP: None", "spec.clusterIPs[0]", ONCE_SET)
        .cannot("type: ClusterIP", "clusterIP: 10.96.200.201", "spec.clusterIPs[0]", ONCE_SET)
        .cannot(
            "type: ClusterIP",
            "ipFamilies: [IPv6]",
            "spec.clusterIPs[0]",
            "expected an IPv6 value as indicated by `ipFamilies[0]`")
        .can("type: ClusterIP", "type: NodePort")
        .can("type: ClusterIP", "type: LoadBalancer")
        .can("type: ClusterIP", "type: ExternalName\n  externalName: example.com")
        .can("type: ClusterIP", "ipFamilyPolicy: PreferDualStack")
        .can("type: ClusterIP", "sessionAffinity: ClientIP")
        .can("app: web", "app: shop")
        .can("port: 80", "port: 81");
  }

  @Test
  void a_service_without_address_stays_so() {
    of(SERVICE.replace("type: ClusterIP", "clusterIP: None"))
        .cannot("clusterIP: None", "clusterIP: 10.96.200.202", "spec.clusterIPs[0]", ONCE_SET)
        .can("app: web", "app: shop");
  }

  @Test
  void a_balanced_service_keeps_its_class_and_health_check() {
    of(SERVICE.replace(
            "type: ClusterIP",
            "type: LoadBalancer\n  loadBalancerClass: example.com/one\n  externalTrafficPolicy: Local"))
        .cannot("example.com/one", "example.com/two", "spec.loadBalancerClass", ONCE_SET)
        .cannot(
            "type: LoadBalancer",
            "type: LoadBalancer\n  healthCheckNodePort: 31234",
            "spec.healthCheckNodePort",
            IMMUTABLE)
        .can("Policy: Local", "Policy: Cluster")
        .can(
            "type: LoadBalancer\n  loadBalancerClass: example.com/one\n  externalTrafficPolicy: Local",
            "type: ClusterIP");
  }

  @Test
  void slices_of_endpoints_keep_the_kind_of_address() {
    of("""
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web, namespace: $ns}
        addressType: IPv4
        endpoints: [{addresses: [192.0.2.1]}]
        ports: [{port: 80}]
        """)
        .cannot(
            "addressType: IPv4\nendpoints: [{addresses: [192.0.2.1]}]",
            "addressType: IPv6\nendpoints: [{addresses: [\"2001:db8::1\"]}]",
            "addressType",
            IMMUTABLE)
        .can("192.0.2.1", "192.0.2.2")
        .can("port: 80", "port: 81");
  }

  @Test
  void classes_keep_who_serves_them() {
    of("""
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: $ns}
        spec: {controller: example.com/one, parameters: {apiGroup: example.com, kind: P, name: p}}
        """)
        .cannot("example.com/one", "example.com/two", "spec.controller", IMMUTABLE)
        .can("name: p}", "name: q}");
    of("""
        apiVersion: node.k8s.io/v1
        kind: RuntimeClass
        metadata: {name: $ns}
        handler: one
        overhead: {podFixed: {cpu: 1m}}
        """)
        .cannot("handler: one", "handler: two", "handler", IMMUTABLE)
        .can("cpu: 1m", "cpu: 2m");
    of("""
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: $ns}
        value: 10
        preemptionPolicy: Never
        description: one
        """)
        .cannot("value: 10", "value: 11", "value", "may not be changed in an update.")
        .cannot("Never", "PreemptLowerPriority", "preemptionPolicy", IMMUTABLE)
        .can("description: one", "description: two");
  }

  @Test
  void ranges_of_addresses_only_get_a_second_family() {
    of("""
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: $ns}
        spec: {cidrs: [192.0.2.0/28]}
        """)
        .cannot("192.0.2.0/28", "192.0.2.16/28", "spec.cidrs[0]", IMMUTABLE)
        .can("[192.0.2.0/28]", "[192.0.2.0/28, \"2001:db8::/112\"]");
    of("""
        apiVersion: networking.k8s.io/v1
        kind: IPAddress
        metadata: {name: 192.0.2.77, labels: {a: b}}
        spec: {parentRef: {group: example.com, resource: things, namespace: one, name: one}}
        """)
        .cannot("name: one}", "name: two}", "spec.parentRef", IMMUTABLE)
        .can("a: b", "a: c");
  }

  @Test
  void what_calls_itself_immutable_is() {
    String frozen = "field is immutable when `immutable` is set";
    of("""
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
        .can("a: b", "a: c");
    of("""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: open, namespace: $ns}
        data: {colour: blue}
        """)
        .can("blue", "red")
        .can("data: {colour", "immutable: true\ndata: {colour");
  }

  @Test
  void a_secret_keeps_its_type() {
    String frozen = "field is immutable when `immutable` is set";
    of("""
        apiVersion: v1
        kind: Secret
        metadata: {name: door, namespace: $ns}
        type: example.com/one
        data: {key: aGk=}
        """)
        .cannot("example.com/one", "example.com/two", "type", IMMUTABLE)
        .cannot("type: example.com/one\n", "", "type", IMMUTABLE)
        .can("aGk=", "aG8=");
    of("""
        apiVersion: v1
        kind: Secret
        metadata: {name: gate, namespace: $ns, labels: {a: b}}
        immutable: true
        data: {key: aGk=}
        """)
        .cannot("aGk=", "aG8=", "data", frozen)
        .cannot("immutable: true\n", "", "immutable", frozen)
        .can("a: b", "a: c");
  }

  @Test
  void a_binding_keeps_its_role() {
    String binding =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: $ns, namespace: $ns}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: nobody}]
        """;
    of(binding)
        .cannot("name: view", "name: edit", "roleRef", "cannot change roleRef")
        .cannot("kind: ClusterRole", "kind: Role", "roleRef", "cannot change roleRef")
        .can("nobody", "somebody");
    of(binding
            .replace("RoleBinding", "ClusterRoleBinding")
            .replace(", namespace: $ns", "")
            .replace("name: $ns}", "name: \"contract:$ns\"}"))
        .cannot("name: view", "name: edit", "roleRef", "cannot change roleRef")
        .can("nobody", "somebody");
  }

  @Test
  void a_quota_keeps_its_scopes() {
    of("""
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: pods, namespace: $ns}
        spec: {hard: {pods: 100}, scopes: [NotTerminating, NotBestEffort]}
        """)
        .cannot("[NotTerminating, NotBestEffort]", "[NotTerminating]", "spec.scopes", IMMUTABLE)
        .can("[NotTerminating, NotBestEffort]", "[NotBestEffort, NotTerminating]")
        .can("pods: 100", "pods: 200");
  }

  @Test
  void a_node_keeps_its_addresses_once_it_has_some() {
    of("""
        apiVersion: v1
        kind: Node
        metadata: {name: $ns}
        spec: {unschedulable: true, providerID: "example://one", podCIDRs: [192.0.2.0/28]}
        """)
        .cannot("example://one", "example://two", "spec.providerID", "may not change providerID")
        .cannot(
            "podCIDRs: [192.0.2.0/28]",
            "podCIDR: 192.0.2.16/28, podCIDRs: [192.0.2.16/28]",
            "spec.podCIDRs",
            "may not change podCIDR")
        .can("podCIDRs: [192.0.2.0/28]", "podCIDRs: [192.0.2.16/28]")
        .can("unschedulable: true", "unschedulable: false");
  }

  @Test
  void a_definition_keeps_its_names_once_they_are_accepted() {
    Subject things = of(DEFINITION);
    awaitObject(
        new ObjectKey(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            "things." + namespace() + ".example.com"),
        object -> hasCondition(object, "Established", "True"));
    things
        .cannot("scope: Namespaced", "scope: Cluster", "spec.scope", IMMUTABLE)
        .cannot("kind: Thing,", "kind: Other,", "spec.names.kind", IMMUTABLE)
        .cannot("plural: things", "plural: others", "spec.names.plural", IMMUTABLE)
        .cannot("group: $ns", "group: x.$ns", "spec.group", IMMUTABLE)
        .cannot(
            "- name: v1",
            "- name: v2",
            "status.storedVersions[0]",
            "missing from spec.versions; v1 was previously a storage version")
        .can("shortNames: [th]", "shortNames: [tg]")
        .can("singular: thing,", "singular: stuff,");
  }

  @Test
  void a_custom_resource_keeps_what_its_definition_says() {
    of(DEFINITION);
    ObjectKey definition =
        new ObjectKey(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            "things." + namespace() + ".example.com");
    awaitObject(definition, object -> hasCondition(object, "Established", "True"));
    String thing =
        """
        apiVersion: $ns.example.com/v1
        kind: Thing
        metadata: {name: one, namespace: $ns}
        spec: {size: 1, colour: red, tags: [a, b]}
        """;
    await(
        "the kind is served",
        () -> send(new Request.Apply(manifest(thing), "me", true, "", true)).isSuccess());
    of(thing)
        .cannot("size: 1", "size: 2", "spec.size", "failed rule: self == oldSelf")
        .cannot("red", "blue", "spec.colour", "a colour stays")
        .cannot("[a, b]", "[a, c]", "spec.tags", "failed rule: self == oldSelf")
        .can("[a, b]", "[b, a]")
        .can("size: 1, ", "")
        .can("size: 1, ", "size: 1, count: 3, ");
  }

  @Test
  void what_was_to_be_signed_stays_without_a_word() {
    String request =
        """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: $ns}
        spec: {signerName: example.com/one, usages: [digital signature], request: CSR}
        """
            .replace("CSR", CSR);
    of(request).can("example.com/one", "example.com/two");
    assertThat(
            accepted(force("me", request.replace("example.com/one", "example.com/two")))
                .manifest()
                .string("spec", "signerName"))
        .isEqualTo("example.com/one");
  }

  @Test
  void what_holds_a_namespace_back_stays_without_a_word() {
    String other =
        "{apiVersion: v1, kind: Namespace, metadata: {name: $ns-held}, spec: {finalizers:"
            + " [kubernetes]}}";
    of(other).can("[kubernetes]", "[example.com/hold]");
    assertThat(
            accepted(force("me", other.replace("[kubernetes]", "[example.com/hold]")))
                .manifest()
                .get("spec", "finalizers"))
        .isEqualTo(List.of("kubernetes"));
  }

  @Test
  void an_event_tells_what_it_told() {
    of("""
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
        .can("namespace: $ns}\neventTime", "namespace: $ns, labels: {a: b}}\neventTime");
  }
}
