package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is recorded of a write in {@code metadata.managedFields}, and under whose name. */
abstract class RecordingContract extends SettlingContract {
  static final String SETTINGS =
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: $ns}, data:"
          + " {colour: blue}}";

  static final String POD_TEMPLATE =
      "{apiVersion: v1, kind: PodTemplate, metadata: {name: pods, namespace: $ns}, template:"
          + " {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}";

  static final String SERVICE =
      "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: $ns}, spec: {ports: [{port:"
          + " 80}]}}";

  final ObjectKey settingsKey() {
    return key("ConfigMap", "settings");
  }

  final LiveObject edited(ObjectKey key, String manager, PatchOperation... operations) {
    return accepted(send(new Request.Patch(key, List.of(operations), manager, "")));
  }

  @Test
  void an_applier_is_a_manager_and_a_subresource_whatever_the_version() {
    String v2 =
        "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h, namespace:"
            + " $ns}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind:"
            + " Deployment, name: none}}}";
    applied("me", v2);
    LiveObject again = applied("me", v2.replace("autoscaling/v2", "autoscaling/v1"));
    assertThat(ManagedFields.of(again.manifest()).entries())
        .filteredOn(entry -> entry.subresource().isEmpty())
        .extracting(ManagedEntry::apiVersion)
        .containsExactly("autoscaling/v1");
  }

  @Test
  void who_applies_and_updates_under_one_name_is_two_managers_that_conflict() {
    applied("me", SETTINGS);
    edited(settingsKey(), "me", PatchOperation.add("/data/colour", "red"));
    Response answer = refused(apply("me", SETTINGS), 409, "Conflict");
    assertThat(answer.causes().get(0).get("message")).isEqualTo("conflict with \"me\" using v1");
  }

  @TestFactory
  Stream<DynamicTest> a_manager_has_a_printable_name_of_128_bytes() {
    return cases(
        new Cases()
            .add("none", name -> refused(apply("", SETTINGS), 422, "Invalid"))
            .add("129 bytes", name -> refused(apply("m".repeat(129), SETTINGS), 422, "Invalid"))
            .add("128 bytes", name -> applied("m".repeat(128), SETTINGS))
            .add("with a line end", name -> refused(apply("a\nb", SETTINGS), 422, "Invalid"))
            .add("Unicode", name -> applied("Größe ☸", SETTINGS)));
  }

  @Test
  void each_leaf_is_recorded_as_it_was_written() {
    LiveObject pods =
        applied("me", POD_TEMPLATE.replace("image: i", "image: i, env: [{name: A, value: \"\"}]"));
    String container = ".template.spec.containers[name=\"c\"]";
    assertThat(owned(pods, "me"))
        .containsExactlyInAnyOrder(
            ".template.metadata.labels.a",
            container,
            container + ".name",
            container + ".image",
            container + ".env[name=\"A\"]",
            container + ".env[name=\"A\"].name",
            container + ".env[name=\"A\"].value");
  }

  @Test
  void a_missing_key_of_a_keyed_list_is_filled_in_but_not_owned() {
    LiveObject web = applied("me", SERVICE);
    assertThat(owned(web, "me"))
        .contains(".spec.ports[port=80,protocol=\"TCP\"].port")
        .doesNotContain(".spec.ports[port=80,protocol=\"TCP\"].protocol");
  }

  @Test
  void what_the_server_itself_keeps_is_not_recorded() {
    Manifest text =
        manifest(SETTINGS)
            .with("2020-01-01T00:00:00Z", "metadata", "creationTimestamp")
            .with(7, "metadata", "generation")
            .with("x-", "metadata", "generateName");
    assertThat(owned(accepted(send(Request.Apply.of(text, "me"))), "me"))
        .containsExactlyInAnyOrder(".data.colour", ".metadata.generateName");
  }

  @Test
  void the_time_of_creation_inside_a_template_is_recorded() {
    String text =
        POD_TEMPLATE.replace("metadata: {labels", "metadata: {creationTimestamp: null, labels");
    assertThat(owned(applied("me", text), "me")).contains(".template.metadata.creationTimestamp");
  }

  @Test
  void managed_fields_cannot_be_applied() {
    applied("me", SETTINGS);
    Manifest text = manifest(SETTINGS).with(List.of(Map.of()), "metadata", "managedFields");
    refused(send(Request.Apply.of(text, "me")), 400, "BadRequest");
  }

  @Test
  void an_update_also_owns_the_maps_and_items_that_it_makes() {
    applied("me", SETTINGS);
    LiveObject edited =
        edited(settingsKey(), "editor", PatchOperation.add("/metadata/labels", Map.of("a", "b")));
    assertThat(owners(edited, "metadata", "labels")).containsExactly("editor:Update");
    LiveObject labelled =
        applied("me", SETTINGS.replace("namespace: $ns", "namespace: $ns, annotations: {a: b}"));
    assertThat(owners(labelled, "metadata", "annotations")).isEmpty();
    assertThat(owners(labelled, "metadata", "annotations", "a")).containsExactly("me:Apply");
  }

  @Test
  void who_only_joins_or_leaves_the_owners_changes_no_time() {
    LiveObject made = applied("me", SETTINGS.replace("blue", "blue, size: \"9\""));
    LiveObject joined = applied("you", SETTINGS.replace("blue", "blue, size: \"9\""));
    assertThat(entry(joined, "you").time()).isNull();
    LiveObject left = applied("me", SETTINGS);
    assertThat(left.resourceVersion()).isNotEqualTo(joined.resourceVersion());
    assertThat(entry(left, "me").time()).isEqualTo(entry(made, "me").time());
  }

  private static ManagedEntry entry(LiveObject object, String manager) {
    return ManagedFields.of(object.manifest()).applier(manager, "").orElseThrow();
  }

  @Test
  void above_ten_updaters_the_oldest_are_one() {
    applied("me", SETTINGS);
    for (int i = 0; i < 12; i++) {
      edited(settingsKey(), "updater-" + i, PatchOperation.add("/data/k" + i, "v"));
    }
    List<String> managers = managers(get(settingsKey()));
    assertThat(managers).contains("ancient-changes:Update", "me:Apply").hasSize(11);
    for (int i = 0; i < 12; i++) {
      applied("applier-" + i, SETTINGS);
    }
    assertThat(managers(get(settingsKey()))).hasSize(23);
  }

  @Test
  void who_owns_the_replicas_is_there_twice_after_scaling_to_the_same_until_the_next_write() {
    String set = // its controller writes once, and no more
        Texts.deployment("", "").replace("$name", "web").replace("Deployment", "ReplicaSet");
    LiveObject web = accepted(create(set));
    String label =
        "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web, namespace: $ns, labels: {a:"
            + " b}}}";
    applied("me", label);
    awaitObject(web.key(), status("observedGeneration", 1));
    accepted(
        send(
            new Request.Patch(
                web.key(), List.of(PatchOperation.add("/spec/replicas", 0)), "scaler", "scale")));
    assertThat(entries(get(web.key()), "creator")).isEqualTo(2);
    assertThat(entries(applied("me", label), "creator")).isEqualTo(1);
    assertThat(owners(get(web.key()), "spec", "replicas")).isEmpty();
  }

  private static long entries(LiveObject object, String manager) {
    return Tree.objects(object.manifest(), "metadata", "managedFields").stream()
        .filter(entry -> manager.equals(entry.get("manager")))
        .count();
  }

  @Test
  void who_applies_to_an_object_without_owners_finds_one_for_all_that_is_there() {
    LiveObject made = applied("me", SETTINGS);
    Manifest forgotten = made.manifest().with(List.of(), "metadata", "managedFields");
    accepted(send(new Request.Replace(forgotten, "eraser", "")));
    assertThat(managers(get(settingsKey()))).isEmpty();
    LiveObject again = applied("you", SETTINGS);
    assertThat(owners(again, "data", "colour"))
        .containsExactly("before-first-apply:Update", "you:Apply");
  }

  @Test
  void what_was_applied_without_any_field_does_not_track_who_updates_it() {
    String bare = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: $ns}}";
    assertThat(managers(applied("me", bare))).isEmpty();
    LiveObject edited =
        edited(settingsKey(), "editor", PatchOperation.add("/data", Map.of("colour", "red")));
    assertThat(managers(edited)).isEmpty();
  }

  @Test
  void what_html_could_misread_is_escaped_in_the_names_of_items() {
    LiveObject robot =
        applied(
            "me",
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, namespace: $ns},"
                + " secrets: [{name: \"<a>&b\"}]}");
    assertThat(Tree.objects(robot.manifest(), "metadata", "managedFields"))
        .extracting(entry -> Trees.object(Trees.get(entry, "fieldsV1", "f:secrets")).keySet())
        .containsExactly(Set.of("k:{\"name\":\"\\u003ca\\u003e\\u0026b\"}"));
    assertThat(owned(robot, "me")).containsExactly(".secrets[name=\"<a>&b\"]");
  }
}
