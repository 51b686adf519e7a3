package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sailplan.model.Json;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ReadResult;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.ShapeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    if (kro.contains("naming convention violation") && !kro.contains("kind ''")) {
      assertThat(ours.problems())
          .anyMatch(problem -> kro.contains(problem.message().replaceAll(", first at.*", "")));
    }
  }

  @Test
  void what_kro_finds_by_the_kinds_of_templates_is_told_with_the_kinds() {
    int told = 0;
    for (String name : cases().toList()) {
      String kro = Trees.string(Tables.outcome("graphs", name).get("error"));
      boolean expected =
          kro.contains("cluster-scoped") || kro.contains("CEL expressions in CRDs are only");
      Optional<ResourceGraphDefinition> graph =
          ResourceGraphDefinitionReader.read(graph(name)).definition();
      if (graph.isPresent()) {
        List<Problem> problems = TemplateRules.check(graph.get(), ShapeCatalog.builtIn());
        assertThat(problems).as(name).hasSize(expected ? 1 : 0);
        assertThat(problems).allMatch(problem -> kro.contains(problem.message()));
        told += problems.size();
      }
    }
    assertThat(told).isEqualTo(4);
  }

  @Test
  void a_default_that_its_own_field_does_not_take_is_told() {
    String text =
        """
        apiVersion: kro.run/v1alpha1
        kind: ResourceGraphDefinition
        metadata: {name: shop}
        spec:
          schema:
            apiVersion: v1alpha1
            kind: Shop
            spec:
              size: string | default=huge enum="small,large"
              web:
                port: integer | default=0 minimum=1
                hosts: '[]string | default={"a": 1}'
              fine: 'map[string]integer | default={"a": 1}'
        """;
    Resource resource = ManifestReader.standard().read("shop.yaml", text).orThrow().get(0);
    assertThat(ResourceGraphDefinitionReader.read(resource).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error invalid-schema shop.yaml:9:7 .spec.schema.spec.size: the default does not fit:"
                + " .spec.schema.spec.size must be one of \"small\", \"large\". Change the"
                + " default, or what the field takes.",
            "error invalid-schema shop.yaml:11:9 .spec.schema.spec.web.port: the default does not"
                + " fit: .spec.schema.spec.web.port is 0. Change the default, or what the field"
                + " takes.",
            "error invalid-schema shop.yaml:12:9 .spec.schema.spec.web.hosts: the default does not"
                + " fit: .spec.schema.spec.web.hosts is an object, but must be a list. Change the"
                + " default, or what the field takes.");
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
    // one of kro's own examples has a key twice, with the same value
    assertThat(read.problems())
        .allMatch(one -> one.code() == ProblemCode.DUPLICATE_KEY && !one.isError());
    assertThat(read.problems().isEmpty()).isNotEqualTo(file.endsWith("core-dns.yaml"));
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
        .extracting(problem -> problem.toString().replaceFirst("^error ", ""))
        .containsExactly(
            "invalid-value shop.yaml:7:5 .spec.schema.apiVersion: version kro.run/v1 is not a valid"
                + " Kubernetes version. Write the version alone, such as v1alpha1, and the group in"
                + " the field group.",
            "invalid-name shop.yaml:8:5 .spec.schema.kind: naming convention violation: kind"
                + " 'webShop' is not a valid KRO kind name: must be UpperCamelCase. Did you mean"
                + " \"WebShop\"?",
            "unknown-field shop.yaml:9:5 .spec.schema.shortName: the field .spec.schema.shortName"
                + " does not exist. Did you mean \"shortNames\"?",
            "invalid-schema shop.yaml:11:7 .spec.schema.spec.image: invalid marker key"
                + " \"defualt\": unknown marker: defualt. Did you mean \"default\"?",
            "dangling-reference shop.yaml:12:7 .spec.schema.spec.ports: unknown type: Prt. Did you"
                + " mean \"Port\"?",
            "invalid-value shop.yaml:16:7 .spec.schema.status.url: status fields without"
                + " expressions are not supported: .spec.schema.status.url. Write an expression"
                + " that refers to a resource or to schema, \"${…}\".",
            "invalid-name shop.yaml:18:7 .spec.resources[0].id: naming convention violation: id"
                + " my-deployment is not a valid KRO resource id: must be lower camelCase. Did you"
                + " mean \"myDeployment\"?",
            "missing-field shop.yaml:19:7 .spec.resources[0].template: resource my-deployment is"
                + " not a valid Kubernetes object: metadata field not found. Write metadata with a"
                + " name.",
            "invalid-value shop.yaml:20:19 .spec.resources[0].readyWhen[0]: readyWhen: only"
                + " standalone expressions are allowed. Write one expression and nothing around"
                + " it: \"${…}\".",
            "invalid-name shop.yaml:21:7 .spec.resources[1].id: naming convention violation: id"
                + " my-deployment is not a valid KRO resource id: must be lower camelCase. Did you"
                + " mean \"myDeployment\"?",
            "duplicate shop.yaml:21:7 .spec.resources[1].id: found duplicate resource IDs"
                + " my-deployment, first at .spec.resources[0].id. Give one of them another id.",
            "contradiction shop.yaml:22:7 .spec.resources[1].forEach: resource \"my-deployment\":"
                + " cannot use externalRef with forEach. Read several objects by"
                + " externalRef.metadata.selector.",
            "invalid-name shop.yaml:22:17 .spec.resources[1].forEach[0]: resource"
                + " \"my-deployment\": forEach iterator name \"each\" is a reserved keyword."
                + " Choose another name.",
            "missing-field shop.yaml:23:54 .spec.resources[1].externalRef.metadata: exactly one of"
                + " name or selector must be provided. Write a name, or a selector for all that"
                + " match it.");
  }
}
