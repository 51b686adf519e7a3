package io.sailplan.readiness;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.Compilation;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.ExpressionEnvironment;
import io.sailplan.expression.ExpressionType;
import io.sailplan.expression.Template;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ReadinessRule;
import io.sailplan.shape.ShapeCatalog;

/** The author's own conditions. What they read may still come, so that no mistake is final. */
final class ExpressionRule {
  private ExpressionRule() {}

  static Verdict judge(LiveObject object, ReadinessRule.Expression rule) {
    ExpressionEnvironment.Builder names = ExpressionEnvironment.builder();
    ShapeCatalog.builtIn()
        .find(object.manifest())
        .ifPresentOrElse(
            shape -> names.resource(rule.name(), shape.shape()), () -> names.variable(rule.name()));
    ExpressionEnvironment environment = names.build();
    Bindings bindings = Bindings.builder().bind(rule.name(), object.manifest()).build();
    Bindings open =
        Bindings.builder()
            .bind(rule.name(), object.manifest())
            .open(rule.name(), FieldPath.root())
            .build();
    for (String condition : rule.conditions()) {
      Compilation compilation =
          environment.compile(Template.expression(condition), ExpressionType.condition());
      if (compilation.expression().isEmpty()) {
        return waiting(condition + ": " + compilation.problems().get(0).message());
      }
      Evaluation evaluation = compilation.expression().get().evaluate(bindings, open);
      if (evaluation instanceof Evaluation.Failed failed) {
        return waiting(condition + ": " + failed.problem().message());
      }
      if (evaluation instanceof Evaluation.Deferred deferred) {
        return waiting(condition + " needs " + deferred.waitsFor().first());
      }
      if (!(evaluation instanceof Evaluation.Value value && Boolean.TRUE.equals(value.tree()))) {
        return waiting(condition + " does not hold");
      }
    }
    return Verdict.ready("ConditionsHold", "all conditions hold");
  }

  private static Verdict waiting(String message) {
    return Verdict.progressing("ConditionNotMet", message);
  }
}
