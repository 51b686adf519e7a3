package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which fields change where the server refuses, and in which order it looks. */
class ImmutableFieldsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DB =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: shop}
      spec:
        replicas: 1
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: main, image: "shop/db:1"}]}
      """;

  private static Manifest read(String yaml) {
    return ManifestReader.standard().read("test", yaml).orThrow().get(0).manifest();
  }

  private static KindShape shape(Manifest manifest) {
    return ShapeCatalog.builtIn().find(manifest).orElseThrow();
  }

  private static Manifest made(String yaml, String manager) {
    Manifest desired = read(yaml);
    ApplyResult made =
        ServerSideApply.apply(ApplyRequest.of(null, desired, manager, shape(desired), NOW));
    return ((ApplyResult.Applied) made).object();
  }

  private static ApplyResult applied(Manifest live, String yaml, String manager, boolean force) {
    ApplyRequest request = ApplyRequest.of(live, read(yaml), manager, shape(live), NOW);
    return ServerSideApply.apply(force ? request.forced() : request);
  }

  @Test
  void every_field_that_changes_is_named_where_the_server_names_only_what_is_above() {
    String next =
        DB.replace("serviceName: db", "serviceName: other\n  podManagementPolicy: Parallel")
            .replace("shop/db:1", "shop/db:2");
    ApplyResult result = applied(made(DB, "me"), next, "me", false);
    assertThat(result).isInstanceOf(ApplyResult.Immutable.class);
    Violation violation = ((ApplyResult.Immutable) result).violations().get(0);
    assertThat(violation.field()).isEqualTo("spec");
    assertThat(violation.changes())
        .extracting(change -> change.path() + " " + change.before() + " " + change.after())
        .containsExactly(
            ".spec.podManagementPolicy OrderedReady Parallel", ".spec.serviceName db other");
  }

  @Test
  void a_conflict_is_found_before_what_cannot_change() {
    String next = DB.replace("serviceName: db", "serviceName: other");
    assertThat(applied(made(DB, "me"), next, "other", false))
        .isInstanceOf(ApplyResult.Conflicted.class);
    assertThat(applied(made(DB, "me"), next, "other", true))
        .isInstanceOf(ApplyResult.Immutable.class);
  }

  @Test
  void no_text_of_a_violation_holds_a_value() {
    String secret =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: door, namespace: shop}
        immutable: true
        data: {key: Y2FuYXJ5}
        """;
    ApplyResult result =
        applied(made(secret, "me"), secret.replace("Y2FuYXJ5", "YmlyZA=="), "me", false);
    ApplyResult.Immutable immutable = (ApplyResult.Immutable) result;
    assertThat(immutable.message() + immutable.violations().get(0).message())
        .doesNotContain("Y2FuYXJ5", "YmlyZA==");
    assertThat(immutable.violations().get(0))
        .asString()
        .isEqualTo("data: field is immutable when `immutable` is set");
  }
}
