package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Short ways to objects and their kinds. */
final class Kinds {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Instant LATER = NOW.plusSeconds(60);

  private Kinds() {}

  static KindShape of(String apiVersion, String kind) {
    return ShapeCatalog.builtIn().find(GroupVersionKind.of(apiVersion, kind)).orElseThrow();
  }

  static KindShape of(Manifest manifest) {
    return ShapeCatalog.builtIn().find(manifest).orElseThrow();
  }

  /** An object in YAML. */
  static Manifest yaml(String text) {
    return Seeds.read("test", text).get(0);
  }

  static ApplyResult apply(@Nullable Manifest live, Manifest desired, String manager) {
    return ServerSideApply.apply(
        ApplyRequest.of(live, desired, manager, of(desired), live == null ? NOW : LATER));
  }

  /** Applies and expects that it works. */
  static Manifest applied(@Nullable Manifest live, Manifest desired, String manager) {
    return object(apply(live, desired, manager));
  }

  static Manifest object(ApplyResult result) {
    assertThat(result).isInstanceOf(ApplyResult.Applied.class);
    return ((ApplyResult.Applied) result).object();
  }

  static Manifest updated(@Nullable Manifest live, Manifest next, String manager) {
    return object(
        ServerSideUpdate.update(new UpdateRequest(live, next, manager, "", of(next), LATER)));
  }

  /** Who owns what, as text: {@code manager operation: paths}. */
  static String owners(Manifest object) {
    StringBuilder text = new StringBuilder();
    for (ManagedEntry entry : ManagedFields.of(object).entries()) {
      text.append(entry.manager()).append(' ').append(entry.operation().text()).append(':');
      entry.fields().forEach(path -> text.append(' ').append(path));
      text.append('\n');
    }
    return text.toString();
  }
}
