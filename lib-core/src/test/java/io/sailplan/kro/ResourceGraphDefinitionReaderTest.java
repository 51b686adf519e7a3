package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sailplan.model.Json;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ReadResult;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResourceGraphDefinitionReaderTest {
  private static final Path DATA =
      Path.of(System.getProperty("sailplan.data", "../../shared/data"));

  /** What kro finds by reading expressions, or by the kinds of resources; not told here. */
  private static final Set<String> TOLD_LATER =
      Set.of(
          "iteration not in the name",
          "iteration over two, one in the name",
          "iteration over another",
          "template of an unknown kind",
          "cluster-scoped template with a namespace",
          "cluster-scoped graph, template without namespace",
          "cluster-scoped graph, template with blank namespace",
          "definition of a kind with an expression in its spec");

  /** What the API server refuses, or kubectl does, so that kro never sees it. */
  private static final Set<String> REFUSED_BEFORE =
      Set.of("iteration with two keys", "unknown field of a resource", "iteration without keys");

  static Stream<String> cases() {
    return Tables.cases("graphs").stream().map(one -> Trees.string(one.get("name")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void what_kro_refuses_is_refused_in_its_words_and_all_else_is_read(String name) {
    DefinitionReadResult ours = ResourceGraphDefinitionReader.read(graph(name));
    String kro = Trees.string(Tables.outcome("graphs", name).get("error"));
    if (REFUSED_BEFORE.contains(name) || (!kro.isEmpty() && !TOLD_LATER.contains(name))) {
      assertThat(ours.problems()).as(kro).isNotEmpty().allMatch(Problem::isError);
      assertThat(ours.problems()).allMatch(problem -> problem.location() != null);
      assertThat(ours.definition()).isEmpty();
    } else {
      assertThat(ours.problems()).isEmpty();
      assertThat(ours.definition()).isPresent();
    }
    if (kro.contains("naming convention violation")) {
      assertThat(ours.problems())
          .anyMatch(problem -> kro.contains(problem.message().replaceAll(", first at.*", "")));
    }
  }

  private static Resource graph(String name) {
    Map<String, @Nullable Object> one =
        Tables.cases("graphs").stream()
            .filter(other -> name.equals(other.get("name")))
            .findFirst()
            .orElseThrow();
    return ManifestReader.standard().read(name, Json.write(one.get("graph"))).orThrow().get(0);
  }

  static Stream<Path> files() throws IOException {
    if (!Files.isDirectory(DATA.resolve("kro"))) {
      System.err.println("SKIPPED: no graphs in " + DATA + "; set -Dsailplan.data");
      assumeTrue(false, "no graphs; set -Dsailplan.data");
    }
    List<Path> files;
    try (Stream<Path> all =
        Stream.concat(Files.walk(DATA.resolve("kro")), Files.walk(DATA.resolve("own")))) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void real_graphs_are_read_without_a_problem(Path file) throws IOException {
    ReadResult read =
        ManifestReader.standard().read(file.getFileName().toString(), Files.readString(file));
    assertThat(read.problems()).isEmpty();
    for (Resource resource : read.resources()) {
      if (ResourceGraphDefinitionReader.reads(resource.manifest())) {
        DefinitionReadResult result = ResourceGraphDefinitionReader.read(resource);
        assertThat(result.problems()).isEmpty();
        assertThat(result.orThrow().resources())
            .hasSameSizeAs(Trees.list(resource.manifest().get("spec", "resources")));
      }
    }
  }

  @Test
  void every_mistake_is_told_at_once_at_its_line_and_column() {
    String text =
        """
        apiVersion: kro.run/v1alpha1
        kind: ResourceGraphDefinition
        metadata:
          name: shop
        spec:
          schema:
            apiVersion: kro.run/v1
            kind: webShop
            shortName: [ws]
            spec:
              image: string | defualt=nginx
              ports: "[]Prt"
            types:
              Port: integer
            status:
              url: none
          resources:
            - id: my-deployment
              template: {apiVersion: v1, kind: ConfigMap}
              readyWhen: ["yes"]
            - id: my-deployment
              forEach: [{each: "${schema.spec.ports}"}]
              externalRef: {apiVersion: v1, kind: ConfigMap, metadata: {}}
        """;
    Resource resource = ManifestReader.standard().read("shop.yaml", text).orThrow().get(0);
    assertThat(ResourceGraphDefinitionReader.read(resource).problems())
        .extracting(Problem::toString)
        .containsExactly();
  }
}
