package io.sailplan.planning;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.CompiledExpression;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.Unknown;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Input;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.SecretContent;
import io.sailplan.model.Trees;
import io.sailplan.ownership.Fingerprint;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Target;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plans what happens to resources that read others: from what these are, and from what will become
 * of them. What only the run can tell stays open, and the step fills it in.
 */
final class OpenResources {
  private static final String SECRET = "(secret)";
  private static final List<String> OF_THE_SERVER = List.of("resourceVersion", "generation");
  private static final List<String> OF_A_NEW_ONE = List.of("uid", "creationTimestamp");

  private final World world;
  private final ResourceGraph graph;
  private final ResourcePlanner planner;
  private final Map<String, Draft> drafts;
  private final List<Problem> problems;
  private final Map<String, After> afters = new HashMap<>();

  /**
   * Makes one.
   *
   * @param drafts what happens to the resources so far, by id; looked into when others read them
   * @param problems receives what is found to be wrong
   */
  OpenResources(
      World world,
      ResourceGraph graph,
      ResourcePlanner planner,
      Map<String, Draft> drafts,
      List<Problem> problems) {
    this.world = world;
    this.graph = graph;
    this.planner = planner;
    this.drafts = drafts;
    this.problems = problems;
  }

  /** What the open fields of a resource come to. */
  private static final class Answers {
    private final Map<FieldPath, Filling> values = new TreeMap<>();
    private final NavigableMap<FieldPath, Unknown> waiting = new TreeMap<>();
    private final Set<FieldPath> secret = new TreeSet<>();

    boolean isPlain() {
      return waiting.isEmpty() && secret.isEmpty();
    }

    /** Returns the fields that only the run fills in, ordered. */
    Set<FieldPath> late() {
      Set<FieldPath> late = new TreeSet<>(waiting.keySet());
      late.addAll(secret);
      return late;
    }

    Optional<FieldPath> above(FieldPath path) {
      return late().stream().filter(path::startsWith).findFirst();
    }
  }

  /** Returns the draft for a resource with open fields; empty if it is refused, or wrong. */
  Optional<Draft> draft(
      Composition.OpenResource open, Resource composed, ObjectKey key, List<Refusal> refusals) {
    Answers answers = answers(open, key);
    if (answers == null) {
      return Optional.empty();
    }
    Resource resource = composed.withManifest(home(open.fill(answers.values), composed));
    Untold untold = Untold.of(answers.secret, resource.manifest(), live(key));
    if (answers.waiting.isEmpty() && isWrong(resource, untold)) {
      return Optional.empty();
    }
    List<Refusal> found = new ArrayList<>();
    Optional<Draft> draft = planner.draft(resource, key, found);
    found.forEach(refusal -> refusals.add(untold.hide(refusal)));
    if (draft.isEmpty() || answers.isPlain()) {
      return draft;
    }
    Draft drafted = draft.get();
    return drafted.write() == null && answers.waiting.isEmpty()
        ? draft
        : Optional.of(late(open, resource, answers, drafted));
  }

  private static Manifest home(Manifest filled, Resource composed) {
    String namespace = composed.manifest().namespace();
    return namespace.isEmpty() ? filled : filled.inNamespace(namespace);
  }

  private @Nullable Manifest live(ObjectKey key) {
    return world.lookup(key) instanceof Lookup.Found found ? found.object().manifest() : null;
  }

  private boolean isWrong(Resource resource, Untold untold) {
    List<Problem> found =
        world
            .catalog()
            .find(resource.manifest())
            .map(shape -> Whole.problems(world, resource, shape))
            .orElse(List.of());
    found.forEach(problem -> problems.add(untold.hide(problem)));
    return found.stream().anyMatch(Problem::isError);
  }

  private @Nullable Answers answers(Composition.OpenResource open, ObjectKey key) {
    Bindings bindings = bindings(open, false);
    Bindings expecting = bindings(open, true);
    Manifest live = live(key);
    Answers answers = new Answers();
    boolean failed = false;
    for (Map.Entry<FieldPath, CompiledExpression> field : open.fields().entrySet()) {
      FieldPath path = field.getKey();
      Evaluation evaluation = field.getValue().evaluate(bindings, expecting);
      if (evaluation instanceof Evaluation.Failed wrong) {
        problems.add(
            Problem.error(
                    wrong.problem().code(),
                    open.resource().id() + ", " + path + ": " + wrong.problem().message())
                .at(open.resource().source().find(path))
                .hint(wrong.problem().hint()));
        failed = true;
      } else if (evaluation instanceof Evaluation.Deferred deferred) {
        answers.waiting.put(path, deferred.waitsFor().first());
        answers.values.put(
            path,
            Filling.of(
                Optional.ofNullable(live)
                    .flatMap(there -> path.find(there.tree()))
                    .orElseGet(() -> standIn(field.getValue()))));
      } else if (evaluation instanceof Evaluation.Value value) {
        answers.values.put(path, Filling.of(value.tree()));
        if (value.tainted()) {
          answers.secret.add(path);
        }
      } else {
        answers.values.put(path, Filling.OMITTED);
      }
    }
    return failed ? null : answers;
  }

  /** Returns a value of the right type for what is not known yet. */
  static Object standIn(CompiledExpression expression) {
    return switch (expression.type().kind()) {
      case BOOLEAN -> false;
      case INTEGER, UNSIGNED, NUMBER -> 1L;
      case LIST -> List.of();
      case MAP, OBJECT -> Map.of();
      default -> "deferred";
    };
  }

  // What others are, and will be

  /** Returns what the names stand for; with {@code expecting}, what is missing may still come. */
  private Bindings bindings(Composition.OpenResource open, boolean expecting) {
    Bindings.Builder bindings = Composition.bind(open.inputs());
    open.reads()
        .forEach(
            (name, read) -> {
              if (read.external() != null) {
                external(bindings, name, read.external(), expecting);
              } else if (read.all()) {
                List<@Nullable Object> all = new ArrayList<>();
                read.ids().forEach(id -> all.add(after(id).tree()));
                bindings.bind(name, all);
                if (read.ids().stream()
                    .anyMatch(id -> SecretContent.isSecret(graph.key(id).groupKind()))) {
                  bindings.secret(name, FieldPath.root());
                }
                if (expecting) {
                  bindings.open(name, FieldPath.root());
                }
              } else if (read.ids().size() == 1) {
                bind(bindings, name, read.ids().get(0), expecting);
              } else {
                bindings.bind(name, Unknown.of(name));
              }
            });
    return bindings.build();
  }

  private void external(
      Bindings.Builder bindings, String name, Input.External external, boolean expecting) {
    ObjectKey key = world.external(external);
    if (world.lookup(key) instanceof Lookup.Found found) {
      bindings.bind(name, found.object().manifest());
      if (expecting) {
        bindings.open(name, FieldPath.root());
      }
    } else {
      bindings.bind(name, Unknown.of(name));
    }
  }

  private void bind(Bindings.Builder bindings, String name, String id, boolean expecting) {
    After after = after(id);
    bindings.bind(name, after.tree());
    if (SecretContent.isSecret(graph.key(id).groupKind())) {
      Naming.SECRET.forEach(path -> bindings.secret(name, path));
    }
    if (!expecting) {
      return;
    }
    if (after.declaresData()) {
      bindings.open(name, FieldPath.of("metadata"));
    } else {
      bindings.open(name, FieldPath.root());
    }
  }

  /**
   * What becomes of a resource.
   *
   * @param tree the object, with what is not known marked
   * @param declaresData whether no more entries of its {@code data} are to be expected
   */
  private record After(@Nullable Object tree, boolean declaresData) {}

  /** What is drafted stays so: it is worked out once, however many read it. */
  private After after(String id) {
    Draft draft = drafts.get(id);
    return draft == null
        ? new After(Unknown.of(id), false)
        : afters.computeIfAbsent(id, same -> after(same, draft));
  }

  private After after(String id, Draft draft) {
    ObjectKey key = graph.key(id);
    LiveObject live = world.lookup(key) instanceof Lookup.Found found ? found.object() : null;
    if (draft.write() == null && live == null) {
      return new After(Unknown.of(id), false);
    }
    Draft.Write write = draft.write();
    if (write == null) {
      return new After(live == null ? null : live.manifest().tree(), declaresData(live));
    }
    Manifest payload = write.payload().manifest();
    LiveObject after =
        planner.after(draft.creates() ? null : live, payload).orElse(LiveObject.of(payload));
    Map<FieldPath, Filling> marks = new LinkedHashMap<>();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(after.manifest().tree());
    Map<String, @Nullable Object> metadata =
        new LinkedHashMap<>(Trees.object(tree.get("metadata")));
    OF_THE_SERVER.forEach(field -> metadata.put(field, Unknown.of(id, "metadata", field)));
    if (draft.creates()) {
      OF_A_NEW_ONE.forEach(field -> metadata.put(field, Unknown.of(id, "metadata", field)));
    }
    tree.put("metadata", metadata);
    if (world
        .catalog()
        .find(payload)
        .map(shape -> shape.shape().child("status") != null)
        .orElse(true)) {
      tree.put("status", Unknown.of(id, "status"));
    }
    if (write.payload() instanceof Payload.Template template) {
      for (Payload.Field field : template.fields()) {
        marks.put(field.path(), Filling.of(new Unknown(id, field.path())));
      }
    }
    return new After(marks.isEmpty() ? tree : Marked.mark(tree, marks), declaresData(after));
  }

  private static boolean declaresData(@Nullable LiveObject object) {
    String kind = object == null ? "" : object.key().groupKind().toString();
    return object != null
        && (kind.equals("ConfigMap") || kind.equals("Secret"))
        && object.manifest().get("data") != null;
  }

  // What the run has to fill in

  private Draft late(
      Composition.OpenResource open, Resource resource, Answers answers, Draft draft) {
    Map<FieldPath, Filling> standIns = new TreeMap<>(answers.values);
    for (FieldPath path : answers.secret) {
      Filling value = answers.values.get(path);
      standIns.put(
          path,
          Filling.of(
              value != null && value.value() instanceof String
                  ? SECRET
                  : standIn(open.field(path))));
    }
    Manifest manifest = world.membership().mark(home(open.fill(standIns), resource));
    List<Payload.Field> fields = new ArrayList<>();
    for (FieldPath path : answers.late()) {
      fields.add(new Payload.Field(path, open.field(path).template().text()));
    }
    Set<String> roots = new TreeSet<>();
    for (FieldPath path : answers.late()) {
      open.field(path).references().forEach(reference -> roots.add(reference.root()));
    }
    Map<String, Payload.Source> objects = new TreeMap<>();
    open.reads()
        .forEach(
            (name, read) -> {
              if (roots.contains(name)) {
                sources(name, read, objects);
              }
            });
    Map<String, @Nullable Object> inputs = new TreeMap<>(open.inputs());
    inputs.keySet().retainAll(roots);
    Payload.Template template = new Payload.Template(manifest, fields, objects, inputs);
    return write(resource, draft, template, changes(draft, answers, resource));
  }

  private void sources(String name, Composition.Read read, Map<String, Payload.Source> objects) {
    if (read.external() != null) {
      ObjectKey key = world.external(read.external());
      objects.put(
          name, new Payload.Source(name, read.external().kind(), key.namespace(), key.name()));
      return;
    }
    for (int i = 0; i < read.ids().size(); i++) {
      String id = read.ids().get(i);
      ObjectKey key = graph.key(id);
      objects.put(
          read.all() ? Payload.Template.item(name, i) : name,
          new Payload.Source(
              id,
              graph.resource(id).orElseThrow().manifest().groupVersionKind(),
              key.namespace(),
              key.name()));
    }
  }

  private List<FieldChange> changes(Draft draft, Answers answers, Resource resource) {
    List<FieldChange> changes = new ArrayList<>();
    List<FieldChange> planned = draft.write() == null ? List.of() : draft.write().changes();
    for (FieldChange change : planned) {
      Optional<FieldPath> late = answers.above(change.path());
      if (late.isEmpty()) {
        changes.add(change);
      } else if (!answers.waiting.containsKey(late.get())) {
        changes.add(
            new FieldChange(
                change.path(), change.before(), change.after(), change.certainty(), true));
      }
    }
    Manifest live = live(draft.target().key());
    answers.waiting.forEach(
        (path, unknown) ->
            changes.add(
                new FieldChange(
                    path,
                    live == null ? null : path.find(live.tree()).orElse(null),
                    null,
                    new Certainty.Deferred(step(unknown.root())),
                    Prediction.isSecret(resource.manifest(), path, "", ""))));
    changes.sort(Comparator.comparing(FieldChange::path));
    return changes;
  }

  /** Returns the step that tells what becomes of a resource. */
  private String step(String resource) {
    Draft draft = drafts.get(resource);
    if (draft == null) {
      return resource;
    }
    return draft.await()
        ? "await " + resource
        : (draft.creates() ? "create " : "apply ") + resource;
  }

  private Draft write(
      Resource resource, Draft draft, Payload.Template template, List<FieldChange> changes) {
    Draft.Write planned = draft.write();
    Draft.Write write =
        planned == null
            ? new Draft.Write(template, changes, Optional.of(unchanged(resource, draft)), false)
            : new Draft.Write(template, changes, planned.precondition(), planned.force());
    return new Draft(
        draft.target(),
        write,
        planned == null ? "what it reads changes" : draft.reason(),
        draft.leaving(),
        draft.await() || ReadinessCheck.isNeeded(world, resource),
        draft.uid().isEmpty() && planned == null ? live(draft.target()).uid() : draft.uid(),
        draft.rule(),
        draft.goneIsDone(),
        draft.deletion(),
        draft.takeover());
  }

  private Precondition unchanged(Resource resource, Draft draft) {
    LiveObject live = live(draft.target());
    Manifest payload = planner.canonical(world.membership().mark(resource.manifest()));
    return new Precondition.Unchanged(
        live.uid(),
        live.resourceVersion(),
        Fingerprint.of(live, payload, world.membership().fieldManager()));
  }

  private LiveObject live(Target target) {
    return ((Lookup.Found) world.lookup(target.key())).object();
  }
}
