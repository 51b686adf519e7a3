package io.sailplan.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import org.junit.jupiter.api.Test;

/** The example of docs/expressions.md. */
class ExpressionsGuideTest {
  @Test
  void tells_what_is_read_and_what_is_known() {
    Shape service =
        ShapeCatalog.builtIn().find(GroupVersionKind.of("v1", "Service")).orElseThrow().shape();
    Manifest live = Manifest.parseJson("{\"apiVersion\":\"v1\",\"kind\":\"Service\"}");

    Template template = Template.parse("postgres://${db.spec.clusterIP}:5432");
    ExpressionEnvironment names = ExpressionEnvironment.builder().resource("db", service).build();
    CompiledExpression url = names.compile(template, ExpressionType.string()).orThrow();

    assertThat(url.references()).hasToString("[db.spec.clusterIP]");

    Bindings bindings = Bindings.builder().bind("db", live).open("db", FieldPath.root()).build();
    assertThat(url.evaluate(bindings)).isInstanceOf(Evaluation.Deferred.class);
  }
}
