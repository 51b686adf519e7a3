package io.sailplan.plan;

import io.sailplan.model.ApiResource;
import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.model.ReadinessRule;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans as JSON trees: whole, as they are saved, or without what only a run needs. {@link
 * PlanReader} reads the whole ones.
 */
final class PlanJson {
  /** Fields may be added to it; none is taken away or gets another meaning. */
  static final String FORMAT = "sailplan.io/plan/v1";

  private final boolean whole;

  private PlanJson(boolean whole) {
    this.whole = whole;
  }

  /** Returns what programs may read: neither manifests, nor fingerprints, nor digest. */
  static Map<String, @Nullable Object> readable(Plan plan) {
    return new PlanJson(false).plan(plan);
  }

  /** Returns the whole plan; its secrets must have been sealed. */
  static Map<String, @Nullable Object> whole(Plan plan) {
    return new PlanJson(true).plan(plan);
  }

  private Map<String, @Nullable Object> plan(Plan plan) {
    Map<String, @Nullable Object> tree = fields("format", FORMAT);
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
    tree.put("requests", requests(plan.requests()));
    if (whole) {
      tree.put("kinds", plan.kinds().stream().map(PlanJson::resource).toList());
    }
    tree.put("steps", plan.steps().stream().map(this::step).toList());
    tree.put("warnings", plan.warnings().stream().map(PlanJson::problem).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> requests(PlanRequests requests) {
    return fields("typical", count(requests.typical()), "most", count(requests.most()));
  }

  private static Map<String, @Nullable Object> count(RequestCount count) {
    return fields(
        "writes", (long) count.writes(),
        "reads", (long) count.reads(),
        "watches", (long) count.watches());
  }

  private static Map<String, @Nullable Object> resource(ApiResource resource) {
    return fields(
        "apiVersion", resource.kind().apiVersion(),
        "kind", resource.kind().kind(),
        "plural", resource.plural(),
        "namespaced", resource.namespaced(),
        "status", resource.status(),
        "scale", resource.scale());
  }

  private Map<String, @Nullable Object> step(Step step) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", step.id());
    tree.put("kind", word(step.kind()));
    tree.put("target", target(step.target()));
    tree.put("reason", step.reason());
    tree.put("after", step.after());
    tree.put("deadline", step.deadline().toString());
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

  private List<Map<String, @Nullable Object>> changes(List<FieldChange> changes) {
    return changes.stream().map(this::change).toList();
  }

  private Map<String, @Nullable Object> change(FieldChange change) {
    Map<String, @Nullable Object> tree = fields("path", change.path().toString());
    if (whole) {
      tree.put("elements", elements(change.path()));
    }
    tree.put("before", change.hidden().before());
    tree.put("after", change.hidden().after());
    tree.put("secret", change.secret());
    tree.put("certainty", certainty(change.certainty()));
    return tree;
  }

  private static Map<String, @Nullable Object> certainty(Certainty certainty) {
    if (certainty instanceof Certainty.Assumed assumed) {
      return fields("kind", "assumed", "reason", assumed.reason());
    }
    if (certainty instanceof Certainty.Deferred deferred) {
      return fields("kind", "deferred", "step", deferred.step());
    }
    if (certainty instanceof Certainty.Proven) {
      return fields("kind", "proven");
    }
    return fields("kind", certainty instanceof Certainty.Confirmed ? "confirmed" : "unknown");
  }

  /** A field as its name, an item by position as a number, others as an object. */
  static List<@Nullable Object> elements(FieldPath path) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (PathElement element : path.elements()) {
      if (element instanceof PathElement.Field field) {
        elements.add(field.name());
      } else if (element instanceof PathElement.Index index) {
        elements.add((long) index.index());
      } else if (element instanceof PathElement.Key key) {
        elements.add(fields("key", key.values()));
      } else if (element instanceof PathElement.Value value) {
        elements.add(fields("value", value.value()));
      }
    }
    return elements;
  }

  /** Without its place: the same documents in another order are the same plan, to the byte. */
  private static Map<String, @Nullable Object> problem(Problem problem) {
    return fields(
        "code", problem.code().id(), "message", problem.message(), "hint", problem.hint());
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  private static @Nullable Map<String, @Nullable Object> rule(@Nullable ReadinessRule rule) {
    if (rule instanceof ReadinessRule.Condition condition) {
      return fields("kind", "condition", "type", condition.type(), "status", condition.status());
    }
    if (rule instanceof ReadinessRule.Expression expression) {
      return fields(
          "kind", "expression", "name", expression.name(), "conditions", expression.conditions());
    }
    if (rule instanceof ReadinessRule.FieldEquals equals) {
      return fields(
          "kind",
          "field-equals",
          "path",
          equals.path().toString(),
          "elements",
          elements(equals.path()),
          "value",
          equals.value());
    }
    if (rule instanceof ReadinessRule.Exists) {
      return fields("kind", "exists");
    }
    return rule == null ? null : fields("kind", "has-address");
  }

  /** What only one kind of step has. */
  private final class Details implements StepVisitor<Map<String, @Nullable Object>> {
    @Override
    public Map<String, @Nullable Object> create(Step.Create step) {
      Map<String, @Nullable Object> tree = fields("precondition", fields("kind", "absent"));
      tree.put("changes", changes(step.changes()));
      return withPayload(tree, step.payload());
    }

    @Override
    public Map<String, @Nullable Object> apply(Step.Apply step) {
      Map<String, @Nullable Object> tree = fields("force", step.force());
      tree.put("precondition", precondition(step.precondition()));
      tree.put("changes", changes(step.changes()));
      return withPayload(tree, step.payload());
    }

    @Override
    public Map<String, @Nullable Object> patch(Step.Patch step) {
      Map<String, @Nullable Object> tree =
          fields("precondition", precondition(step.precondition()));
      tree.put("changes", changes(step.changes()));
      if (whole) {
        tree.put("operations", step.operations().stream().map(PatchOperation::toTree).toList());
      }
      return tree;
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
          "rule",
          rule(step.rule()),
          "quietPeriod",
          step.quietPeriod().toString(),
          "goneIsDone",
          step.goneIsDone(),
          "uid",
          step.uid());
    }

    @Override
    public Map<String, @Nullable Object> awaitGone(Step.AwaitGone step) {
      return fields("uid", step.uid());
    }

    @Override
    public Map<String, @Nullable Object> unchanged(Step.Unchanged step) {
      return fields("kept", step.kept());
    }

    @Override
    public Map<String, @Nullable Object> gate(Step.Gate step) {
      return fields("opens", word(step.opens()));
    }

    private Map<String, @Nullable Object> withPayload(
        Map<String, @Nullable Object> tree, Payload payload) {
      if (whole) {
        tree.put(
            "payload",
            payload instanceof Payload.Template template
                ? template(template)
                : fields("kind", "literal", "manifest", payload.manifest().tree()));
      }
      return tree;
    }

    private Map<String, @Nullable Object> template(Payload.Template template) {
      List<Map<String, @Nullable Object>> waiting = new ArrayList<>();
      for (Payload.Field field : template.fields()) {
        waiting.add(
            fields(
                "path",
                field.path().toString(),
                "elements",
                elements(field.path()),
                "text",
                field.text()));
      }
      Map<String, @Nullable Object> objects = new LinkedHashMap<>();
      template
          .objects()
          .forEach(
              (name, source) -> {
                Map<String, @Nullable Object> object =
                    fields("resource", source.resource(), "apiVersion", source.kind().apiVersion());
                object.put("kind", source.kind().kind());
                object.put("namespace", source.namespace());
                object.put("name", source.name());
                objects.put(name, object);
              });
      Map<String, @Nullable Object> tree =
          fields("kind", "template", "manifest", template.manifest().tree());
      tree.put("fields", waiting);
      tree.put("objects", objects);
      tree.put("inputs", template.inputs());
      return tree;
    }

    /** Unless sealed, the fingerprint of a Secret with little in it would tell the content. */
    private Map<String, @Nullable Object> precondition(Precondition precondition) {
      if (precondition instanceof Precondition.Unchanged unchanged) {
        Map<String, @Nullable Object> tree = fields("kind", "unchanged", "uid", unchanged.uid());
        tree.put("resourceVersion", unchanged.resourceVersion());
        if (whole) {
          tree.put("fingerprint", unchanged.fingerprint());
        }
        return tree;
      }
      if (precondition instanceof Precondition.SameObject same) {
        return fields("kind", "same-object", "uid", same.uid());
      }
      return fields("kind", "absent");
    }
  }
}
