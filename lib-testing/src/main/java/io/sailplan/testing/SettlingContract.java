package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** When applying the same again writes nothing, and what never comes to rest. */
abstract class SettlingContract extends WrittenFormContract {
  private static final String POD =
      "{apiVersion: v1, kind: Pod, metadata: {name: $name, namespace: $ns}, spec:"
          + " {nodeSelector: {no: where}, containers: [{name: c, image: i}]}}";

  private static final String CLAIM =
      "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: $ns}, spec:"
          + " {storageClassName: none, accessModes: [ReadWriteOnce], resources: {requests:"
          + " {storage: \"1e3\"}}}}";

  private static String secret(String data) {
    return "{apiVersion: v1, kind: Secret, metadata: {name: $name, namespace: $ns}, data: {k: \""
        + data
        + "\"}}";
  }

  private static String lease(String time) {
    return "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: $name, namespace:"
        + " $ns}, spec: {renewTime: \""
        + time
        + "\"}}";
  }

  private static String policy(String spec) {
    return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: $name,"
        + " namespace: $ns}, spec: {"
        + spec
        + "}}";
  }

  private static String webhooks(String kind, String fields) {
    return "{apiVersion: admissionregistration.k8s.io/v1, kind: "
        + kind
        + "WebhookConfiguration, metadata: {name: $ns-$name}, "
        + fields
        + "}";
  }

  private static final String HOOK =
      "webhooks: [{name: a.sailplan.io, sideEffects: None, admissionReviewVersions: [v1],"
          + " clientConfig: {url: \"https://127.0.0.1:1/x\"}, failurePolicy: Ignore, ";

  private static String deployment(String spec) {
    return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: $name, namespace: $ns}, spec:"
        + " {"
        + spec
        + ", selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec:"
        + " {containers: [{name: c, image: i}]}}}}";
  }

  private Response named(String text, String name) {
    return apply("me", text.replace("$name", name));
  }

  @TestFactory
  Stream<DynamicTest> what_cannot_be_read_is_a_permanent_failure_of_the_server() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {"base64 with a space", secret("eA ==")},
          {"base64 without padding", secret("eA")},
          {"base64 for URLs", secret("_-8=")},
          {"Lease time without microseconds", lease("2026-01-02T03:04:05Z")},
          {"a quantity", policyOfQuantity()},
        }) {
      cases.add(
          row[0],
          name -> {
            Response answer = named(row[1], name);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.reason()).isEmpty();
            assertThat(answer.message()).startsWith("failed to convert new object");
          });
    }
    return cases(cases);
  }

  private static String policyOfQuantity() {
    return "{apiVersion: v1, kind: ResourceQuota, metadata: {name: $name, namespace: $ns}, spec:"
        + " {hard: {pods: many}}}";
  }

  @TestFactory
  Stream<DynamicTest> a_number_as_text_where_text_is_a_name_or_a_share_is_refused() {
    return cases(
        new Cases()
            .add(
                "port \"8080\"",
                name ->
                    refused(
                        named(
                            "{apiVersion: v1, kind: Service, metadata: {name: $name, namespace:"
                                + " $ns}, spec: {ports: [{port: 80, targetPort: \"8080\"}]}}",
                            name),
                        422,
                        "Invalid"))
            .add(
                "maxSurge \"1\"",
                name ->
                    refused(
                        named(
                            deployment("replicas: 0, strategy: {rollingUpdate: {maxSurge: \"1\"}}"),
                            name),
                        422,
                        "Invalid")));
  }

  @Test
  void what_admission_adds_is_owned_by_nobody_and_applying_again_writes_nothing() {
    Manifest pod = manifest(POD.replace("$name", "plain"));
    LiveObject made = accepted(send(Request.Apply.of(pod, "me")));
    assertThat(Tree.objects(made.manifest(), "spec", "tolerations")).hasSize(2);
    assertThat(owners(made, "spec", "tolerations")).isEmpty();
    assertThat(writes("me", pod, false, 2)).isZero();
  }

  @Test
  void what_a_limit_range_adds_is_owned_by_nobody_and_applying_again_writes_nothing() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: limits, namespace: $ns}
        spec:
          limits: [{type: Container, default: {cpu: "1"}, defaultRequest: {cpu: 100m}}]
        """);
    Manifest pod = manifest(POD.replace("$name", "limited"));
    // the plugin that adds them learns of the limits a little later
    await(
        "the limits are known",
        () -> {
          delete(pod.key());
          return find(pod.key()).isEmpty()
              && value(
                      accepted(send(Request.Apply.of(pod, "me"))).manifest(),
                      ".spec.containers[name=\"c\"].resources")
                  .equals("{\"limits\":{\"cpu\":\"1\"},\"requests\":{\"cpu\":\"100m\"}}");
        });
    assertThat(owned(get(pod.key()), "me")).noneMatch(path -> path.contains("resources"));
    assertThat(writes("me", pod, false, 2)).isZero();
  }

  /** What never comes to rest as it is written: each case and a manifest of it. */
  private static Map<String, String> restless() {
    String rules =
        "rules: [{apiGroups: [none.sailplan.io], apiVersions: [v1], operations: [CREATE],"
            + " resources: [nothings]}]";
    Map<String, String> all = new LinkedHashMap<>();
    for (String[] row :
        new String[][] {
          {"Secret data null", secret("x").replace("\"x\"", "null")},
          {
            "ConfigMap binaryData null",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: $name, namespace: $ns},"
                + " binaryData: {k: null}}"
          },
          {"ingress []", policy("podSelector: {}, ingress: []")},
          {"egress []", policy("podSelector: {}, egress: []")},
          {"from []", policy("podSelector: {}, ingress: [{from: []}]")},
          {"matchLabels {}", policy("podSelector: {matchLabels: {}}")},
          {"webhooks [] (validating)", webhooks("Validating", "webhooks: []")},
          {"webhooks [] (mutating)", webhooks("Mutating", "webhooks: []")},
          {"rules [] (validating)", webhooks("Validating", HOOK + "rules: []}]")},
          {"rules [] (mutating)", webhooks("Mutating", HOOK + "rules: []}]")},
          {
            "matchLabels {} (validating)",
            webhooks("Validating", HOOK + "objectSelector: {matchLabels: {}}, " + rules + "}]")
          },
        }) {
      all.put(row[0], row[1]);
    }
    return all;
  }

  private Stream<DynamicTest> restless(Consumer<Manifest> check) {
    return rows(
        restless().entrySet(),
        Map.Entry::getKey,
        (row, name) -> {
          Manifest manifest = manifest(row.getValue().replace("$name", name));
          check.accept(manifest);
          delete(manifest.key());
        });
  }

  @TestFactory
  Stream<DynamicTest> these_are_written_each_time_they_are_applied() {
    return restless(this::neverSettles);
  }

  @TestFactory
  Stream<DynamicTest> in_their_canonical_form_these_come_to_rest_and_mean_the_same() {
    return restless(
        manifest -> {
          LiveObject written = accepted(send(Request.Apply.of(manifest, "me")));
          Manifest canonical = canonical(manifest);
          LiveObject made = accepted(send(Request.Apply.of(canonical, "me")));
          assertThat(writes("me", canonical, false, 3)).isZero();
          assertThat(Tree.set(made.manifest(), null, "metadata"))
              .isEqualTo(Tree.set(written.manifest(), null, "metadata"));
        });
  }

  private void neverSettles(Manifest manifest) {
    LiveObject first = accepted(send(Request.Apply.of(manifest, "me")));
    assertThat(writes("me", manifest, false, 3)).isEqualTo(3);
    LiveObject last = get(manifest.key());
    if (first.generation() > 0) {
      assertThat(last.generation()).isEqualTo(first.generation() + 3);
    }
    assertThat(Tree.set(last.manifest(), null, "metadata"))
        .isEqualTo(Tree.set(first.manifest(), null, "metadata"));
  }

  @TestFactory
  Stream<DynamicTest> explicit_empties_of_other_kinds_come_to_rest() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {"podSelector {}", policy("podSelector: {}")},
          {"strategy {}", deployment("replicas: 0, strategy: {}")},
          {
            "Service selector {}",
            "{apiVersion: v1, kind: Service, metadata: {name: $name, namespace: $ns}, spec:"
                + " {selector: {}, externalIPs: [], ports: [{port: 80}]}}"
          },
          {
            "Ingress tls []",
            "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: $name, namespace:"
                + " $ns}, spec: {tls: [], rules: [], defaultBackend: {service: {name: s, port:"
                + " {number: 80}}}}}"
          },
          {
            "ServiceAccount imagePullSecrets []",
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: $name, namespace: $ns},"
                + " imagePullSecrets: [], secrets: []}"
          },
          {
            "ConfigMap data {}",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: $name, namespace: $ns}, data: {}}"
          },
        }) {
      cases.add(
          row[0],
          name -> {
            Manifest manifest = manifest(row[1].replace("$name", name));
            accepted(send(Request.Apply.of(manifest, "me")));
            assertThat(writes("me", manifest, false, 3)).isZero();
          });
    }
    return cases(cases);
  }

  @Test
  void two_who_order_the_same_list_otherwise_reorder_it_each_time() {
    String text =
        deployment("replicas: 0")
            .replace("$name", "web")
            .replace("image: i", "image: i, env: [{name: A}, {name: B}]");
    LiveObject last = applied("me", text);
    String other = text.replace("{name: A}, {name: B}", "{name: B}, {name: A}");
    List<Long> generations = new ArrayList<>(List.of(last.generation()));
    for (int i = 0; i < 2; i++) {
      generations.add(applied("you", other).generation());
      generations.add(applied("me", text).generation());
    }
    assertThat(generations).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void a_volume_claim_is_written_once_more_when_it_is_applied_again() {
    Manifest claim = manifest(CLAIM);
    accepted(send(Request.Apply.of(claim, "me")));
    assertThat(writes("me", claim, false, 1)).isEqualTo(1);
    assertThat(writes("me", claim, false, 2)).isZero();
  }

  @Test
  void a_namespace_without_anything_gets_its_first_owner_when_it_is_applied_again() {
    String name = namespace() + "-bare";
    String text = "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}";
    LiveObject made = applied("me", text);
    assertThat(managers(made)).doesNotContain("me:Apply");
    LiveObject again = applied("me", text);
    assertThat(managers(again)).contains("before-first-apply:Update");
    delete(made.key());
  }

  static List<String> managers(LiveObject object) {
    return ManagedFields.of(object.manifest()).entries().stream()
        .map((ManagedEntry entry) -> entry.manager() + ":" + entry.operation().text())
        .toList();
  }

  @Test
  void a_number_too_large_for_32_bits_is_cut_by_apply_and_refused_by_create() {
    String text = deployment("replicas: 4294967297").replace("$name", "many");
    LiveObject many = applied("me", text);
    assertThat(many.manifest().integer(0, "spec", "replicas")).isEqualTo(1);
    assertThat(create(text.replace("many", "more")).status()).isEqualTo(400);
    refused(apply("me", text.replace("4294967297", "3000000000")), 422, "Invalid");
  }
}
