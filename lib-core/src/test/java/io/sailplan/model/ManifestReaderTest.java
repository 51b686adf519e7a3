package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;

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
}
