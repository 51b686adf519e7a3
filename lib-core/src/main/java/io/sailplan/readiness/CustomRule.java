package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Trees;
import io.sailplan.readiness.Conditions.Condition;
import io.sailplan.readiness.Verdict.Status;
import java.util.List;

/**
 * Kinds that others define. {@code Reconciling}, {@code Stalled} and {@code Ready} mean what
 * kstatus made them mean; the other conditions are in common use for the same.
 */
final class CustomRule {
  /** In this order; the first that the object has decides. */
  private static final List<String> GOOD =
      List.of("Ready", "Available", "Healthy", "Succeeded", "Complete", "Programmed", "Accepted");

  private CustomRule() {}

  static Verdict judge(LiveObject object, ReadinessQuery query) {
    Condition stalled = Conditions.find(object, "Stalled");
    if (stalled != null && stalled.isTrue()) {
      return Verdict.failed(stalled.reasonOr("Stalled"), stalled.text());
    }
    Condition reconciling = Conditions.find(object, "Reconciling");
    if (reconciling != null && reconciling.isTrue()) {
      return Verdict.progressing(reconciling.reasonOr("Reconciling"), reconciling.text());
    }
    for (String type : GOOD) {
      Condition condition = Conditions.find(object, type);
      if (condition != null) {
        return good(object, condition);
      }
    }
    return withoutConditions(object, query);
  }

  private static Verdict good(LiveObject object, Condition condition) {
    if (!condition.isTrue()) {
      return Verdict.progressing(condition.reasonOr("Not" + condition.type()), condition.text());
    }
    Verdict ready = Verdict.ready(condition.type(), condition.text());
    boolean dated = condition.observedGeneration() >= 0 || observesGeneration(object);
    // A first generation cannot be confused with an earlier one.
    return dated || object.generation() <= 1 ? ready : ready.assume();
  }

  private static Verdict withoutConditions(LiveObject object, ReadinessQuery query) {
    if (!query.hasStatus()) {
      return Verdict.ready("Exists", "it exists, and its kind has no status");
    }
    if (hasOutdatedCondition(object)) {
      return Verdict.progressing(
          "StaleGeneration", "its conditions speak of an earlier generation than its latest");
    }
    return observesGeneration(object)
        ? Verdict.ready("Observed", "its controller has seen its latest change")
        : new Verdict(Status.SILENT, "Silent", "nothing in it says whether it is ready", false);
  }

  private static boolean observesGeneration(LiveObject object) {
    return object.manifest().get("status", "observedGeneration") instanceof Long;
  }

  private static boolean hasOutdatedCondition(LiveObject object) {
    return Trees.list(object.manifest().get("status", "conditions")).stream()
        .anyMatch(
            condition ->
                GOOD.contains(Trees.string(Trees.get(condition, "type")))
                    && Trees.get(condition, "observedGeneration") instanceof Long);
  }
}
