package io.sailplan.plan;

import io.sailplan.model.Json;
import io.sailplan.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans as JSON for other programs. Experimental: it says so in {@code format}, and its
 * fields may change. It holds neither the manifests nor any value of a Secret.
 */
final class PlanJson {
  private static final String FORMAT = "sailplan.io/plan/v0-experimental";

  private PlanJson() {}

  static String write(Plan plan) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("format", FORMAT);
    tree.put("operation", plan.operation().verb());
    tree.put(
        "application",
        fields(
            "namespace",
            plan.operation().membership().namespace(),
            "name",
            plan.operation().membership().name()));
    tree.put("empty", plan.isEmpty());
    Map<String, @Nullable Object> counts = new LinkedHashMap<>();
    plan.counts().forEach((kind, count) -> counts.put(word(kind), count));
    tree.put("counts", counts);
    tree.put("steps", plan.steps().stream().map(PlanJson::step).toList());
    tree.put("warnings", plan.warnings().stream().map(PlanJson::problem).toList());
    return Json.writePretty(tree);
  }

  private static Map<String, @Nullable Object> step(Step step) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", step.id());
    tree.put("kind", word(step.kind()));
    tree.put("target", target(step.target()));
    tree.put("reason", step.reason());
    tree.put("after", step.after());
    tree.put("deadlineSeconds", step.deadline().toSeconds());
    tree.putAll(step.accept(new Details()));
    return tree;
  }

  private static Map<String, @Nullable Object> target(Target target) {
    return fields(
        "resource", target.resource(),
        "apiVersion", target.kind().apiVersion(),
        "kind", target.kind().kind(),
        "namespace", target.namespace(),
        "name", target.name());
  }

  private static List<Map<String, @Nullable Object>> changes(List<FieldChange> changes) {
    return changes.stream().map(PlanJson::change).toList();
  }

  private static Map<String, @Nullable Object> change(FieldChange change) {
    Map<String, @Nullable Object> tree = fields("path", change.path().toString());
    if (change.secret()) {
      tree.put("secret", true);
    } else {
      tree.put("before", change.before());
      tree.put("after", change.after());
    }
    tree.put("certainty", change.certainty().toString());
    return tree;
  }

  /** Without its place: the same documents in another order are the same plan, to the byte. */
  private static Map<String, @Nullable Object> problem(Problem problem) {
    return fields(
        "code", problem.code().id(), "message", problem.message(), "hint", problem.hint());
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, @Nullable Object> fields(Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  /** What only one kind of step has. */
  private static final class Details implements StepVisitor<Map<String, @Nullable Object>> {
    @Override
    public Map<String, @Nullable Object> create(Step.Create step) {
      return fields("precondition", fields("kind", "absent"), "changes", changes(step.changes()));
    }

    @Override
    public Map<String, @Nullable Object> apply(Step.Apply step) {
      return fields(
          "force",
          step.force(),
          "precondition",
          precondition(step.precondition()),
          "changes",
          changes(step.changes()));
    }

    @Override
    public Map<String, @Nullable Object> patch(Step.Patch step) {
      return fields(
          "precondition", precondition(step.precondition()), "changes", changes(step.changes()));
    }

    @Override
    public Map<String, @Nullable Object> delete(Step.Delete step) {
      return fields(
          "precondition",
          precondition(step.precondition()),
          "propagation",
          step.propagation().text());
    }

    @Override
    public Map<String, @Nullable Object> awaitReady(Step.AwaitReady step) {
      return fields(
          "goneIsDone", step.goneIsDone(), "quietSeconds", step.quietPeriod().toSeconds());
    }

    @Override
    public Map<String, @Nullable Object> awaitGone(Step.AwaitGone step) {
      return fields("uid", step.uid());
    }

    @Override
    public Map<String, @Nullable Object> unchanged(Step.Unchanged step) {
      return fields();
    }

    @Override
    public Map<String, @Nullable Object> gate(Step.Gate step) {
      return fields("opens", word(step.opens()));
    }

    /** The fingerprint stays out: of a Secret with little in it, it would tell the content. */
    private static Map<String, @Nullable Object> precondition(Precondition precondition) {
      if (precondition instanceof Precondition.Unchanged unchanged) {
        return fields(
            "kind",
            "unchanged",
            "uid",
            unchanged.uid(),
            "resourceVersion",
            unchanged.resourceVersion());
      }
      if (precondition instanceof Precondition.SameObject same) {
        return fields("kind", "same-object", "uid", same.uid());
      }
      return fields("kind", "absent");
    }
  }
}
