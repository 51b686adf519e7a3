package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimpleSchemaTest {

  static Stream<String> cases() {
    return Tables.cases("simple-schema").stream().map(one -> Trees.string(one.get("name")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_schema_becomes_what_kro_makes_of_it(String name) {
    Map<String, @Nullable Object> written =
        Tables.cases("simple-schema").stream()
            .filter(one -> name.equals(one.get("name")))
            .findFirst()
            .orElseThrow();
    Map<String, @Nullable Object> kro = Tables.outcome("simple-schema", name);
    SimpleSchema ours =
        SimpleSchema.read(Trees.object(written.get("spec")), Trees.object(written.get("types")));
    if (kro.containsKey("error")) {
      assertThat(ours.problems()).as("%s", kro.get("error")).isNotEmpty();
      assertThat(ours.openApi()).isNull();
    } else {
      assertThat(ours.problems()).isEmpty();
      assertThat(ours.orThrow()).isEqualTo(kro.get("result"));
    }
  }

  @Test
  void every_mistake_is_told_with_its_path_and_advice() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", "strng | requird=true");
    fields.put("count", "integer | default=many minimum=few");
    fields.put("outer", Map.of("inner", "[]"));
    fields.put("used", "Wrong");
    SimpleSchema schema =
        SimpleSchema.read(fields, Map.of("Wrong", "map[int]string", "A", Map.of("b", "[]A")));
    assertThat(schema.problems())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "error invalid-schema <text> .types.Wrong: map key must be string."
                + " Write map[string]T.",
            "error cycle <text> .types.A: self references are not allowed: the type A is made of"
                + " itself. A schema has an end: write object where the circle closes.",
            "error dangling-reference <text> .name: unknown type: strng. Did you mean \"string\"?",
            "error invalid-schema <text> .name: invalid marker key \"requird\": unknown marker:"
                + " requird. Did you mean \"required\"?",
            "error invalid-schema <text> .count: default value must be a valid integer, got:"
                + " many. Write a whole number.",
            "error invalid-schema <text> .count: failed to parse minimum value: \"few\"."
                + " Write a number.",
            "error invalid-schema <text> .outer.inner: empty slice element type."
                + " Write what it holds: []string.");
  }

  @Test
  void each_circle_of_types_is_told_once_from_its_first_name_on() {
    SimpleSchema schema =
        SimpleSchema.read(
            Map.of(),
            Map.of("D", "[]B", "C", "A", "B", "[]C", "A", Map.of("x", "map[string]B"), "Z", "Z"));
    assertThat(schema.problems())
        .extracting(Problem::message)
        .containsExactly(
            "graph contains a cycle: A -> B -> C -> A",
            "self references are not allowed: the type Z is made of itself");
  }

  @Test
  void types_that_multiply_end_in_a_problem() {
    Map<String, Object> types = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      types.put("T" + i, Map.of("a", "T" + (i + 1), "b", "T" + (i + 1)));
    }
    types.put("T60", "string");
    assertThat(SimpleSchema.read(Map.of("a", "T0"), types).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.TOO_LARGE);
  }

  @Test
  void types_nested_without_end_end_in_one_problem() {
    Map<String, Object> types = new LinkedHashMap<>();
    for (int i = 0; i < 19_000; i++) {
      types.put("T" + i, Map.of("a", "T" + (i + 1)));
    }
    types.put("T19000", "[]string");
    assertThat(SimpleSchema.read(Map.of("a", "T0"), types).problems())
        .extracting(Problem::message)
        .containsExactly("the schema has more than 100 levels");
  }

  @Test
  void aliases_of_lists_nested_without_end_end_in_a_problem() {
    Map<String, Object> types = new LinkedHashMap<>();
    for (int i = 0; i < 19_000; i++) {
      types.put("T" + i, "[]T" + (i + 1));
    }
    types.put("T19000", "string");
    assertThat(SimpleSchema.read(Map.of("a", "T0"), types).problems())
        .extracting(Problem::code)
        .containsOnly(ProblemCode.TOO_LARGE);
  }

  @Test
  void mutated_schemas_end_in_a_schema_or_in_problems() {
    List<String> words =
        Tables.cases("simple-schema").stream()
            .flatMap(one -> Trees.object(one.get("spec")).values().stream())
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList();
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      String one = words.get(random.nextInt(words.size()));
      String other = words.get(random.nextInt(words.size()));
      String mixed =
          one.substring(0, random.nextInt(one.length() + 1))
              + " \"\\|=[]{},\u00a0\n\0é".charAt(random.nextInt(14))
              + other.substring(random.nextInt(other.length() + 1));
      SimpleSchema schema = SimpleSchema.read(Map.of("a", mixed), Map.of("b", one));
      assertThat(schema.openApi() == null).as(mixed).isEqualTo(!schema.problems().isEmpty());
    }
  }

  @Test
  void a_long_chain_of_types_is_read() {
    Map<String, Object> types = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      types.put("T" + i, "T" + (i + 1));
    }
    types.put("T5000", "string | default=x");
    assertThat(SimpleSchema.read(Map.of("a", "T0"), types).orThrow().get("properties"))
        .isEqualTo(Map.of("a", Map.of("type", "string", "default", "x")));
    assertThat(List.copyOf(types.keySet())).hasSize(5_001);
  }
}
