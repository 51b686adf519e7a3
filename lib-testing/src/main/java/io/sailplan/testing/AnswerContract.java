package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Propagation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the server answers to applies that carry preconditions, go wrong, or are only tried. */
abstract class AnswerContract extends TakeoverContract {
  private static final String OTHER = "6b2dd0f1-2c55-4d7d-8c1e-6a1c0b5a0000";

  private Response at(String field, String value) {
    return send(Request.Apply.of(manifest(SETTINGS).with(value, "metadata", field), "me"));
  }

  @Test
  void a_version_does_not_hinder_creation() {
    assertThat(at("resourceVersion", "77").status()).isEqualTo(201);
  }

  @Test
  void a_uid_hinders_creation() {
    Response answer = refused(at("uid", OTHER), 409, "Conflict");
    assertThat(answer.message()).contains("uid mismatch", "no existing object was found");
  }

  @TestFactory
  Stream<DynamicTest> a_version_of_a_present_object_is_compared_unless_it_says_nothing() {
    return cases(
        new Cases()
            .add("stale, though nothing changes", name -> modified(version("1")))
            .add("0", name -> accepted(version("0")))
            .add("empty", name -> accepted(version("")))
            .add("no number", name -> assertThat(version("abc").status()).isEqualTo(500)));
  }

  private LiveObject present() {
    return applied("me", SETTINGS);
  }

  /** Applies what is there already, with a version. */
  private Response version(String version) {
    present();
    return at("resourceVersion", version);
  }

  private void modified(Response answer) {
    assertThat(refused(answer, 409, "Conflict").message()).contains("the object has been modified");
  }

  @Test
  void the_right_uid_is_accepted_and_not_recorded() {
    LiveObject mine = present();
    LiveObject again = accepted(at("uid", mine.uid()));
    assertThat(owned(again, "me")).containsExactly(".data.colour");
    assertThat(again.resourceVersion()).isEqualTo(mine.resourceVersion());
  }

  @Test
  void a_name_is_needed_to_apply() {
    Manifest unnamed =
        manifest(SETTINGS).without("metadata", "name").with("s-", "metadata", "generateName");
    assertThat(send(Request.Apply.of(unnamed, "me")).status()).isIn(400, 405);
  }

  @Test
  void a_terminating_namespace_still_lets_its_objects_be_changed() {
    String name = namespace() + "-going";
    ObjectKey key = new ObjectKey("", "Namespace", "", name);
    applied("me", "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    String held =
        SETTINGS.replace("namespace: $ns", "namespace: " + name + ", finalizers: [s.io/hold]");
    applied("me", held);
    delete(key);
    LiveObject changed = applied("me", held.replace("blue", "red"));
    assertThat(changed.manifest().string("data", "colour")).isEqualTo("red");
    edited(changed.key(), "holder", PatchOperation.remove("/metadata/finalizers"));
    awaitGone(key);
  }

  @Test
  void a_try_to_create_has_no_version_and_another_uid_each_time() {
    Request.Apply dry = new Request.Apply(manifest(SETTINGS), "me", false, "", true);
    LiveObject one = accepted(send(dry));
    LiveObject other = accepted(send(dry));
    assertThat(one.resourceVersion()).isEmpty();
    assertThat(one.uid()).isNotEmpty().isNotEqualTo(other.uid());
  }

  @Test
  void a_try_to_change_keeps_the_version_and_raises_the_generation() {
    String web =
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web, namespace: $ns}, spec:"
            + " {replicas: 0, serviceName: s, selector: {matchLabels: {a: b}}, template: {metadata:"
            + " {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}";
    LiveObject made = applied("me", web);
    LiveObject seen = awaitObject(made.key(), status("observedGeneration", 1));
    Manifest next = manifest(web.replace("image: i", "image: j"));
    LiveObject tried = accepted(send(new Request.Apply(next, "me", false, "", true)));
    assertThat(tried.resourceVersion()).isEqualTo(seen.resourceVersion());
    assertThat(tried.generation()).isEqualTo(seen.generation() + 1);
    Manifest same = manifest(web);
    LiveObject nothing = accepted(send(new Request.Apply(same, "me", false, "", true)));
    assertThat(nothing.manifest().get("spec")).isEqualTo(seen.manifest().get("spec"));
    assertThat(nothing.generation()).isEqualTo(seen.generation());
  }

  @Test
  void a_service_that_is_only_tried_has_an_address_and_a_port_that_stand_for_others() {
    String web = SERVICE.replace("{ports", "{type: NodePort, ports");
    LiveObject tried = accepted(send(new Request.Apply(manifest(web), "me", false, "", true)));
    assertThat(tried.manifest().string("spec", "clusterIP")).endsWith(".96.0.0");
    assertThat(Tree.integer(Tree.objects(tried.manifest(), "spec", "ports").get(0), 0, "nodePort"))
        .isEqualTo(32_769);
  }

  @Test
  void different_values_of_data_and_text_never_conflict_and_the_last_write_wins() {
    String secret =
        "{apiVersion: v1, kind: Secret, metadata: {name: door, namespace: $ns}, data: {k: eA==}}";
    applied("me", secret);
    String text = secret.replace("data: {k: eA==}", "stringData: {k: z}");
    LiveObject written = applied("you", text);
    assertThat(written.manifest().string("data", "k")).isEqualTo("eg==");
    LiveObject left = applied("you", text.replace(", stringData: {k: z}", ""));
    assertThat(left.manifest().string("data", "k")).isEqualTo("eg==");
  }

  @Test
  void an_object_whose_owner_does_not_exist_is_collected() {
    String owned =
        SETTINGS.replace(
            "namespace: $ns",
            "namespace: $ns, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: gone, uid: "
                + OTHER
                + "}]");
    applied("me", owned);
    awaitGone(settingsKey());
  }

  @Test
  void a_failed_precondition_of_a_deletion_names_the_kind() {
    present();
    Response answer = send(new Request.Delete(settingsKey(), OTHER, "", Propagation.BACKGROUND));
    refused(answer, 409, "Conflict");
    assertThat(answer.message()).contains("does not match the UID in record");
    assertThat(answer.object().manifest().string("details", "kind")).isEqualTo("ConfigMap");
  }

  @TestFactory
  Stream<DynamicTest> a_deletion_that_has_to_wait_answers_with_the_object() {
    Cases cases = new Cases();
    for (Propagation propagation : List.of(Propagation.FOREGROUND, Propagation.ORPHAN)) {
      cases.add(
          propagation.toString(),
          name -> {
            String text =
                SETTINGS.replace(
                    "name: settings, namespace: $ns",
                    "name: " + name + ", namespace: $ns, finalizers: [s.io/hold]");
            LiveObject made = applied("me", text);
            LiveObject going = accepted(delete(made.key(), propagation));
            assertThat(going.isTerminating()).isTrue();
            assertThat(going.finalizers())
                .contains(propagation == Propagation.ORPHAN ? "orphan" : "foregroundDeletion");
            applied("me", text.replace("blue", "red"));
            edited(made.key(), "holder", PatchOperation.remove("/metadata/finalizers"));
          });
    }
    return cases(cases);
  }
}
