package io.sailplan.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTemplateTest {
  private static ManifestTemplate read(String yaml) {
    Resource resource = ManifestReader.standard().read("app.yaml", yaml).resources().get(0);
    return ManifestTemplate.of(resource.manifest(), resource.source());
  }

  private static List<String> places(String yaml, ExpressionEnvironment environment) {
    return read(yaml).fields().stream()
        .flatMap(
            field ->
                environment.compile(field.template(), ExpressionType.any()).problems().stream())
        .map(Problem::toString)
        .toList();
  }

  @Test
  void fields_with_expressions_are_found_with_their_paths() {
    ManifestTemplate template =
        read(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: plain
            data:
              one: ${a}
              two: text ${b} and ${c}
              list: no
            """);
    assertThat(template.problems()).isEmpty();
    assertThat(template.fields())
        .extracting(TemplateField::path)
        .containsExactly(FieldPath.of("data", "one"), FieldPath.of("data", "two"));
    assertThat(template.fields().get(0).template().isWhole()).isTrue();
    assertThat(template.fields().get(1).template().isWhole()).isFalse();
  }

  @Test
  void problems_point_into_the_yaml_however_it_is_written() {
    ExpressionEnvironment environment = ExpressionEnvironment.builder().variable("a").build();
    String yaml =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        data:
          plain: see ${nope1}
          double: "say \\"hi\\" to ${ nope2 }"
          single: 'it''s ${nope3}'
          literal: |
            first line
              indented ${nope4}
            ${a +
              nope5}
          folded: >-
            words that are
            folded ${nope6}
          flow: ["x", "${nope7}"]
          anchored: &x ${nope8}
          wrapped: "one
            two ${nope9}"
        """;
    assertThat(places(yaml, environment))
        .extracting(
            text ->
                text.replaceFirst("error unknown-name app.yaml:(\\S+) .*\"(nope.)\".*", "$2 $1"))
        .containsExactly(
            "nope1 5:16",
            "nope2 6:29",
            "nope3 7:20",
            "nope4 10:18",
            "nope5 12:7",
            "nope6 15:14",
            "nope7 16:18",
            "nope8 17:18",
            "nope9 19:11");
  }

  @Test
  void a_problem_in_json_points_into_the_json() {
    String json =
        "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"c\"},\n \"data\": {\"k\": \"a\\n\\u0041 ${nope}\"}}";
    assertThat(places(json, ExpressionEnvironment.builder().build()))
        .singleElement()
        .asString()
        .startsWith("error unknown-name app.yaml:2:29 .data.k");
  }

  @Test
  void keys_with_expressions_are_problems() {
    assertThat(
            read("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: c}
                    data:
                      ${a}: x
                    """)
                .problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "error expression-syntax app.yaml:5:3 .data.${a}: a key cannot hold an expression."
                + " Let an expression give the whole map: ${{…: …}}.");
  }

  @Test
  void unclosed_expressions_are_problems_at_their_start() {
    assertThat(
            read("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: c}
                    data:
                      a: "x ${ y"
                      b: ${"}
                    """)
                .problems())
        .extracting(problem -> problem.location().line() + ":" + problem.location().column())
        .containsExactly("5:9", "6:8");
  }
}
