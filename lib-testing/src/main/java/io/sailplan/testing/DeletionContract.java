package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Propagation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deleting: preconditions, finalizers, and what becomes of the objects that others own. */
abstract class DeletionContract extends AdoptingContract {
  private static final String SETTINGS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: $ns}
      data: {colour: blue}
      """;

  private static final String HELD =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: $ns, finalizers: [contract.sailplan.io/hold]}
      """;

  private ObjectKey settings() {
    return key("ConfigMap", "settings");
  }

  private ObjectKey child() {
    return key("ConfigMap", "child");
  }

  private LiveObject childOf(LiveObject owner, String more) {
    return applied(
        "me",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: child
          namespace: $ns
          ownerReferences:
            - {apiVersion: v1, kind: ConfigMap, name: %s, uid: %s%s}
        """
            .formatted(owner.key().name(), owner.uid(), more));
  }

  private void release(ObjectKey key) {
    accepted(
        send(
            new Request.Patch(
                key, List.of(PatchOperation.remove("/metadata/finalizers")), "holder", "")));
  }

  @Test
  void what_is_deleted_is_gone() {
    LiveObject made = applied("me", SETTINGS);
    Response answer = delete(settings());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object().manifest().string("status")).isEqualTo("Success");
    assertThat(answer.object().manifest().string("details", "uid")).isEqualTo(made.uid());
    assertThat(find(settings())).isEmpty();
  }

  @Test
  void deleting_what_does_not_exist_is_not_found() {
    refused(delete(settings()), 404, "NotFound");
  }

  @Test
  void another_uid_keeps_the_object() {
    applied("me", SETTINGS);
    Response answer =
        send(
            new Request.Delete(
                settings(), "6b2dd0f1-2c55-4d7d-8c1e-6a1c0b5a0000", "", Propagation.BACKGROUND));
    refused(answer, 409, "Conflict");
    assertThat(answer.message()).contains("the UID in the precondition");
    assertThat(find(settings())).isPresent();
  }

  @Test
  void an_old_version_keeps_the_object() {
    LiveObject first = applied("me", SETTINGS);
    applied("me", SETTINGS.replace("blue", "red"));
    Response answer =
        send(
            new Request.Delete(
                settings(), first.uid(), first.resourceVersion(), Propagation.BACKGROUND));
    refused(answer, 409, "Conflict");
    assertThat(answer.message()).contains("the ResourceVersion in the precondition");
    assertThat(find(settings())).isPresent();
  }

  @Test
  void the_right_uid_and_version_delete_the_object() {
    LiveObject made = applied("me", SETTINGS);
    accepted(
        send(
            new Request.Delete(
                settings(), made.uid(), made.resourceVersion(), Propagation.BACKGROUND)));
    assertThat(find(settings())).isEmpty();
  }

  @Test
  void a_finalizer_holds_the_object_until_it_is_taken_off() {
    applied("me", HELD);
    LiveObject held = delete(settings()).object();
    assertThat(held.isTerminating()).isTrue();
    assertThat(get(settings()).isTerminating()).isTrue();
    release(settings());
    assertThat(find(settings())).isEmpty();
  }

  @Test
  void deleting_twice_changes_nothing() {
    applied("me", HELD);
    delete(settings());
    LiveObject first = get(settings());
    assertThat(delete(settings()).status()).isEqualTo(200);
    assertThat(get(settings()).resourceVersion()).isEqualTo(first.resourceVersion());
    release(settings());
  }

  @Test
  void applying_to_what_is_being_deleted_changes_it_all_the_same() {
    applied("me", HELD);
    delete(settings());
    LiveObject changed = applied("me", HELD + "data: {colour: red}\n");
    assertThat(changed.manifest().string("data", "colour")).isEqualTo("red");
    assertThat(changed.isTerminating()).isTrue();
    release(settings());
  }

  @Test
  void what_is_being_deleted_takes_no_new_finalizer() {
    applied("me", HELD);
    delete(settings());
    Response answer = apply("me", HELD.replace("/hold]", "/hold, contract.sailplan.io/more]"));
    refused(answer, 422, "Invalid");
    assertThat(answer.message()).contains("no new finalizers can be added");
    release(settings());
  }

  @Test
  void creating_what_is_being_deleted_is_refused() {
    applied("me", HELD);
    delete(settings());
    refused(create(SETTINGS), 409, "AlreadyExists");
    release(settings());
  }

  @Test
  void dropping_the_last_finalizer_by_apply_lets_the_object_go() {
    applied("me", HELD);
    delete(settings());
    assertThat(apply("me", SETTINGS).status()).isEqualTo(200);
    assertThat(find(settings())).isEmpty();
  }

  @Test
  void who_owns_takes_along_what_it_owns() {
    LiveObject owner = applied("me", SETTINGS);
    childOf(owner, "");
    delete(settings(), Propagation.BACKGROUND);
    assertThat(find(settings())).isEmpty();
    awaitGone(child());
  }

  @Test
  void in_foreground_the_owner_waits_for_what_blocks_it() {
    LiveObject owner = applied("me", SETTINGS);
    LiveObject child = childOf(owner, ", blockOwnerDeletion: true");
    accepted(
        send(
            new Request.Patch(
                child.key(),
                List.of(
                    PatchOperation.add(
                        "/metadata/finalizers", List.of("contract.sailplan.io/hold"))),
                "holder",
                "")));
    LiveObject waiting = delete(settings(), Propagation.FOREGROUND).object();
    assertThat(waiting.finalizers()).containsExactly("foregroundDeletion");
    awaitObject(child(), LiveObject::isTerminating);
    assertThat(find(settings())).isPresent();
    release(child());
    awaitGone(settings());
  }

  @Test
  void orphans_stay_without_their_owner() {
    LiveObject owner = applied("me", SETTINGS);
    childOf(owner, "");
    delete(settings(), Propagation.ORPHAN);
    awaitGone(settings());
    assertThat(get(child()).owners()).isEmpty();
    assertThat(get(child()).isTerminating()).isFalse();
  }

  @Test
  void who_is_owned_by_nobody_that_exists_is_collected() {
    LiveObject owner = applied("me", SETTINGS);
    childOf(owner, "");
    accepted(
        send(
            new Request.Patch(
                child(),
                List.of(
                    PatchOperation.add(
                        "/metadata/ownerReferences/0/uid", "6b2dd0f1-2c55-4d7d-8c1e-6a1c0b5a0000")),
                "editor",
                "")));
    awaitGone(child());
    assertThat(find(settings())).isPresent();
  }

  @Test
  void a_terminating_namespace_takes_nothing_new() {
    String name = namespace() + "-x";
    ObjectKey key = new ObjectKey("", "Namespace", "", name);
    applied("me", "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    String held = HELD.replace("$ns", name);
    applied("me", held);
    LiveObject going = delete(key).object();
    assertThat(going.manifest().string("status", "phase")).isEqualTo("Terminating");
    Response answer = apply("me", SETTINGS.replace("$ns", name).replace("settings", "late"));
    refused(answer, 403, "Forbidden");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("reason"))
        .containsExactly("NamespaceTerminating");
    awaitObject(key, object -> hasCondition(object, "NamespaceFinalizersRemaining", "True"));
    release(settings().inNamespace(name));
    awaitGone(key);
    assertThat(find(settings().inNamespace(name))).isEmpty();
  }

  @Test
  void creating_a_namespace_that_is_going_is_refused() {
    String name = namespace() + "-y";
    ObjectKey key = new ObjectKey("", "Namespace", "", name);
    String text = "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}";
    applied("me", text);
    applied("me", HELD.replace("$ns", name));
    delete(key);
    Response answer = refused(create(text), 409, "AlreadyExists");
    assertThat(answer.message()).startsWith("object is being deleted: ");
    release(settings().inNamespace(name));
    awaitGone(key);
  }

  @Test
  void a_namespace_goes_with_all_that_is_in_it() {
    String name = namespace() + "-z";
    ObjectKey key = new ObjectKey("", "Namespace", "", name);
    LiveObject made =
        applied("me", "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
    assertThat(made.manifest().string("status", "phase")).isEqualTo("Active");
    assertThat(made.manifest().labels()).containsEntry("kubernetes.io/metadata.name", name);
    assertThat(made.manifest().get("spec")).isEqualTo(Map.of("finalizers", List.of("kubernetes")));
    applied("me", SETTINGS.replace("$ns", name));
    delete(key);
    awaitGone(key);
  }
}
