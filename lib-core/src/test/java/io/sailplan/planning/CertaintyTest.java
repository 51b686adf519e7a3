package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Snapshot;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CertaintyTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String NAMESPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: default, labels: {kubernetes.io/metadata.name: default, team: a}}
      """;
  private static final String MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, labels: {app: shop}}
      data: {colour: green}
      """;
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: boats.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {kind: Boat, plural: boats, singular: boat, listKind: BoatList}
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties: {spec: {type: object, properties: {sails: {type: integer}}}}
      """;
  private static final String ESTABLISHED =
      DEFINITION
          + """
          status:
            storedVersions: [v1]
            conditions: [{type: Established, status: "True"}]
          """;
  private static final String BOAT =
      """
      apiVersion: example.com/v1
      kind: Boat
      metadata: {name: tern}
      spec: {sails: 2}
      """;

  /** PKCS #10, for the organization "team". */
  private static final String OF_A_TEAM =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIVk1IMENBUUF3R3pFTk1Bc0dBMVVF"
          + "Q2d3RWRHVmhiVEVLTUFnR0ExVUVBd3dCWVRCWk1CTUdCeXFHU000OQpBZ0VHQ0NxR1NNNDlBd0VIQTBJ"
          + "QUJFdlQrZW1kSDNYcWgwcnVuZUx0S3kzckpMZkcwandQSE80aWQxZXRybCs3ClNmOEh1NG5XcSthNFIw"
          + "dUFrVFFobm14YXNDZEtTcUxmc2lWbSt2eVpwaHFnQURBS0JnZ3Foa2pPUFFRREFnTkkKQURCRkFpRUFs"
          + "TWloaWhYVHpDNVRRZUJjelZFaGRnN0pteSs1a1R2VW9uU00xSlc0b2NBQ0lCYldyNFo2TUFPdwpKcDVu"
          + "U0kxSmgxSEtaeTdXTno0b295TjhqUjlrNkRHYwotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0t"
          + "LS0K";

  /** The same for "system:masters", which a real server refused. */
  private static final String OF_MASTERS =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIZ01JR0hBZ0VBTUNVeEZ6QVZCZ05W"
          + "QkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVFvd0NBWURWUVFEREFGaApNRmt3RXdZSEtvWkl6ajBDQVFZ"
          + "SUtvWkl6ajBEQVFjRFFnQUVJZEkwclhrUGswMmVxb0g0M01GN2hibnAxQzJUCk9kQWRUZzZ1QnNUZFJ4"
          + "cHp6MHQwdjNDejNqQXFLazduc0hTMjlDMTNHUUlRUW9hUktzOGN5YStwUTZBQU1Bb0cKQ0NxR1NNNDlC"
          + "QU1DQTBnQU1FVUNJRTVjVG5DaWM0S0NzZFBDTE5SaExIVUI4YWlhWGRyUHBHQXZQT2xsQmtmbQpBaUVB"
          + "dW9STVE5bmh4Ty9JcDA0OEp6bCt6VVRJV2JTNTJGbmkvTHFOYm1sNHVKRT0KLS0tLS1FTkQgQ0VSVElG"
          + "SUNBVEUgUkVRVUVTVC0tLS0tCg==";

  @Test
  void a_change_is_proven_where_the_server_has_our_structures_and_nobody_else_has_a_say() {
    assertThat(certainties(MAP, NAMESPACE)).containsOnly("proven");
  }

  @Test
  void nothing_is_proven_if_the_server_was_not_asked_about_itself() {
    Snapshot seen = Snapshot.of(live(NAMESPACE));
    assertThat(certainties(plan(MAP, seen)))
        .containsOnly(
            "assumed: the server's own OpenAPI document and its admission were not looked at");
  }

  @Test
  void only_the_documents_that_differ_lose_the_proof() {
    Map<String, String> hashes = new TreeMap<>(facts().schemaHashes());
    hashes.put("apis/apps/v1", "ANOTHER");
    Snapshot seen =
        Snapshot.of(live(NAMESPACE)).toBuilder().server(ServerFacts.of("v1.35.2", hashes)).build();
    String revision =
        """
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata: {name: first}
        data: {a: b}
        revision: 1
        """;

    assertThat(certainties(plan(MAP, seen))).containsOnly("proven");
    assertThat(certainties(plan(revision, seen)))
        .containsOnly(
            "assumed: the server (v1.35.2) publishes another structure of apps/v1 than the one"
                + " that is known here");
  }

  @Test
  void documents_that_could_not_be_read_prove_nothing() {
    Snapshot seen =
        Snapshot.of(live(NAMESPACE)).toBuilder()
            .server(ServerFacts.unread("", "403 Forbidden"))
            .build();
    assertThat(certainties(plan(MAP, seen)))
        .containsOnly("assumed: the server's OpenAPI documents were not read: 403 Forbidden");
  }

  @Test
  void a_webhook_that_may_match_takes_the_proof_away() {
    assertThat(certainties(MAP, NAMESPACE, webhook("rules: [" + rule("configmaps") + "]")))
        .containsOnly("assumed: the mutating webhook inject/pods.example may change or refuse it");
  }

  @Test
  void a_webhook_that_cannot_match_does_not() {
    for (String other :
        List.of(
            "rules: [" + rule("secrets") + "]",
            "rules: [" + rule("configmaps/status") + "]",
            "rules: [{operations: [UPDATE], apiGroups: [''], apiVersions: [v1], resources: ['*']}]",
            "rules: [{operations: ['*'], apiGroups: [apps], apiVersions: ['*'], resources: ['*']}]",
            "matchPolicy: Exact\n    rules: [{operations: ['*'], apiGroups: [''],"
                + " apiVersions: [v2], resources: ['*']}]",
            "rules: [{operations: ['*'], apiGroups: [''], apiVersions: ['*'], resources: ['*'],"
                + " scope: Cluster}]",
            "objectSelector: {matchLabels: {app: other}}\n    rules: [" + rule("configmaps") + "]",
            "namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [a]}]}\n"
                + "    rules: ["
                + rule("configmaps")
                + "]")) {
      assertThat(certainties(MAP, NAMESPACE, webhook(other))).as(other).containsOnly("proven");
    }
  }

  @Test
  void an_expression_may_match_whatever_it_says() {
    assertThat(
            certainties(
                MAP,
                NAMESPACE,
                webhook(
                    "matchConditions: [{name: never, expression: 'false'}]\n    rules: ["
                        + rule("*/*")
                        + "]")))
        .noneMatch("proven"::equals);
  }

  @Test
  void a_policy_counts_only_where_a_binding_makes_it_deny() {
    String policy =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: small}
        spec:
          matchConstraints:
            resourceRules: [%s]
          validations: [{expression: "true"}]
        """
            .formatted(rule("configmaps"));
    String binding =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: here}
        spec: {policyName: small, validationActions: [%s]}
        """;

    assertThat(certainties(MAP, NAMESPACE, policy)).containsOnly("proven");
    assertThat(certainties(MAP, NAMESPACE, policy, binding.formatted("Warn")))
        .containsOnly("proven");
    assertThat(certainties(MAP, NAMESPACE, policy, binding.formatted("Deny")))
        .containsOnly(
            "assumed: the validating admission policy small/here may change or refuse it");
  }

  @Test
  void a_refused_look_at_webhooks_leaves_open_whether_they_have_a_say() {
    Snapshot.Builder builder = Snapshot.builder().server(facts());
    ObservationScope scope = ObservationScope.of(shop(MAP));
    Snapshot seen = builder.build();
    for (List<Look> looks = scope.next(seen); !looks.isEmpty(); looks = scope.next(seen)) {
      for (Look look : looks) {
        if (look.groupKind().kind().equals("MutatingWebhookConfiguration")) {
          builder.refused(look, "403 Forbidden");
        } else {
          builder.looked(
              look,
              live(NAMESPACE).stream()
                  .filter(object -> look.covers(object.key(), Map.of()))
                  .toList());
        }
      }
      seen = builder.build();
    }
    assertThat(certainties(plan(MAP, seen)))
        .containsOnly(
            "assumed: whether a MutatingWebhookConfiguration has a say is not known: 403"
                + " Forbidden");
  }

  @Test
  void a_custom_resource_is_proven_by_the_definition_that_exists() {
    assertThat(certainties(BOAT, NAMESPACE, ESTABLISHED)).containsOnly("proven");
    assertThat(certainties(DEFINITION + "---\n" + BOAT, NAMESPACE, ESTABLISHED))
        .contains("proven")
        .noneMatch(certainty -> certainty.contains("definition"));
  }

  @Test
  void a_custom_resource_is_not_proven_by_a_definition_that_is_made_or_changed() {
    assertThat(certainties(DEFINITION + "---\n" + BOAT, NAMESPACE))
        .contains("assumed: its definition is made by this plan");
    assertThat(
            certainties(
                DEFINITION.replace("type: integer", "type: string")
                    + "---\n"
                    + BOAT.replace("2", "two"),
                NAMESPACE,
                ESTABLISHED))
        .contains("assumed: its definition changes with this plan");
    assertThat(certainties(BOAT, NAMESPACE, ESTABLISHED.replace("[v1]", "[v1beta1, v1]")))
        .containsOnly(
            "assumed: the server converts between example.com/v1 and a version it stores");
  }

  @Test
  void a_quota_that_counts_the_kind_may_refuse_a_new_object_but_not_a_change() {
    String quota =
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: few, namespace: default}
        spec: {hard: {count/configmaps: "3"}}
        """;
    assertThat(certainties(MAP, NAMESPACE, quota))
        .containsOnly("assumed: the quota few may refuse it");
    assertThat(certainties(MAP, NAMESPACE, quota.replace("configmaps", "secrets")))
        .containsOnly("proven");
    assertThat(certainties(MAP, NAMESPACE, quota, applied(MAP.replace("green", "red"))))
        .containsOnly("proven");
  }

  @Test
  void the_default_class_is_filled_in_as_admission_does() {
    String claim =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """;
    String fast =
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: fast
          creationTimestamp: "2026-01-01T00:00:00Z"
          annotations: {storageclass.kubernetes.io/is-default-class: "true"}
        provisioner: example.com/fast
        """;
    List<FieldChange> changes =
        changes(plan(claim, seen(NAMESPACE, fast, fast.replace("fast", "afresh"))));
    assertThat(changes).extracting(change -> change.certainty().toString()).containsOnly("proven");
    assertThat(changes)
        .filteredOn(change -> change.path().toString().equals(".spec.storageClassName"))
        .extracting(FieldChange::after)
        .containsExactly("afresh");
  }

  @Test
  void what_the_cluster_gives_out_is_not_proven() {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, nodePort: 30080}], type: NodePort}
        """;
    assertThat(certainties(service, NAMESPACE))
        .contains("assumed: whether the node port is free is not known");
  }

  @Test
  void a_field_behind_a_feature_gate_is_not_proven_and_its_neighbours_are() {
    String revision =
        """
        apiVersion: v1
        kind: PodTemplate
        metadata: {name: pods}
        template:
          spec:
            containers: [{name: web, image: "web:1"}]
            schedulingGroup: {podGroupName: crew}
        """;
    assertThat(changes(plan(revision, seen(NAMESPACE))))
        .anySatisfy(
            change -> {
              assertThat(change.path()).hasToString(".template.spec.schedulingGroup.podGroupName");
              assertThat(change.certainty())
                  .hasToString(
                      "assumed: the server drops it unless the feature gate GenericWorkload is on");
            })
        .filteredOn(change -> !change.path().toString().contains("schedulingGroup"))
        .extracting(change -> change.certainty().toString())
        .containsOnly("proven");
  }

  @Test
  void a_certificate_for_those_who_may_do_everything_is_not_vouched_for() {
    String request =
        """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: me}
        spec: {signerName: SIGNER, usages: [client auth], request: REQUEST}
        """;
    String client = request.replace("SIGNER", "kubernetes.io/kube-apiserver-client");
    String why = "CertificateSubjectRestriction refuses certificates for system:masters";
    assertThat(certainties(client.replace("REQUEST", OF_A_TEAM), NAMESPACE))
        .noneMatch(certainty -> certainty.contains(why));
    assertThat(certainties(client.replace("REQUEST", OF_MASTERS), NAMESPACE))
        .allMatch(certainty -> certainty.contains(why));
    assertThat(
            certainties(
                request.replace("SIGNER", "example.com/one").replace("REQUEST", OF_MASTERS),
                NAMESPACE))
        .noneMatch(certainty -> certainty.contains(why));
  }

  private static String webhook(String rest) {
    return """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: inject}
        webhooks:
          - name: pods.example
            %s
        """
        .formatted(rest);
  }

  private static String rule(String resources) {
    return "{operations: ['*'], apiGroups: [''], apiVersions: [v1], resources: ['"
        + resources
        + "']}";
  }

  private static List<String> certainties(String declared, String... live) {
    return certainties(plan(declared, seen(live)));
  }

  private static List<String> certainties(Plan plan) {
    List<String> certainties =
        changes(plan).stream().map(change -> change.certainty().toString()).distinct().toList();
    assertThat(certainties).isNotEmpty();
    return certainties;
  }

  private static List<FieldChange> changes(Plan plan) {
    List<FieldChange> changes = new ArrayList<>();
    for (Step step : plan.steps()) {
      boolean parent = step.target().name().equals("sailplan-shop");
      if (step instanceof Step.Create create && !parent) {
        changes.addAll(create.changes());
      } else if (step instanceof Step.Apply apply && !parent) {
        changes.addAll(apply.changes());
      }
    }
    return changes;
  }

  private static Plan plan(String declared, Snapshot seen) {
    return Planning.plan(
            PlanRequest.deploy(shop(declared), seen)
                .by(Policy.standard().adopting(Adoption.ALL).forcing())
                .at(NOW))
        .orThrow();
  }

  private static Application shop(String declared) {
    return Application.read("shop", declared);
  }

  private static Snapshot seen(String... live) {
    return Snapshot.of(live(live)).toBuilder().server(facts()).build();
  }

  private static List<LiveObject> live(String... manifests) {
    List<LiveObject> live = new ArrayList<>();
    for (String manifest : manifests) {
      live.add(LiveObject.of(parse(manifest)));
    }
    return live;
  }

  /** The object as the application would have made it. */
  private static String applied(String declared) {
    Membership membership = Membership.of(shop(declared));
    Manifest manifest = membership.mark(parse(declared).with("default", "metadata", "namespace"));
    ApplyResult.Applied made =
        (ApplyResult.Applied)
            ServerSideApply.apply(
                ApplyRequest.of(
                    null,
                    manifest,
                    membership.fieldManager(),
                    ShapeCatalog.builtIn().find(manifest).orElseThrow(),
                    NOW));
    return made.object()
        .with("u-1", "metadata", "uid")
        .with("7", "metadata", "resourceVersion")
        .toJson();
  }

  private static Manifest parse(String manifest) {
    return Application.read("one", manifest).resources().get(0).manifest();
  }

  private static ServerFacts facts() {
    Map<String, String> hashes = new TreeMap<>();
    ShapeCatalog catalog = ShapeCatalog.builtIn();
    for (String version :
        List.of("v1", "apps/v1", "apiextensions.k8s.io/v1", "certificates.k8s.io/v1")) {
      hashes.put(
          (version.contains("/") ? "apis/" : "api/") + version,
          catalog.schemaHash(version).orElseThrow());
    }
    return ServerFacts.of("v1.36.0", hashes);
  }
}
