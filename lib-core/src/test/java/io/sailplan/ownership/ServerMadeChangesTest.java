package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server makes of an object beside what it is asked to; each confirmed on a real one. */
class ServerMadeChangesTest {

  @Test
  void a_new_node_is_tainted_as_not_ready() {
    Manifest node = applied(null, "{apiVersion: v1, kind: Node, metadata: {name: node}}");

    assertThat(node.get("spec", "taints"))
        .hasToString("[{key=node.kubernetes.io/not-ready, effect=NoSchedule}]");
  }

  @Test
  void a_pod_keeps_the_tolerations_that_every_pod_has() {
    String pod =
        "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: space}, spec: {containers:"
            + " [{name: a, image: a}]%s}}";
    Manifest tolerant = applied(null, pod.formatted(", tolerations: [{key: a, operator: Exists}]"));
    Manifest after =
        applied(tolerant, pod.formatted(", tolerations: [{key: a, operator: Exists}]"));

    assertThat(Trees.list(after.get("spec", "tolerations"))).hasSize(3);
  }

  @Test
  void the_topology_of_endpoints_is_what_only_old_versions_write() {
    Manifest slice =
        applied(
            null,
            "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: e, namespace:"
                + " space}, addressType: IPv4, endpoints: [{addresses: [10.1.2.3],"
                + " deprecatedTopology: {a: b}}], ports: []}");

    assertThat(FieldPath.of("endpoints").find(slice.tree()).orElseThrow())
        .hasToString("[{addresses=[10.1.2.3], conditions={}}]");
  }

  @Test
  void a_service_account_keeps_only_the_names_of_its_secrets() {
    String account =
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: space}, secrets:"
            + " [%s]}";
    Manifest written = Kinds.yaml(account.formatted("{name: s, namespace: other}"));

    assertThat(Canonical.canonical(written, Kinds.of(written)).get("secrets"))
        .hasToString("[{name=s}]");
    assertThat(applied(null, account.formatted("{name: s, namespace: other}")).get("secrets"))
        .hasToString("[{name=s}]");
  }

  @Test
  void what_a_definition_does_not_know_is_taken_and_not_stored() {
    Manifest definition =
        Kinds.yaml(
            "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name:"
                + " as.a.example}, spec: {group: a.example, scope: Cluster, names: {kind: A,"
                + " plural: as}, versions: [{name: v1, served: true, storage: true, schema:"
                + " {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true,"
                + " properties: {spec: {type: object, properties: {known: {type: string}}}}}}}]}}");
    Manifest object =
        Kinds.yaml(
            "{apiVersion: a.example/v1, kind: A, metadata: {name: a}, spec: {known: b, other: c},"
                + " more: {d: e}}");
    KindShape shape =
        ShapeCatalog.builtIn().withCustomResources(List.of(definition)).find(object).orElseThrow();

    ApplyResult result =
        ServerSideApply.apply(ApplyRequest.of(null, object, "me", shape, Instant.EPOCH));

    Manifest stored = ((ApplyResult.Applied) result).object();
    assertThat(stored.get("spec")).hasToString("{known=b}");
    assertThat(stored.get("more")).hasToString("{d=e}");
    assertThat(ManagedFields.of(stored).all().contains(FieldPath.of("spec", "other"))).isTrue();
    assertThat(Canonical.canonical(object, shape).get("spec")).hasToString("{known=b}");
  }

  @Test
  void what_is_to_be_signed_never_changes_and_is_owned_by_nobody() {
    String request =
        "{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: c,"
            + " labels: {a: %s}}, spec: {signerName: example.com/a, request: YQ==, usages: [%s]}}";
    Manifest first = applied(null, request.formatted("one", "client auth"));
    Manifest after = applied(first, request.formatted("two", "server auth"));

    assertThat(after.get("spec", "usages")).hasToString("[client auth]");
    assertThat(after.labels()).containsEntry("a", "two");
    assertThat(ManagedFields.of(after).all()).hasToString(".metadata.labels.a");
  }

  private static Manifest applied(Manifest live, String yaml) {
    Manifest desired = Kinds.yaml(yaml);
    KindShape shape = Kinds.of(desired);
    ApplyResult result =
        ServerSideApply.apply(
            ApplyRequest.of(live, Canonical.canonical(desired, shape), "me", shape, Instant.EPOCH));
    assertThat(result).isInstanceOf(ApplyResult.Applied.class);
    return ((ApplyResult.Applied) result).object();
  }
}
