package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.Canonical;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is written and what is stored of it; and that only what is canonical is safe to share. */
abstract class WrittenFormContract extends RowFixture {
  private static final ShapeCatalog SHAPES = ShapeCatalog.builtIn();
  private static final List<List<String>> TURNS =
      List.of(List.of("you", "me"), List.of("me", "you"), List.of("you", "me"));

  private Stream<DynamicTest> forms(RowCheck<WrittenForm> check) {
    return rows(
        WrittenForm.all(),
        WrittenForm::name,
        (form, name) -> {
          check.holds(form, name);
          delete(written(form, name).key());
        });
  }

  private Manifest written(WrittenForm form, String name) {
    return manifest(form.text().replace("$name", name));
  }

  private Manifest canonical(WrittenForm form, String name) {
    return canonical(written(form, name));
  }

  static Manifest canonical(Manifest written) {
    KindShape shape = SHAPES.find(written).orElseThrow();
    return Canonical.canonical(written, shape);
  }

  private Response applyAs(String manager, Manifest manifest) {
    return send(Request.Apply.of(manifest, manager));
  }

  @TestFactory
  Stream<DynamicTest> a_value_is_stored_in_its_canonical_form_and_owned_as_it_was_written() {
    return forms(
        (form, name) -> {
          LiveObject stored = accepted(applyAs("me", written(form, name)));
          assertThat(value(stored.manifest(), form.path())).isEqualTo(form.stored());
          assertThat(owned(stored, "me").contains(form.path()))
              .describedAs(owned(stored, "me").toString())
              .isEqualTo(form.recorded());
        });
  }

  @TestFactory
  Stream<DynamicTest> applying_a_value_again_writes_nothing_though_it_is_stored_otherwise() {
    return forms(
        (form, name) -> {
          Manifest written = written(form, name);
          accepted(applyAs("me", written));
          assertThat(writes("me", written, false, 3)).isLessThan(3);
          assertThat(writes("me", written, true, 2)).isZero();
        });
  }

  @TestFactory
  Stream<DynamicTest> the_same_manifest_conflicts_after_another_applied_what_storing_changes() {
    return forms(
        (form, name) -> {
          accepted(applyAs("you", written(form, name)));
          conflicts(applyAs("me", written(form, name)), form, form.afterApply());
        });
  }

  @TestFactory
  Stream<DynamicTest> the_same_manifest_conflicts_after_another_created_what_storing_changes() {
    return forms(
        (form, name) -> {
          accepted(send(new Request.Create(written(form, name), "you")));
          conflicts(applyAs("me", written(form, name)), form, form.afterCreate());
        });
  }

  private void conflicts(Response answer, WrittenForm form, boolean expected) {
    if (expected) {
      refused(answer, 409, "Conflict");
      assertThat(answer.causes()).extracting(cause -> cause.get("field")).contains(form.path());
    } else {
      accepted(answer);
    }
  }

  @TestFactory
  Stream<DynamicTest> by_force_two_managers_take_the_written_value_from_each_other_for_ever() {
    return rows(
        WrittenForm.all().stream().filter(WrittenForm::afterApply).toList(),
        WrittenForm::name,
        (form, name) -> {
          Manifest written = written(form, name);
          accepted(applyAs("me", written));
          for (List<String> turn : TURNS) {
            LiveObject taken = accepted(send(Request.Apply.of(written, turn.get(0)).forced()));
            assertThat(owned(taken, turn.get(0))).contains(form.path());
            assertThat(owned(taken, turn.get(1))).doesNotContain(form.path());
          }
          delete(written.key());
        });
  }

  @TestFactory
  Stream<DynamicTest> the_canonical_form_is_shared_by_all_who_apply_it() {
    return forms(
        (form, name) -> {
          Manifest canonical = canonical(form, name);
          accepted(applyAs("me", canonical));
          accepted(applyAs("you", canonical));
          for (String manager : new String[] {"me", "you", "me", "you"}) {
            assertThat(writes(manager, canonical, false, 2)).isLessThan(2);
            assertThat(writes(manager, canonical, true, 1)).isZero();
          }
          LiveObject shared = get(canonical.key());
          assertThat(owned(shared, "me")).isEqualTo(owned(shared, "you"));
        });
  }

  @TestFactory
  Stream<DynamicTest> the_canonical_form_is_shared_with_who_wrote_any_other_form() {
    return forms(
        (form, name) -> {
          Manifest canonical = canonical(form, name);
          accepted(send(new Request.Create(written(form, name), "you")));
          accepted(applyAs("me", canonical));
          delete(canonical.key());
          accepted(applyAs("you", written(form, name)));
          accepted(applyAs("me", canonical));
        });
  }
}
