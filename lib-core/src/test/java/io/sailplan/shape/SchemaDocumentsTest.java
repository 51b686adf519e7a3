package io.sailplan.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sailplan.model.Trees;
import io.sailplan.ownership.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The real API server publishes the structures that are built in, under the hashes that are checked
 * in. {@code -Dsailplan.learn=true} writes the hashes anew.
 */
class SchemaDocumentsTest {
  private static final Path RESOURCE =
      Path.of("src/main/resources/io/sailplan/shape/documents.txt");
  private static final String HEAD =
      "# The hashes that a server of Kubernetes 1.36 gives its OpenAPI v3 documents, by API version.\n"
          + "# Written by .ci/learn-documents.\n";

  @Test
  void the_hashes_stand_for_documents_with_the_structures_that_are_built_in() throws IOException {
    assumeTrue(RealServer.isGiven(), "no server; set -Dsailplan.test.kubeconfig");
    Set<String> kinds =
        ShapeCatalog.builtIn().kinds().stream()
            .map(kind -> kind.kind().apiVersion())
            .collect(Collectors.toSet());
    Map<String, String> hashes = new TreeMap<>();
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    try (RealServer server = RealServer.connect()) {
      Object index = server.send("GET", "/openapi/v3", "", "").object().get("paths");
      Trees.object(index)
          .forEach(
              (name, document) -> {
                String apiVersion = name.substring(name.indexOf('/') + 1);
                String url = Trees.string(Trees.get(document, "serverRelativeURL"));
                if (kinds.contains(apiVersion)) {
                  hashes.put(apiVersion, url.substring(url.indexOf("hash=") + 5));
                  documents.add(server.send("GET", url, "", "").object().tree());
                }
              });
    }
    StringBuilder text = new StringBuilder(HEAD);
    hashes.forEach((name, hash) -> text.append(name).append(' ').append(hash).append('\n'));
    if (Boolean.getBoolean("sailplan.learn")) {
      Files.writeString(RESOURCE, text);
    }
    assertThat(text).as("run .ci/learn-documents").hasToString(Files.readString(RESOURCE));
    Set<String> published = blocks(ShapeResourceGenerator.generate(documents));
    assertThat(published.size()).isGreaterThan(500);
    published.removeAll(blocks(Files.readString(Path.of("..", ShapeResourceGenerator.RESOURCE))));
    assertThat(published).as("structures that are not built in").isEmpty();
  }

  /** One block for each kind and each type. */
  private static Set<String> blocks(String shapes) {
    return java.util.Arrays.stream(shapes.split("\n(?! )"))
        .filter(block -> block.startsWith("kind ") || block.startsWith("type "))
        .map(String::strip)
        .collect(Collectors.toSet());
  }
}
