package io.sailplan.graph;

import static io.sailplan.graph.Graphs.KINDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sailplan.model.Application;
import io.sailplan.model.ApplicationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The graphs of real applications, as golden files in {@code src/test/resources/graphs}. Run with
 * {@code -Dsailplan.golden.update=true} to write them anew.
 */
class RealGraphsTest {
  private static final Path DATA =
      Path.of(System.getProperty("sailplan.data", "../../shared/data"));
  private static final Path GOLDEN = Path.of("src/test/resources/graphs");

  @BeforeEach
  void needs_the_manifests() {
    boolean present = Files.isDirectory(DATA.resolve("manifests"));
    if (!present) {
      System.err.println("SKIPPED: no manifests in " + DATA + "; set -Dsailplan.data");
    }
    assumeTrue(present, "no manifests; set -Dsailplan.data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cassandra", "guestbook", "ingress-nginx", "metallb", "online-boutique"})
  void the_graph_of_a_real_application_has_just_the_edges_that_were_reviewed(String name)
      throws IOException {
    check(name + ".txt", read(name, "manifests/" + name + ".yaml"));
  }

  @Test
  void custom_resources_come_after_their_definitions_and_the_webhook_that_validates_them()
      throws IOException {
    Application metallb = read("metallb", "manifests/metallb.yaml", "own/metallb-config.yaml");
    ResourceGraph graph = ResourceGraph.compile(metallb, KINDS).orThrow();
    assertThat(graph.order())
        .containsSubsequence(
            "CustomResourceDefinition/ipaddresspools.metallb.io",
            "Namespace/metallb-system",
            "Deployment/controller",
            "ValidatingWebhookConfiguration/metallb-webhook-configuration",
            "IPAddressPool/first-pool");
  }

  private static void check(String golden, Application application) throws IOException {
    GraphResult result = ResourceGraph.compile(application, KINDS);
    assertThat(result.problems()).isEmpty();
    String text = text(result.orThrow());
    Path file = GOLDEN.resolve(golden);
    if (Boolean.getBoolean("sailplan.golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));

    List<io.sailplan.model.Resource> reversed = new ArrayList<>(application.resources());
    Collections.reverse(reversed);
    Application same = Application.of(application.name(), application.namespace(), reversed);
    assertThat(text(ResourceGraph.compile(same, KINDS).orThrow())).isEqualTo(text);
  }

  private static Application read(String name, String... files) throws IOException {
    ApplicationReader reader = ApplicationReader.named(name);
    for (String file : files) {
      reader = reader.add(file, Files.readString(DATA.resolve(file)));
    }
    return reader.read().orThrow();
  }

  private static String text(ResourceGraph graph) {
    StringBuilder text = new StringBuilder("order\n");
    graph.order().forEach(id -> text.append("  ").append(id).append('\n'));
    text.append("edges\n");
    graph.edges().forEach(edge -> text.append("  ").append(edge).append('\n'));
    text.append("dropped\n");
    graph.droppedEdges().forEach(edge -> text.append("  ").append(edge).append('\n'));
    text.append("external\n");
    graph
        .externalReferences()
        .forEach(reference -> text.append("  ").append(reference).append('\n'));
    return text.toString();
  }
}
