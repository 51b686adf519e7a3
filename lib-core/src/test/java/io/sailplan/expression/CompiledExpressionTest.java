package io.sailplan.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.problem.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompiledExpressionTest {
  private static final ExpressionEnvironment ENVIRONMENT =
      ExpressionEnvironment.builder().variable("s").variable("list").build();

  private static CompiledExpression compile(String text) {
    return ENVIRONMENT.compile(Template.parse(text), ExpressionType.any()).orThrow();
  }

  private static Manifest secret() {
    return Manifest.of(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Secret",
            "metadata",
            Map.of("name", "db"),
            "data",
            Map.of("password", "aHVudGVyMg==")));
  }

  @Test
  void what_is_read_of_a_secret_is_tainted_without_saying_so() {
    Bindings bindings = Bindings.builder().bind("s", secret()).build();
    assertThat(compile("${s.metadata.name}").evaluate(bindings))
        .isEqualTo(new Evaluation.Value("db", false));
    assertThat(compile("${s.data.password}").evaluate(bindings))
        .isEqualTo(new Evaluation.Value("aHVudGVyMg==", true));
  }

  @Test
  void nothing_shows_a_secret_in_its_text() {
    Bindings bindings = Bindings.builder().bind("s", secret()).build();
    CompiledExpression expression = compile("pw ${s.data.password}");
    assertThat(
            List.of(
                expression.toString(),
                expression.template().toString(),
                bindings.toString(),
                expression.evaluate(bindings).toString()))
        .noneMatch(text -> text.contains("aHVudGVyMg") || text.contains("pw "));
  }

  @Test
  void an_item_is_bound_with_what_is_marked_there() {
    Bindings bindings =
        Bindings.builder()
            .bind("list", List.of(Map.of("a", 1), Map.of("b", 2)))
            .open("list", FieldPath.root())
            .build()
            .withItem("s", "list", FieldPath.root().child(new PathElement.Index(1)));
    assertThat(compile("${s.b}").evaluate(bindings)).isEqualTo(new Evaluation.Value(2L, false));
    assertThat(compile("${s.c}").evaluate(bindings)).isInstanceOf(Evaluation.Deferred.class);
  }

  @Test
  void a_name_without_a_value_fails_and_one_with_an_unknown_one_waits() {
    assertThat(compile("${s}").evaluate(Bindings.none())).isInstanceOf(Evaluation.Failed.class);
    assertThat(compile("${s.a}").evaluate(Bindings.none().with("s", Unknown.of("other", "a"))))
        .hasToString("Deferred[waitsFor=[other.a], tainted=false]");
  }

  @Test
  void an_environment_can_be_given_one_more_name() {
    ExpressionEnvironment more = ENVIRONMENT.with("each", ExpressionType.integer());
    assertThat(more.names()).containsExactly("each", "list", "s");
    assertThat(more.compile(Template.parse("${each + 1}"), ExpressionType.integer()).problems())
        .isEmpty();
    assertThat(ENVIRONMENT.compile(Template.parse("${each}"), ExpressionType.any()).problems())
        .hasSize(1);
  }

  @Test
  void misuse_is_an_exception() {
    assertThatThrownBy(() -> ExpressionEnvironment.builder().variable("a-b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
    assertThatThrownBy(() -> Bindings.builder().open("nope", FieldPath.root()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nope");
    assertThatThrownBy(() -> compile("${")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void texts_beyond_the_bounds_are_problems() {
    String deep = "(".repeat(200) + "1" + ")".repeat(200);
    String wide = "1" + " + 1".repeat(3_000);
    String longText = "\"" + "x".repeat(20_000) + "\"";
    for (String text : List.of(deep, wide, longText)) {
      assertThat(ENVIRONMENT.compile(Template.expression(text), ExpressionType.any()).problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.code().id()).isEqualTo("too-large"));
    }
  }

  @Test
  void more_texts_than_are_kept_still_compile() {
    ExpressionEnvironment small =
        ExpressionEnvironment.builder()
            .limits(new ExpressionLimits(100, 100, 20, 100, 100, 2))
            .build();
    for (int i = 0; i < 10; i++) {
      String text = (i % 4) + " + 1";
      assertThat(
              small
                  .compile(Template.expression(text), ExpressionType.integer())
                  .orThrow()
                  .evaluate(Bindings.none()))
          .isEqualTo(new Evaluation.Value(i % 4 + 1L, false));
    }
  }
}
