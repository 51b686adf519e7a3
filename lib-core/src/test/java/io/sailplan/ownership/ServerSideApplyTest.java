package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each sentence is one of a real API server; see {@link RealServerTest} for the comparison with
 * one.
 */
class ServerSideApplyTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: a, namespace: d}
      spec:
        replicas: 2
        selector: {matchLabels: {a: b}}
        template:
          metadata: {labels: {a: b}}
          spec:
            containers:
            - {name: a, image: x, env: [{name: A, value: "1"}]}
      """;

  private static Manifest config(String data) {
    return Kinds.yaml(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: d}, " + data + "}");
  }

  private static Manifest deployment() {
    return Kinds.yaml(DEPLOYMENT);
  }

  private static List<String> containers(Manifest object) {
    List<String> names = new ArrayList<>();
    for (Object item : Trees.list(object.get("spec", "template", "spec", "containers"))) {
      names.add(Trees.string(Trees.get(item, "name")));
    }
    return names;
  }

  private static Manifest withContainers(String... names) {
    List<Map<String, Object>> containers = new ArrayList<>();
    for (String name : names) {
      containers.add(Map.of("name", name, "image", "x"));
    }
    return deployment().with(containers, "spec", "template", "spec", "containers");
  }

  @Test
  void a_new_object_is_owned_as_it_is_written() {
    Manifest created = Kinds.applied(null, deployment(), "t");
    assertThat(Json.write(ManagedFields.of(created).entries().get(0).fields().toFieldsV1()))
        .isEqualTo(
            "{\"f:spec\":{\"f:replicas\":{},\"f:selector\":{},\"f:template\":{\"f:metadata\":{\"f:labels\":{\"f:a\":{}}},"
                + "\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"a\\\"}\":{\".\":{},\"f:env\":{"
                + "\"k:{\\\"name\\\":\\\"A\\\"}\":{\".\":{},\"f:name\":{},\"f:value\":{}}},\"f:image\":{},"
                + "\"f:name\":{}}}}}}}");
    assertThat(created.integer(0, "metadata", "generation")).isEqualTo(1);
    assertThat(created.get("spec", "strategy", "rollingUpdate", "maxSurge")).isEqualTo("25%");
  }

  @Test
  void the_same_apply_again_writes_nothing() {
    for (Manifest seed : Seeds.all()) {
      boolean restless =
          List.of("NetworkPolicy", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
              .contains(seed.kind());
      Manifest live = Kinds.applied(null, seed, "t");
      ApplyResult again =
          ServerSideApply.apply(ApplyRequest.of(live, seed, "t", Kinds.of(seed), Kinds.LATER));
      assertThat(again).isInstanceOf(ApplyResult.Applied.class);
      ApplyResult.Applied applied = (ApplyResult.Applied) again;
      boolean bare = ManagedFields.of(live).isEmpty();
      assertThat(applied.spec()).as(seed.key().toString()).isFalse();
      assertThat(applied.changed() && !bare && !restless).as(seed.key().toString()).isFalse();
    }
  }

  @Test
  void real_applications_applied_again_write_nothing() {
    if (!java.nio.file.Files.isDirectory(Seeds.applications())) {
      System.err.println(
          "SKIPPED: no applications in " + Seeds.applications() + "; set -Dsailplan.data");
      org.junit.jupiter.api.Assumptions.abort("set -Dsailplan.data");
    }
    Seeds.ofApplications()
        .forEach(
            (name, objects) -> {
              ShapeCatalog catalog =
                  ShapeCatalog.builtIn()
                      .withCustomResources(
                          objects.stream()
                              .filter(object -> object.kind().equals("CustomResourceDefinition"))
                              .toList());
              for (Manifest object : objects) {
                KindShape shape = catalog.find(object).orElseThrow();
                Manifest live =
                    Kinds.object(
                        ServerSideApply.apply(
                            ApplyRequest.of(null, object, "t", shape, Kinds.NOW)));
                ApplyResult again =
                    ServerSideApply.apply(ApplyRequest.of(live, object, "t", shape, Kinds.LATER));
                boolean tracked = !ManagedFields.of(live).isEmpty();
                assertThat(((ApplyResult.Applied) again).changed() && tracked)
                    .as(object.key().toString())
                    .isFalse();
              }
            });
  }

  @Test
  void another_value_of_an_owned_field_conflicts_and_force_takes_it() {
    Manifest live = Kinds.applied(null, config("data: {a: '1', b: '1'}"), "one");
    ApplyResult refused = Kinds.apply(live, config("data: {a: '2'}"), "two");
    assertThat(refused).isInstanceOf(ApplyResult.Conflicted.class);
    assertThat(((ApplyResult.Conflicted) refused).message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.a");
    Manifest taken =
        Kinds.object(
            ServerSideApply.apply(
                ApplyRequest.of(
                        live,
                        config("data: {a: '2'}"),
                        "two",
                        Kinds.of("v1", "ConfigMap"),
                        Kinds.LATER)
                    .forced()));
    assertThat(Kinds.owners(taken)).isEqualTo("one Apply: .data.b\ntwo Apply: .data.a\n");
  }

  @Test
  void the_same_value_is_shared_and_stays_until_the_last_owner_drops_it() {
    Manifest live = Kinds.applied(null, config("data: {a: '1'}"), "one");
    live = Kinds.applied(live, config("data: {a: '1'}"), "two");
    assertThat(ManagedFields.of(live).ownersOf(FieldPath.of("data", "a"))).hasSize(2);
    live = Kinds.applied(live, config("data: {b: '1'}"), "one");
    assertThat(live.string("data", "a")).isEqualTo("1");
    live = Kinds.applied(live, config("data: {c: '1'}"), "two");
    assertThat(live.get("data", "a")).isNull();
  }

  @Test
  void an_entry_that_only_shares_has_no_time() {
    Manifest live = Kinds.applied(null, config("data: {a: '1'}"), "one");
    live = Kinds.applied(live, config("data: {a: '1'}"), "two");
    assertThat(ManagedFields.of(live).applier("two", "").orElseThrow().time()).isNull();
    assertThat(ManagedFields.of(live).applier("one", "").orElseThrow().time()).isEqualTo(Kinds.NOW);
  }

  @Test
  void an_applier_and_an_updater_of_one_name_are_two_managers() {
    Manifest live = Kinds.applied(null, config("data: {a: '1'}"), "one");
    live = Kinds.updated(live, live.with("2", "data", "a"), "one");
    ApplyResult refused = Kinds.apply(live, config("data: {a: '1'}"), "one");
    assertThat(((ApplyResult.Conflicted) refused).conflicts().get(0))
        .hasToString(".data.a: conflict with \"one\" using v1");
  }

  @Test
  void what_another_deleted_is_restored_without_conflict() {
    Manifest live = Kinds.applied(null, config("data: {a: '1', b: '1'}"), "one");
    live = Kinds.updated(live, live.without("data", "a"), "other");
    assertThat(Kinds.owners(live)).isEqualTo("one Apply: .data.b\n");
    live = Kinds.applied(live, config("data: {a: '1', b: '1'}"), "one");
    assertThat(live.string("data", "a")).isEqualTo("1");
  }

  @Test
  void a_dropped_field_falls_back_to_its_default() {
    Manifest live = Kinds.applied(null, deployment(), "t");
    live = Kinds.applied(live, deployment().without("spec", "replicas"), "t");
    assertThat(live.get("spec", "replicas")).isEqualTo(1L);
    assertThat(live.integer(0, "metadata", "generation")).isEqualTo(2);
  }

  @Test
  void what_scale_set_conflicts_in_its_own_words_and_stays_when_dropped() {
    KindShape shape = Kinds.of("apps/v1", "Deployment");
    Manifest live = Kinds.applied(null, deployment(), "t");
    live =
        Kinds.object(
            ServerSideUpdate.update(
                UpdateRequest.of(
                        live, live.with(5, "spec", "replicas"), "kubectl", shape, Kinds.LATER)
                    .on("scale")));
    ApplyResult refused = Kinds.apply(live, deployment(), "t");
    assertThat(((ApplyResult.Conflicted) refused).conflicts().get(0).message())
        .isEqualTo("conflict with \"kubectl\" with subresource \"scale\" using apps/v1");
    live = Kinds.applied(live, deployment().without("spec", "replicas"), "t");
    assertThat(live.get("spec", "replicas")).isEqualTo(5L);
  }

  @ParameterizedTest
  @CsvSource({
    "A B C, X B Y, A X B C Y",
    "A B C, C B A, C B A",
    "A B, C, A B C",
    "A B C D, D A, B C D A",
    "A, A, A",
    "B, A B C, A B C"
  })
  void lists_keep_what_others_own_and_take_the_written_order(
      String live, String written, String merged) {
    Manifest first = Kinds.applied(null, withContainers(lower(live)), "one");
    Manifest second = Kinds.applied(first, withContainers(lower(written)), "two");
    assertThat(String.join(" ", containers(second)))
        .isEqualTo(merged.toLowerCase(java.util.Locale.ROOT));
  }

  private static String[] lower(String names) {
    return names.toLowerCase(java.util.Locale.ROOT).split(" ");
  }

  @Test
  void dropping_a_parent_drops_what_nobody_owns_below_it() {
    Manifest live = Kinds.applied(null, config("data: {a: '1'}"), "one");
    Manifest touched = live.with("x", "data", "orphan");
    assertThat(Kinds.applied(touched, config("binaryData: {}"), "one").get("data")).isNull();
    assertThat(Kinds.applied(touched, config("data: {}"), "one").get("data"))
        .isEqualTo(Map.of("orphan", "x"));
  }

  @Test
  void null_means_owned_and_empty_and_does_not_delete() {
    Manifest live = Kinds.applied(null, deployment(), "t");
    Manifest again =
        Kinds.applied(live, deployment().with(null, "spec", "strategy", "rollingUpdate"), "t");
    assertThat(again.get("spec", "strategy", "rollingUpdate", "maxSurge")).isEqualTo("25%");
    assertThat(Kinds.owners(again)).contains(".spec.strategy.rollingUpdate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{spec: {repl: 1}}|.spec.repl: field not declared in schema",
        "{spec: {replicas: a}}|.spec.replicas: expected numeric (int or float), got string",
        "{spec: {template: {spec: {containers: [{name: a}, {name: a}]}}}}|.spec.template.spec.containers: duplicate"
            + " entries for key [name=\"a\"]",
      })
  void what_does_not_fit_the_schema_is_refused_for_good(String text, String message) {
    Manifest bad =
        Kinds.yaml(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: d}, "
                + text.substring(1));
    ApplyResult refused = Kinds.apply(null, bad, "t");
    assertThat(refused)
        .isEqualTo(
            new ApplyResult.Rejected(
                500,
                "",
                "failed to create typed patch object (d/a; apps/v1, Kind=Deployment): " + message));
  }

  @Test
  void a_number_that_does_not_fit_is_cut_without_an_error() {
    Manifest live = Kinds.applied(null, deployment().with(4294967297L, "spec", "replicas"), "t");
    assertThat(live.get("spec", "replicas")).isEqualTo(1L);
  }

  @Test
  void text_of_a_secret_never_conflicts_with_data() {
    Manifest live =
        Kinds.applied(
            null,
            Kinds.yaml("{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: b}}"),
            "one");
    assertThat(live.get("data")).isEqualTo(Map.of("a", "Yg=="));
    assertThat(Kinds.owners(live)).isEqualTo("one Apply: .stringData.a\n");
    live =
        Kinds.applied(
            live,
            Kinds.yaml("{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: Yw==}}"),
            "two");
    assertThat(live.get("data")).isEqualTo(Map.of("a", "Yw=="));
  }

  @Test
  void an_explicit_empty_list_in_a_network_policy_never_settles() {
    Manifest policy =
        Kinds.yaml(
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: d},"
                + " spec: {podSelector: {}, ingress: []}}");
    Manifest live = Kinds.applied(null, policy, "t");
    Manifest again = Kinds.applied(live, policy, "t");
    assertThat(again.integer(0, "metadata", "generation")).isEqualTo(2);
    Manifest canonical = Canonical.canonical(policy, Kinds.of(policy));
    Manifest settled = Kinds.applied(null, canonical, "t");
    assertThat(Kinds.applied(settled, canonical, "t")).isEqualTo(settled);
  }

  @Test
  void an_object_that_nobody_manages_belongs_to_whoever_was_there_before() {
    Manifest live =
        Kinds.applied(null, config("data: {a: '1'}"), "one")
            .without("metadata", "managedFields")
            .with("u", "metadata", "uid");
    Manifest next = Kinds.applied(live, config("data: {b: '2'}"), "two");
    assertThat(Kinds.owners(next))
        .isEqualTo("two Apply: .data.b\nbefore-first-apply Update: .data .data.a\n");
  }

  @Test
  void a_uid_or_version_in_what_is_written_says_which_object_is_meant() {
    Manifest live =
        Kinds.applied(null, config("data: {a: '1'}"), "one")
            .with("u", "metadata", "uid")
            .with("7", "metadata", "resourceVersion");
    Manifest desired = config("data: {a: '2'}");
    assertThat(status(null, desired.with("u", "metadata", "uid"))).isEqualTo(409);
    assertThat(status(live, desired.with("v", "metadata", "uid"))).isEqualTo(422);
    assertThat(status(live, desired.with("1", "metadata", "resourceVersion"))).isEqualTo(409);
    assertThat(status(live, desired.with("0", "metadata", "resourceVersion"))).isEqualTo(200);
    assertThat(status(null, desired.with("1", "metadata", "resourceVersion"))).isEqualTo(200);
    assertThat(status(live, desired.with("u", "metadata", "uid"))).isEqualTo(200);
  }

  private static int status(Manifest live, Manifest desired) {
    ApplyResult result = Kinds.apply(live, desired, "one");
    return result instanceof ApplyResult.Rejected rejected ? rejected.status() : 200;
  }
}
