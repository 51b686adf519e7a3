package io.sailplan.readiness;

import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Trees;
import io.sailplan.readiness.Conditions.Condition;

/** The rules that an author can give. */
final class DeclaredRules {
  private DeclaredRules() {}

  /**
   * Judges by the author's rule.
   *
   * @param builtIn what the rule of the kind says
   */
  static Verdict judge(LiveObject object, ReadinessRule rule, Verdict builtIn) {
    if (rule instanceof ReadinessRule.Condition wanted) {
      return condition(object, wanted);
    }
    if (rule instanceof ReadinessRule.FieldEquals wanted) {
      return field(object, wanted);
    }
    if (rule instanceof ReadinessRule.Expression wanted) {
      return ExpressionRule.judge(object, wanted);
    }
    if (rule instanceof ReadinessRule.HasAddress) {
      boolean ready = builtIn.isReady() || builtIn.status() == Verdict.Status.SILENT;
      return ready ? address(object) : builtIn;
    }
    return Verdict.ready("Exists", "it exists");
  }

  private static Verdict condition(LiveObject object, ReadinessRule.Condition wanted) {
    Condition condition = Conditions.find(object, wanted.type());
    if (condition == null) {
      return Verdict.progressing(
          "ConditionMissing", "it has no condition " + wanted.type() + " yet");
    }
    return condition.status().equals(wanted.status())
        ? Verdict.ready("ConditionMet", condition.text())
        : Verdict.progressing(
            condition.reasonOr("ConditionNotMet"),
            condition.text() + "; " + wanted.status() + " is waited for");
  }

  /** Says where, not what: the field may be secret. */
  private static Verdict field(LiveObject object, ReadinessRule.FieldEquals wanted) {
    return wanted
        .path()
        .find(object.manifest().tree())
        .map(value -> value instanceof String text ? text : Json.write(value))
        .filter(wanted.value()::equals)
        .map(value -> Verdict.ready("FieldMet", wanted.path() + " has the value waited for"))
        .orElseGet(
            () ->
                Verdict.progressing(
                    "FieldNotMet", wanted.path() + " does not have the value waited for"));
  }

  private static Verdict address(LiveObject object) {
    boolean has =
        !Trees.list(object.manifest().get("status", "loadBalancer", "ingress")).isEmpty()
            || !Trees.list(object.manifest().get("status", "addresses")).isEmpty();
    return has
        ? Verdict.ready("HasAddress", "it has an address")
        : Verdict.progressing("NoAddress", "it has no address yet");
  }
}
