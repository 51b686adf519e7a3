package io.sailplan.plan;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link PlanJson} has written whole. Whoever gives a record another component
 * finds here, by the compiler, where to read it.
 */
final class PlanReader {
  private static final Map<String, Function<Fields, Certainty>> CERTAINTIES =
      Map.of(
          "proven", fields -> new Certainty.Proven(),
          "confirmed", fields -> new Certainty.Confirmed(),
          "assumed", fields -> new Certainty.Assumed(fields.text("reason")),
          "deferred", fields -> new Certainty.Deferred(fields.text("step")),
          "unknown", fields -> new Certainty.Unknown());
  private static final Map<String, Function<Fields, Precondition>> PRECONDITIONS =
      Map.of(
          "absent", fields -> new Precondition.Absent(),
          "same-object", fields -> new Precondition.SameObject(fields.text("uid")),
          "unchanged",
              fields ->
                  new Precondition.Unchanged(
                      fields.text("uid"),
                      fields.text("resourceVersion"),
                      fields.text("fingerprint")));
  private static final Map<String, Function<Fields, ReadinessRule>> RULES =
      Map.of(
          "exists", fields -> new ReadinessRule.Exists(),
          "has-address", fields -> new ReadinessRule.HasAddress(),
          "condition",
              fields -> new ReadinessRule.Condition(fields.text("type"), fields.text("status")),
          "expression",
              fields ->
                  new ReadinessRule.Expression(fields.text("name"), fields.texts("conditions")),
          "field-equals",
              fields -> new ReadinessRule.FieldEquals(path(fields), fields.text("value")));
  private static final Map<String, Function<Fields, Payload>> PAYLOADS =
      Map.of(
          "literal",
          fields -> new Payload.Literal(Manifest.of(fields.tree("manifest"))),
          "template",
          PlanReader::template);
  private static final Map<String, Propagation> PROPAGATIONS =
      words(Propagation.class, Propagation::text);

  private static final Map<String, Step.Gate.Opens> OPENS =
      words(Step.Gate.Opens.class, PlanJson::word);
  private static final Map<String, ProblemCode> CODES = words(ProblemCode.class, ProblemCode::id);

  /** What all steps have. */
  private record Common(
      String id, Target target, String reason, List<String> after, Duration deadline) {}

  private interface StepOf {
    Step read(Fields fields, Common step);
  }

  private static final Map<String, StepOf> STEPS =
      Map.of(
          "create", PlanReader::create,
          "apply", PlanReader::apply,
          "patch", PlanReader::patch,
          "delete", PlanReader::delete,
          "await-ready", PlanReader::awaitReady,
          "await-gone", PlanReader::awaitGone,
          "unchanged", PlanReader::unchanged,
          "gate", PlanReader::gate);

  private PlanReader() {}

  /**
   * Returns the plan; empty if {@code problems}, to which all are added, holds one.
   *
   * @param fields the whole document, but for its digest
   */
  static Optional<Plan> read(Fields fields, List<Problem> problems) {
    Fields application = fields.object("application");
    Membership membership = new Membership(application.text("namespace"), application.text("name"));
    application.end();
    PlannedOperation operation = new PlannedOperation(fields.text("operation"), membership);
    fields.flag("empty");
    fields.tree("counts");
    fields.tree("requests");
    List<ApiResource> kinds = fields.objects("kinds", PlanReader::resource);
    List<Optional<Step>> steps = fields.objects("steps", PlanReader::step);
    List<Problem> warnings = fields.objects("warnings", PlanReader::warning);
    fields.end();
    if (!isComplete(fields, steps)) {
      return Optional.empty();
    }
    try {
      Plan plan = Plan.of(operation, steps.stream().flatMap(Optional::stream).toList(), warnings);
      return problems.isEmpty()
          ? Optional.of(plan.servedAs(ApiResources.of(kinds)))
          : Optional.empty();
    } catch (IllegalArgumentException cycle) {
      fields.wrong(ProblemCode.CYCLE, "steps", String.valueOf(cycle.getMessage()), "");
      return Optional.empty();
    }
  }

  private static ApiResource resource(Fields fields) {
    ApiResource resource =
        new ApiResource(
            GroupVersionKind.of(fields.text("apiVersion"), fields.text("kind")),
            fields.text("plural"),
            fields.flag("namespaced"),
            fields.flag("status"),
            fields.flag("scale"));
    fields.end();
    return resource;
  }

  /** Notes the steps of one id, and those that are missed; returns whether there are none. */
  private static boolean isComplete(Fields fields, List<Optional<Step>> steps) {
    Set<String> ids = new LinkedHashSet<>();
    boolean complete = true;
    for (int i = 0; i < steps.size(); i++) {
      String id = steps.get(i).map(Step::id).orElse("");
      if (!id.isEmpty() && !ids.add(id)) {
        fields.item("steps", i, ProblemCode.DUPLICATE, "two steps have the id \"" + id + "\"");
        complete = false;
      }
    }
    if (steps.stream().anyMatch(Optional::isEmpty)) {
      return false; // a step that cannot be read may be the one that is missed
    }
    for (int i = 0; i < steps.size(); i++) {
      for (String before : steps.get(i).map(Step::after).orElse(List.of())) {
        if (!ids.contains(before)) {
          fields.item(
              "steps",
              i,
              ProblemCode.DANGLING_REFERENCE,
              "it comes after the unknown step \"" + before + "\"");
          complete = false;
        }
      }
    }
    return complete;
  }

  private static Optional<Step> step(Fields fields) {
    Common common =
        new Common(
            fields.text("id"),
            target(fields.object("target")),
            fields.text("reason"),
            fields.texts("after"),
            fields.duration("deadline"));
    StepOf kind = fields.choice("kind", STEPS);
    if (kind == null) {
      return Optional.empty(); // its other fields mean nothing
    }
    Step step = kind.read(fields, common);
    fields.end();
    return Optional.of(step);
  }

  private static Target target(Fields fields) {
    Target target =
        new Target(
            fields.text("resource"),
            GroupVersionKind.of(fields.text("apiVersion"), fields.text("kind")),
            fields.text("namespace"),
            fields.text("name"));
    fields.end();
    return target;
  }

  private static Step create(Fields fields, Common step) {
    precondition(fields, Precondition.Absent.class, new Precondition.Absent());
    return new Step.Create(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        payload(fields),
        changes(fields));
  }

  private static Step apply(Fields fields, Common step) {
    return new Step.Apply(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        payload(fields),
        changes(fields),
        precondition(fields, Precondition.class, new Precondition.Absent()),
        fields.flag("force"));
  }

  private static Step patch(Fields fields, Common step) {
    return new Step.Patch(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        fields.objects("operations", PlanReader::operation),
        sameObject(fields),
        changes(fields));
  }

  private static Step delete(Fields fields, Common step) {
    Propagation propagation = fields.choice("propagation", PROPAGATIONS);
    return new Step.Delete(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        existing(fields),
        propagation == null ? Propagation.ORPHAN : propagation);
  }

  private static Step awaitReady(Fields fields, Common step) {
    return new Step.AwaitReady(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        fields.any("rule") == null ? null : chosen(fields.object("rule"), "kind", RULES),
        fields.duration("quietPeriod"),
        fields.flag("goneIsDone"),
        fields.text("uid"));
  }

  private static Step awaitGone(Fields fields, Common step) {
    return new Step.AwaitGone(
        step.id(), step.target(), step.reason(), step.after(), step.deadline(), fields.text("uid"));
  }

  private static Step unchanged(Fields fields, Common step) {
    return new Step.Unchanged(
        step.id(), step.target(), step.reason(), step.after(), fields.flag("kept"));
  }

  private static Step gate(Fields fields, Common step) {
    Step.Gate.Opens opens = fields.choice("opens", OPENS);
    return new Step.Gate(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        opens == null ? Step.Gate.Opens.ALL_SUCCEEDED : opens);
  }

  private static Payload payload(Fields fields) {
    Payload payload = chosen(fields.object("payload"), "kind", PAYLOADS);
    return payload == null ? new Payload.Literal(Manifest.of(Map.of())) : payload;
  }

  private static Payload template(Fields fields) {
    Manifest manifest = Manifest.of(fields.tree("manifest"));
    List<Payload.Field> waiting =
        fields.objects("fields", field -> new Payload.Field(path(field), field.text("text")));
    Fields sources = fields.object("objects");
    Map<String, Payload.Source> objects = new LinkedHashMap<>();
    for (String name : sources.names()) {
      Fields source = sources.object(name);
      objects.put(
          name,
          new Payload.Source(
              source.text("resource"),
              GroupVersionKind.of(source.text("apiVersion"), source.text("kind")),
              source.text("namespace"),
              source.text("name")));
      source.end();
    }
    Map<String, @Nullable Object> inputs = fields.tree("inputs");
    if (waiting.isEmpty()) {
      fields.wrong(
          ProblemCode.INVALID_VALUE, "fields", "a template without fields is no template", "");
      return new Payload.Literal(manifest);
    }
    return new Payload.Template(manifest, waiting, objects, inputs);
  }

  private static Precondition.SameObject sameObject(Fields fields) {
    return precondition(fields, Precondition.SameObject.class, new Precondition.SameObject(""));
  }

  /** What is to be deleted is there. */
  private static Precondition existing(Fields fields) {
    Precondition same = new Precondition.SameObject("");
    Precondition precondition = precondition(fields, Precondition.class, same);
    if (precondition instanceof Precondition.Absent) {
      fields.wrong(
          ProblemCode.INVALID_VALUE,
          "precondition",
          "a step of this kind cannot have such a precondition",
          "");
      return same;
    }
    return precondition;
  }

  private static <T extends Precondition> T precondition(
      Fields fields, Class<T> type, T otherwise) {
    Precondition precondition = chosen(fields.object("precondition"), "kind", PRECONDITIONS);
    if (type.isInstance(precondition)) {
      return type.cast(precondition);
    }
    if (precondition != null) {
      fields.wrong(
          ProblemCode.INVALID_VALUE,
          "precondition",
          "a step of this kind cannot have such a precondition",
          "");
    }
    return otherwise;
  }

  private static PatchOperation operation(Fields fields) {
    String op = fields.text("op");
    PatchOperation operation =
        new PatchOperation(
            op, fields.text("path"), op.equals("remove") ? null : fields.any("value"));
    fields.end();
    return operation;
  }

  private static List<FieldChange> changes(Fields fields) {
    return fields.objects("changes", PlanReader::change);
  }

  private static FieldChange change(Fields fields) {
    Certainty certainty = chosen(fields.object("certainty"), "kind", CERTAINTIES);
    FieldChange change =
        new FieldChange(
            path(fields),
            fields.any("before"),
            fields.any("after"),
            certainty == null ? new Certainty.Unknown() : certainty,
            fields.flag("secret"));
    fields.end();
    return change;
  }

  private static FieldPath path(Fields fields) {
    List<PathElement> elements = new ArrayList<>();
    List<@Nullable Object> list = fields.list("elements");
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (item instanceof String name) {
        elements.add(new PathElement.Field(name));
      } else if (item instanceof Long index && index >= 0 && index <= Integer.MAX_VALUE) {
        elements.add(new PathElement.Index(index.intValue()));
      } else if (item instanceof Map<?, ?> map && map.size() == 1 && isKey(map.get("key"))) {
        Map<String, Object> values = new LinkedHashMap<>();
        Trees.object(map.get("key")).forEach((name, value) -> values.put(name, present(value)));
        elements.add(new PathElement.Key(values));
      } else if (item instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("value")) {
        elements.add(new PathElement.Value(map.get("value")));
      } else {
        fields.item("elements", i, ProblemCode.INVALID_VALUE, "this is no step of a path");
      }
    }
    FieldPath path = new FieldPath(elements);
    if (!fields.text("path").equals(path.toString())) {
      fields.wrong(
          ProblemCode.INVALID_VALUE, "path", "the path is not that of its elements: " + path, "");
    }
    return path;
  }

  private static boolean isKey(@Nullable Object values) {
    return values instanceof Map<?, ?> map && !map.containsValue(null);
  }

  private static Object present(@Nullable Object value) {
    return value == null ? "" : value;
  }

  private static Problem warning(Fields fields) {
    ProblemCode code = fields.choice("code", CODES);
    Problem problem =
        new Problem(
            code == null ? ProblemCode.SYNTAX : code,
            Severity.WARNING,
            null,
            fields.text("message"),
            fields.text("hint"));
    fields.end();
    return problem;
  }

  private static <T> @Nullable T chosen(
      Fields fields, String name, Map<String, Function<Fields, T>> readers) {
    Function<Fields, T> reader = fields.choice(name, readers);
    if (reader == null) {
      return null;
    }
    T read = reader.apply(fields);
    fields.end();
    return read;
  }

  private static <E extends Enum<E>> Map<String, E> words(Class<E> type, Function<E, String> word) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(word.apply(constant), constant);
    }
    return words;
  }
}
