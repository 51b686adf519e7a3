package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String DEPLOYMENT =
      """
      {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"d"},"spec":{
        "selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
        "spec":{"containers":[{"name":"a","image":"x","env":[{"name":"a","value":""}]}]}}}}
      """;

  private static KindShape shape(String apiVersion, String kind) {
    return ShapeCatalog.builtIn().find(GroupVersionKind.of(apiVersion, kind)).orElseThrow();
  }

  private static Manifest applied(ApplyResult result) {
    assertThat(result).isInstanceOf(ApplyResult.Applied.class);
    return ((ApplyResult.Applied) result).object();
  }

  @Test
  void a_new_object_is_owned_as_it_is_written() {
    Manifest created =
        applied(
            ServerSideApply.apply(
                ApplyRequest.of(
                    null,
                    Manifest.parseJson(DEPLOYMENT),
                    "t",
                    shape("apps/v1", "Deployment"),
                    NOW)));
    assertThat(Json.write(ManagedFields.of(created).entries().get(0).fields().toFieldsV1()))
        .isEqualTo(
            "{\"f:spec\":{\"f:selector\":{},\"f:template\":{\"f:metadata\":{\"f:labels\":{\"f:a\":{}}},"
                + "\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"a\\\"}\":{\".\":{},\"f:env\":{"
                + "\"k:{\\\"name\\\":\\\"a\\\"}\":{\".\":{},\"f:name\":{},\"f:value\":{}}},\"f:image\":{},"
                + "\"f:name\":{}}}}}}}");
    assertThat(created.integer(0, "metadata", "generation")).isEqualTo(1);
  }
}
