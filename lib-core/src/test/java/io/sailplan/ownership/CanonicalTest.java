package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {

  @ParameterizedTest
  @CsvSource({
    "1000m, 1",
    "0.5, 500m",
    "1024Mi, 1Gi",
    "1.5Gi, 1536Mi",
    "1e3, 1e3",
    "1E3, 1E3",
    "100k, 100k",
    "1000k, 1M",
    "0, 0",
    "0Gi, 0",
    "1023Ki, 1023Ki",
    "512, 512",
    "0.1Gi, 107374182400m",
    "1500, 1500",
    "12000, 12k",
    "+5, +5",
    "-5m, -5m",
    "0.0000000001, 1n",
    "9999999999999999999, 9999999999999999999",
    "1Ki, 1Ki",
    "0.5Ki, 512",
    "2048Ki, 2Mi",
    ".5, 500m",
    "5., 5.",
    "1.500, 1.500",
    "1.5, 1500m",
    "8Ki, 8Ki",
    "16Mi, 16Mi",
    "1000000u, 1"
  })
  void quantities_are_rewritten_as_the_server_does(String written, String stored) {
    assertThat(Quantities.canonical(written, false)).contains(stored);
    assertThat(Quantities.canonical(stored, false)).contains(stored);
  }

  @Test
  void what_is_no_quantity_is_none() {
    for (String text : new String[] {"", "a", "1 Gi", "1gi", "--1", "1.2.3", "1K", "e3"}) {
      assertThat(Quantities.isQuantity(text)).as(text).isFalse();
    }
  }

  @Test
  void the_canonical_form_never_conflicts_with_itself() {
    for (Manifest seed : Seeds.all()) {
      Manifest canonical = Canonical.canonical(seed, Kinds.of(seed));
      Manifest live = Kinds.applied(null, canonical, "one");
      assertThat(Kinds.apply(live, canonical, "two"))
          .as(seed.key() + " " + canonical.toJson())
          .isInstanceOf(ApplyResult.Applied.class);
      assertThat(Canonical.canonical(canonical, Kinds.of(seed)))
          .as(seed.key().toString())
          .isEqualTo(canonical);
    }
  }

  @Test
  void values_are_rewritten_dropped_and_filled_inside_what_is_replaced_whole() {
    Manifest canonical =
        Canonical.canonical(
            Kinds.yaml(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a, namespace: d, creationTimestamp: null}
                spec:
                  paused: false
                  selector: {matchLabels: {a: b}}
                  template:
                    metadata: {labels: {a: b}}
                    spec:
                      hostNetwork: false
                      nodeSelector: {}
                      containers:
                      - name: a
                        image: x
                        args: []
                        ports: []
                        resources: {limits: {cpu: 1000m, memory: 1024Mi}}
                        env:
                        - {name: A, value: ""}
                        - {name: B, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                status: {replicas: 1}
                """),
            Kinds.of("apps/v1", "Deployment"));
    assertThat(Json.write(canonical.get("spec")))
        .isEqualTo(
            "{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                + "\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"x\",\"resources\":{\"limits\":{\"cpu\":\"1\","
                + "\"memory\":\"1Gi\"}},\"env\":[{\"name\":\"A\"},{\"name\":\"B\",\"valueFrom\":{\"fieldRef\":{"
                + "\"fieldPath\":\"metadata.name\",\"apiVersion\":\"v1\"}}}]}]}}}");
    assertThat(canonical.tree()).doesNotContainKey("status");
  }

  @Test
  void text_of_a_secret_becomes_data() {
    Manifest canonical =
        Canonical.canonical(
            Kinds.yaml(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                data: {x: "eA==\\n"}
                stringData: {b: z}
                """),
            Kinds.of("v1", "Secret"));
    assertThat(Json.write(canonical.get("data"))).isEqualTo("{\"x\":\"eA==\",\"b\":\"eg==\"}");
    assertThat(canonical.tree()).doesNotContainKey("stringData");
  }
}
