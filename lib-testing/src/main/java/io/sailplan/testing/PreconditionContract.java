package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Propagation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import org.junit.jupiter.api.Test;

/** Applies that say which object they mean, or that none may be there, or that are only tried. */
abstract class PreconditionContract extends WritingContract {
  private static final String SETTINGS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: $ns}
      data: {colour: blue, size: "9"}
      """;

  private ObjectKey settings() {
    return key("ConfigMap", "settings");
  }

  private static Manifest with(LiveObject object, String uid, String version) {
    Manifest next = Tree.set(object.manifest(), null, "metadata", "managedFields");
    next = Tree.set(next, uid.isEmpty() ? null : uid, "metadata", "uid");
    return Tree.set(next, version.isEmpty() ? null : version, "metadata", "resourceVersion");
  }

  @Test
  void create_only_creates_what_is_absent() {
    Manifest desired =
        manifest(SETTINGS).with(Request.Apply.CREATE_ONLY, "metadata", "resourceVersion");
    assertThat(send(Request.Apply.of(desired, "me")).status()).isEqualTo(201);
  }

  @Test
  void create_only_refuses_what_is_present() {
    LiveObject present = applied("me", SETTINGS);
    Manifest desired =
        manifest(SETTINGS).with(Request.Apply.CREATE_ONLY, "metadata", "resourceVersion");
    refused(send(Request.Apply.of(desired, "me")), 409, "Conflict");
    refused(send(Request.Apply.of(desired, "me").forced()), 409, "Conflict");
    assertThat(get(settings()).resourceVersion()).isEqualTo(present.resourceVersion());
  }

  @Test
  void the_current_version_is_accepted_and_an_old_one_refused() {
    LiveObject first = applied("me", SETTINGS);
    Manifest red = with(first, "", first.resourceVersion()).with("red", "data", "colour");
    accepted(send(Request.Apply.of(red, "me")));
    Response late = refused(send(Request.Apply.of(red, "me")), 409, "Conflict");
    assertThat(late.message()).contains("the object has been modified");
  }

  @Test
  void a_uid_makes_sure_that_nothing_is_created() {
    LiveObject gone = applied("me", SETTINGS);
    accepted(send(new Request.Delete(settings(), "", "", Propagation.BACKGROUND)));
    Response answer = send(Request.Apply.of(with(gone, gone.uid(), ""), "me"));
    refused(answer, 409, "Conflict");
    assertThat(answer.message()).contains("uid mismatch", "no existing object was found");
    assertThat(find(settings())).isEmpty();
  }

  @Test
  void a_uid_makes_sure_that_the_same_object_is_meant() {
    LiveObject first = applied("me", SETTINGS);
    Manifest mine = with(first, first.uid(), "").with("red", "data", "colour");
    assertThat(accepted(send(Request.Apply.of(mine, "me"))).manifest().string("data", "colour"))
        .isEqualTo("red");
    Manifest other = with(first, "6b2dd0f1-2c55-4d7d-8c1e-6a1c0b5a0000", "");
    Response answer = refused(send(Request.Apply.of(other, "me")), 422, "Invalid");
    assertThat(answer.message()).contains("metadata.uid", "field is immutable");
  }

  @Test
  void a_dry_run_answers_but_does_nothing() {
    Request.Apply dry = new Request.Apply(manifest(SETTINGS), "me", false, "", true);
    Response would = send(dry);
    assertThat(would.status()).isEqualTo(201);
    assertThat(would.object().manifest().string("data", "colour")).isEqualTo("blue");
    assertThat(find(settings())).isEmpty();
    LiveObject real = applied("me", SETTINGS);
    Manifest red = manifest(SETTINGS.replace("blue", "red"));
    LiveObject changed = accepted(send(new Request.Apply(red, "me", false, "", true)));
    assertThat(changed.manifest().string("data", "colour")).isEqualTo("red");
    assertThat(get(settings()).resourceVersion()).isEqualTo(real.resourceVersion());
  }

  @Test
  void a_dry_run_meets_the_same_conflicts() {
    applied("me", SETTINGS);
    Manifest red = manifest(SETTINGS.replace("blue", "red"));
    refused(send(new Request.Apply(red, "you", false, "", true)), 409, "Conflict");
  }
}
