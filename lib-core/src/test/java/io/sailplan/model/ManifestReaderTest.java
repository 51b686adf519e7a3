package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
  @Test
  void reads_documents_and_knows_their_places() {
    ReadResult result =
        ManifestReader.standard()
            .read(
                "shop.yaml",
                """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: db
                  annotations: {a.b/c: x}
                ---
                # nothing here
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api}
                spec:
                  template:
                    spec:
                      containers:
                      - name: app
                        image: shop:1
                """);

    assertThat(result.problems()).isEmpty();
    assertThat(result.resources())
        .extracting(Resource::id)
        .containsExactly("Secret/db", "Deployment/api");
    SourceMap secret = result.resources().get(0).source();
    assertThat(secret.find(".metadata.annotations[\"a.b/c\"]"))
        .hasToString("shop.yaml:5:17 .metadata.annotations[\"a.b/c\"]");
    SourceMap deployment = result.resources().get(1).source();
    assertThat(deployment.find("")).hasToString("shop.yaml:9:1");
    assertThat(deployment.find(".spec.template.spec.containers[0].image"))
        .hasToString("shop.yaml:17:9 .spec.template.spec.containers[0].image");
    assertThat(deployment.find(".spec.template.spec.containers[0].ports[0]"))
        .hasToString("shop.yaml:16:9 .spec.template.spec.containers[0].ports[0]");
  }

  @Test
  void counts_places_through_json_windows_line_ends_and_emoji() {
    String json = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}";

    assertThat(places(json + " " + json + "\n  " + json, ".metadata.name"))
        .containsExactly(
            "f:1:50 .metadata.name", "f:1:113 .metadata.name", "f:2:52 .metadata.name");
    assertThat(
            places(
                "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: a\r\n---\r\n"
                    + "{apiVersion: v1, kind: Pod, metadata: {labels: {a: \"😀\"}, name: b}}",
                ".metadata.name"))
        .containsExactly("f:4:3 .metadata.name", "f:6:58 .metadata.name");
  }

  @Test
  void shows_nothing_of_a_secret() {
    String secret =
        """
        stringData:
          a: 99999999999999999999
          b: !!int hunter2
          c: {d: [.inf, 1e999]}
        kind: Secret
        apiVersion: v1
        metadata: {name: s}
        data: hunter2: hunter2
        """;
    for (String text :
        new String[] {
          secret,
          secret.replace("data: hunter2: hunter2\n", ""),
          "kind: List\nitems:\n- " + secret.replace("\n", "\n  ").replace(": hunter2: ", ": "),
          secret.replace("data: hunter2: hunter2", "data: {a: \"hunter2 hunter2"),
          secret.replace("data: hunter2: hunter2", "data: hunter2\n hunter2"),
          "{\"stringData\": {\"a\": 99999999999999999999, \"b\": \"hunter2\\q\"}}"
        }) {
      ReadResult result = ManifestReader.standard().read("f", text);

      assertThat(result.problems()).isNotEmpty();
      assertThat(result.toString()).doesNotContain("hunter2", "99999", "1e999");
    }
  }

  @Test
  void items_of_a_typed_list_take_its_kind() {
    ReadResult result =
        ManifestReader.standard()
            .read(
                "f", "apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: a}}]\n");

    assertThat(result.problems()).isEmpty();
    assertThat(result.resources())
        .extracting(resource -> resource.manifest().key().toString())
        .containsExactly("Deployment.apps a");
  }

  private static List<String> places(String text, String path) {
    ReadResult result = ManifestReader.standard().read("f", text);
    assertThat(result.problems()).isEmpty();
    return result.resources().stream()
        .map(resource -> String.valueOf(resource.source().find(path)))
        .toList();
  }
}
