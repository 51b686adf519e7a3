package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Server-side apply: what it changes, who owns what afterwards, and what it refuses. */
abstract class ApplyingContract extends PreconditionContract {
  private static final String SETTINGS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: $ns}
      data: {colour: blue, size: "9"}
      """;

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: $ns}
      spec:
        replicas: 0
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - {name: main, image: "shop/web:1", env: [{name: A, value: "1"}]}
      """;

  private ObjectKey settings() {
    return key("ConfigMap", "settings");
  }

  @Test
  void applying_what_is_absent_creates_it() {
    Response answer = apply("me", SETTINGS);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(owners(answer.object(), "data", "colour")).containsExactly("me:Apply");
  }

  @Test
  void applying_the_same_again_writes_nothing() {
    LiveObject first = applied("me", SETTINGS);
    Response again = apply("me", SETTINGS);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.object().resourceVersion()).isEqualTo(first.resourceVersion());
    assertThat(again.object().manifest()).isEqualTo(first.manifest());
  }

  @Test
  void applying_the_same_workload_again_writes_nothing() {
    LiveObject first = applied("me", WEB);
    await(
        "the controller has seen it", () -> status("observedGeneration", 1).test(get(first.key())));
    LiveObject seen = get(first.key());
    assertThat(applied("me", WEB).resourceVersion()).isEqualTo(seen.resourceVersion());
  }

  @Test
  void a_changed_value_is_changed() {
    applied("me", SETTINGS);
    LiveObject changed = applied("me", SETTINGS.replace("blue", "red"));
    assertThat(changed.manifest().string("data", "colour")).isEqualTo("red");
    assertThat(changed.manifest().string("data", "size")).isEqualTo("9");
  }

  @Test
  void what_the_only_owner_leaves_out_is_removed() {
    applied("me", SETTINGS);
    LiveObject less = applied("me", SETTINGS.replace(", size: \"9\"", ""));
    assertThat(less.manifest().get("data")).isEqualTo(Map.of("colour", "blue"));
  }

  @Test
  void what_another_owns_as_well_stays() {
    applied("me", SETTINGS);
    applied("you", SETTINGS);
    LiveObject less = applied("me", SETTINGS.replace(", size: \"9\"", ""));
    assertThat(less.manifest().string("data", "size")).isEqualTo("9");
    assertThat(owners(less, "data", "size")).containsExactly("you:Apply");
  }

  @Test
  void the_same_value_is_owned_by_both() {
    applied("me", SETTINGS);
    LiveObject shared = applied("you", SETTINGS);
    assertThat(owners(shared, "data", "colour")).containsExactly("me:Apply", "you:Apply");
  }

  @Test
  void another_value_is_a_conflict_that_names_owner_and_field() {
    LiveObject mine = applied("me", SETTINGS);
    Response answer = apply("you", SETTINGS.replace("blue", "red"));
    refused(answer, 409, "Conflict");
    assertThat(answer.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"me\": .data.colour");
    assertThat(answer.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.get("reason")).isEqualTo("FieldManagerConflict");
              assertThat(cause.get("field")).isEqualTo(".data.colour");
              assertThat(cause.get("message")).isEqualTo("conflict with \"me\"");
            });
    assertThat(get(settings()).resourceVersion()).isEqualTo(mine.resourceVersion());
  }

  @Test
  void each_field_in_conflict_is_a_cause() {
    applied("me", SETTINGS);
    Response answer = apply("you", SETTINGS.replace("blue", "red").replace("\"9\"", "\"8\""));
    refused(answer, 409, "Conflict");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("field"))
        .containsExactlyInAnyOrder(".data.colour", ".data.size");
  }

  @Test
  void force_takes_the_field_and_only_that() {
    applied("me", SETTINGS);
    LiveObject taken = accepted(force("you", SETTINGS.replace("blue", "red")));
    assertThat(taken.manifest().string("data", "colour")).isEqualTo("red");
    assertThat(owners(taken, "data", "colour")).containsExactly("you:Apply");
    assertThat(owners(taken, "data", "size")).containsExactly("me:Apply", "you:Apply");
  }

  @Test
  void who_lost_a_field_by_force_does_not_remove_it_by_leaving_it_out() {
    applied("me", SETTINGS);
    accepted(force("you", SETTINGS.replace("blue", "red")));
    LiveObject less = applied("me", SETTINGS.replace("colour: blue, ", ""));
    assertThat(less.manifest().string("data", "colour")).isEqualTo("red");
  }

  @Test
  void a_field_that_an_update_changed_belongs_to_the_updater() {
    applied("me", SETTINGS);
    accepted(
        send(
            new Request.Patch(
                settings(), List.of(PatchOperation.add("/data/colour", "red")), "editor", "")));
    assertThat(owners(get(settings()), "data", "colour")).containsExactly("editor:Update");
    Response answer = apply("me", SETTINGS);
    refused(answer, 409, "Conflict");
    assertThat(answer.causes().get(0).get("message"))
        .isEqualTo("conflict with \"editor\" using v1");
  }

  @Test
  void a_field_that_an_update_removed_comes_back_without_conflict() {
    applied("me", SETTINGS);
    accepted(
        send(
            new Request.Patch(
                settings(), List.of(PatchOperation.remove("/data/size")), "editor", "")));
    LiveObject again = applied("me", SETTINGS);
    assertThat(again.manifest().string("data", "size")).isEqualTo("9");
  }

  @Test
  void what_was_scaled_by_another_conflicts_with_the_old_number() {
    LiveObject web = applied("me", WEB);
    accepted(
        send(
            new Request.Patch(
                web.key(), List.of(PatchOperation.add("/spec/replicas", 2)), "scaler", "scale")));
    Response answer = apply("me", WEB);
    refused(answer, 409, "Conflict");
    assertThat(answer.message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"scaler\" with subresource \"scale\""
                + " using apps/v1: .spec.replicas");
    LiveObject without = applied("me", WEB.replace("  replicas: 0\n", ""));
    assertThat(without.manifest().integer(0, "spec", "replicas")).isEqualTo(2);
  }

  @Test
  void replicas_that_nobody_else_set_fall_back_to_one() {
    applied("me", WEB.replace("replicas: 0", "replicas: 2"));
    LiveObject without = applied("me", WEB.replace("  replicas: 0\n", ""));
    assertThat(without.manifest().integer(0, "spec", "replicas")).isEqualTo(1);
  }

  @Test
  void items_of_a_keyed_list_are_owned_one_by_one() {
    applied("me", WEB);
    String more = WEB.replace("[{name: A, value: \"1\"}]", "[{name: B, value: \"2\"}]");
    LiveObject both = applied("you", more);
    assertThat(environment(both)).containsExactlyInAnyOrder("A=1", "B=2");
    LiveObject mine = applied("me", WEB.replace(", env: [{name: A, value: \"1\"}]", ""));
    assertThat(environment(mine)).containsExactly("B=2");
  }

  private static List<String> environment(LiveObject web) {
    Map<String, ?> container =
        Tree.objects(web.manifest(), "spec", "template", "spec", "containers").get(0);
    return io.sailplan.model.Trees.list(container.get("env")).stream()
        .map(io.sailplan.model.Trees::object)
        .map(variable -> variable.get("name") + "=" + variable.get("value"))
        .toList();
  }

  @Test
  void an_unknown_field_is_a_permanent_failure_of_the_server() {
    Response answer = apply("me", WEB.replace("replicas: 0", "repl: 0"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.reason()).isEmpty();
    assertThat(answer.message()).contains(".spec.repl: field not declared in schema");
  }

  @Test
  void two_items_with_the_same_key_are_a_permanent_failure_of_the_server() {
    Response answer =
        apply(
            "me", WEB.replace("[{name: A, value: \"1\"}]", "[{name: A, value: \"1\"}, {name: A}]"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.message()).contains("duplicate entries for key [name=\"A\"]");
  }

  @Test
  void applying_in_a_namespace_that_does_not_exist_is_refused() {
    refused(apply("me", SETTINGS.replace("$ns", "no-such-namespace")), 404, "NotFound");
  }

  @Test
  void a_field_manager_is_needed() {
    refused(apply("", SETTINGS), 422, "Invalid");
  }

  @Test
  void ownership_alone_changes_the_version_but_not_the_generation() {
    LiveObject first = applied("me", WEB);
    LiveObject shared = applied("you", WEB);
    assertThat(shared.generation()).isEqualTo(first.generation());
    assertThat(shared.resourceVersion()).isNotEqualTo(first.resourceVersion());
  }

  @Test
  void quantities_are_stored_in_canonical_form() {
    String text =
        WEB.replace(
            "env: [{name: A, value: \"1\"}]",
            "resources: {requests: {cpu: 1000m, memory: 1024Mi}}");
    LiveObject web = applied("me", text);
    Map<String, ?> container =
        Tree.objects(web.manifest(), "spec", "template", "spec", "containers").get(0);
    assertThat(io.sailplan.model.Trees.get(container, "resources", "requests"))
        .isEqualTo(Map.of("cpu", "1", "memory", "1Gi"));
    assertThat(applied("me", text).generation()).isEqualTo(web.generation());
  }

  @Test
  void controllers_own_what_they_write_as_updates_of_the_status() {
    LiveObject web = applied("me", WEB);
    LiveObject seen = awaitObject(web.key(), status("observedGeneration", 1));
    assertThat(ManagedFields.of(seen.manifest()).entries())
        .filteredOn(entry -> entry.subresource().equals("status"))
        .extracting(ManagedEntry::manager)
        .containsExactly("kube-controller-manager");
  }

  @Test
  void a_status_can_be_applied_by_its_subresource_only() {
    LiveObject web = applied("me", WEB);
    String status =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: $ns}
        status: {collisionCount: 7}
        """;
    LiveObject written =
        accepted(send(new Request.Apply(manifest(status), "judge", true, "status", false)));
    assertThat(written.manifest().integer(0, "status", "collisionCount")).isEqualTo(7);
    assertThat(written.generation()).isEqualTo(web.generation());
    assertThat(owners(written, "status", "collisionCount")).containsExactly("judge:Apply/status");
  }
}
