package io.sailplan.readiness;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ReadinessRule;
import io.sailplan.readiness.Verdict.Status;
import org.jspecify.annotations.Nullable;

/** Judges whether an object is ready. Pure functions. */
public final class Readiness {
  private Readiness() {}

  /**
   * Returns whether the object is ready.
   *
   * <p>In this order: what is being deleted is not ready; what its controller has not seen in its
   * present generation is not ready; then the author's rule decides, or else the rule of the kind.
   */
  public static Verdict judge(LiveObject object, ReadinessQuery query) {
    requireNonNull(object, "object");
    requireNonNull(query, "query");
    if (object.isTerminating()) {
      return terminating(object);
    }
    ReadinessRule declared = query.rule();
    if (declared instanceof ReadinessRule.Exists) {
      return Verdict.ready("Exists", "it exists");
    }
    KindRule rule = BuiltInRules.find(object.key().groupKind());
    long observed = object.manifest().integer(-1, "status", "observedGeneration");
    boolean reports = rule != null && BuiltInRules.reportsGeneration(object.key().groupKind());
    if (reports && observed < 0) {
      observed = 0;
    }
    if (observed >= 0 && observed != object.generation()) {
      return Verdict.progressing(
          "StaleGeneration",
          "its controller has not seen its latest change yet (generation "
              + object.generation()
              + ", seen "
              + observed
              + ")");
    }
    if (declared == null) {
      return byKind(object, query, rule);
    }
    return DeclaredRules.judge(object, declared, byKind(object, query, rule));
  }

  private static Verdict byKind(LiveObject object, ReadinessQuery query, @Nullable KindRule rule) {
    if (rule != null) {
      return rule.judge(object, query);
    }
    return BuiltInRules.isBuiltIn(object.key().groupKind())
        ? Verdict.ready("Exists", "it exists")
        : CustomRule.judge(object, query);
  }

  private static Verdict terminating(LiveObject object) {
    String held =
        object.finalizers().isEmpty() ? "" : ", held by " + String.join(", ", object.finalizers());
    return new Verdict(Status.TERMINATING, "Terminating", "it is being deleted" + held, false);
  }
}
