package io.sailplan.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelIssue;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.shape.ShapeCatalog;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is relied on of cel-java beyond its documentation: a new version that differs shows here.
 */
class CelContractTest {
  private static String message(CelCompiler compiler, String text) {
    CelIssue issue = compiler.compile(text).getErrors().get(0);
    return issue.getMessage();
  }

  private static CelCompiler standard() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .build();
  }

  @Test
  void the_messages_that_are_translated_are_as_expected() {
    assertThat(message(standard(), "a")).isEqualTo("undeclared reference to 'a' (in container '')");
    assertThat(message(standard(), "f(1)"))
        .isEqualTo("undeclared reference to 'f' (in container '')");
    assertThat(message(standard(), "1 + 'a'"))
        .startsWith(
            "found no matching overload for '_+_' applied to '(int, string)' (candidates: ");
    assertThat(message(standard(), "'a'.b"))
        .isEqualTo("type 'string' does not support field selection");
    assertThat(message(standard(), "1.map(x, x)"))
        .startsWith("expression of type 'int' cannot be range of a comprehension");
  }

  @Test
  void types_with_names_that_nobody_can_write_do_not_capture_fields() {
    ShapeTypes types = new ShapeTypes();
    var deployment =
        types.of(
            ShapeCatalog.builtIn()
                .find(GroupVersionKind.of("apps/v1", "Deployment"))
                .orElseThrow()
                .shape());
    assertThat(deployment).isInstanceOf(StructTypeReference.class);
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .addVar("d", deployment)
            .setTypeProvider(types.provider(Set.of()))
            .build();
    assertThat(compiler.compile("d.spec.replicas + 1").hasError()).isFalse();
    assertThat(message(compiler, "d.spec.nope")).isEqualTo("undefined field 'nope'");
  }

  @Test
  void what_the_parser_makes_of_accumulators_cannot_be_written() throws Exception {
    var ast =
        new FrontEnd(java.util.Map.of(), new ShapeTypes(), ExpressionLimits.standard())
            .compile("[1].map(x, x)");
    assertThat(ast.program()).isNotNull();
    assertThat(
            ExpressionEnvironment.builder()
                .build()
                .compile(Template.expression("@result"), ExpressionType.any())
                .problems())
        .isNotEmpty();
  }
}
