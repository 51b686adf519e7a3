package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.PlainPath;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstanceKindTest {
  private static final Path DATA =
      Path.of(System.getProperty("sailplan.data", "../../shared/data"));

  static Stream<String> accepted() {
    return Trees.list(Tables.outcomes("graphs")).stream()
        .filter(outcome -> Trees.get(outcome, "result") != null)
        .map(outcome -> Trees.string(Trees.get(outcome, "name")))
        // kro's decoder does not mind what the API server does
        .filter(name -> !name.equals("iteration with two keys"))
        .filter(name -> !name.equals("unknown field of a resource"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void the_definition_of_a_graphs_kind_is_the_one_that_kro_makes(String name) throws IOException {
    ResourceGraphDefinition graph = ResourceGraphDefinitionReader.read(graph(name)).orThrow();
    Object kro = Trees.get(Tables.outcome("graphs", name), "result", "crd");
    Object status =
        Trees.get(
            Trees.list(Trees.get(kro, "spec", "versions")).get(0),
            "schema",
            "openAPIV3Schema",
            "properties",
            "status");

    InstanceKind kind = InstanceKind.of(graph, path -> Optional.of(at(status, path)));

    Map<String, @Nullable Object> expected = new LinkedHashMap<>(Trees.object(kro));
    expected.remove("status");
    expected.put("apiVersion", "apiextensions.k8s.io/v1");
    expected.put("kind", "CustomResourceDefinition");
    assertThat(kind.definition()).isEqualTo(Manifest.of(expected));
    assertThat(kind.problems()).isEmpty();
    assertThat(kind.kind()).isEqualTo(graph.schema().kind());
    assertThat(kind.shape().namespaced()).isEqualTo(graph.schema().namespaced());
  }

  /** Returns kro's own schema of one expression: types of expressions are not this test's. */
  private static Map<String, @Nullable Object> at(@Nullable Object status, String path) {
    Object schema = status;
    for (Object step : PlainPath.steps(path.substring(".spec.schema.status".length()))) {
      schema =
          step instanceof Integer
              ? Trees.get(schema, "items")
              : Trees.get(schema, "properties", step.toString());
    }
    return Trees.object(schema);
  }

  private static Resource graph(String name) throws IOException {
    if (name.endsWith(".yaml")) {
      assumeTrue(Files.isDirectory(DATA.resolve("kro")), "no graphs; set -Dsailplan.data");
      return ManifestReader.standard()
          .read(name, Files.readString(DATA.resolve(name)))
          .orThrow()
          .stream()
          .filter(resource -> ResourceGraphDefinitionReader.reads(resource.manifest()))
          .findFirst()
          .orElseThrow();
    }
    Object graph =
        Tables.cases("graphs").stream()
            .filter(one -> name.equals(one.get("name")))
            .findFirst()
            .orElseThrow()
            .get("graph");
    return ManifestReader.standard().read(name, Json.write(graph)).orThrow().get(0);
  }

  @Test
  void a_status_of_unknown_structure_may_be_anything() {
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("url", "${service.status.loadBalancer}");
    status.put("list", List.of(Map.of("a", "${x.a}"), Map.of("b", "${x.b}")));
    status.put("empty", Map.of("nothing", Map.of()));
    Map<String, @Nullable Object> schema =
        StatusSchema.of(status, ".status", path -> Optional.empty());
    Map<String, Object> any = Map.of("x-kubernetes-preserve-unknown-fields", true);
    assertThat(Trees.object(schema.get("properties")))
        .containsOnlyKeys("conditions", "list", "state", "url")
        .containsEntry("url", any)
        .containsEntry(
            "list",
            Map.of(
                "type",
                "array",
                "items",
                Map.of("type", "object", "properties", Map.of("a", any, "b", any))));
  }
}
