package io.sailplan.planning;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.Compilation;
import io.sailplan.expression.CompiledExpression;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.ExpressionEnvironment;
import io.sailplan.expression.ExpressionType;
import io.sailplan.expression.ManifestTemplate;
import io.sailplan.expression.Reference;
import io.sailplan.expression.Template;
import io.sailplan.expression.TemplateField;
import io.sailplan.expression.Unknown;
import io.sailplan.graph.Edge;
import io.sailplan.graph.Provenance;
import io.sailplan.graph.Strength;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Input;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Resource;
import io.sailplan.model.Templating;
import io.sailplan.model.Trees;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out expressions as far as inputs, and objects outside of the application, tell. */
final class Composer {
  /** So many objects one resource may become, as kro has it. */
  private static final int MOST = 1000;

  private static final List<FieldPath> IDENTITY =
      List.of(
          FieldPath.of("apiVersion"),
          FieldPath.of("kind"),
          FieldPath.of("metadata", "name"),
          FieldPath.of("metadata", "namespace"));

  private final PlanRequest request;
  private final Application application;
  private final ShapeCatalog catalog;
  private final Naming naming;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Draft> drafts = new TreeMap<>();
  private final NavigableMap<String, String> left = new TreeMap<>();

  /** A resource whose expressions are understood. */
  private record Draft(
      Resource resource,
      NavigableMap<FieldPath, CompiledExpression> fields,
      List<CompiledExpression> conditions,
      Map<String, CompiledExpression> dimensions) {

    /** Returns its own names for others. */
    Map<String, String> own() {
      return resource.templating() == null ? Map.of() : resource.templating().names();
    }

    /** Returns what a name stands for: an input, an object of others, or the id of a resource. */
    String meaning(String name) {
      return own().getOrDefault(name, name);
    }

    List<CompiledExpression> all() {
      List<CompiledExpression> all = new ArrayList<>(fields.values());
      all.addAll(conditions);
      all.addAll(dimensions.values());
      return all;
    }
  }

  private Composer(PlanRequest request, Application application, ShapeCatalog catalog) {
    this.request = request;
    this.application = application;
    this.catalog = catalog;
    this.naming = new Naming(request, application, catalog, problems);
  }

  /** Returns what a request asks for; nothing is looked at unless it holds expressions. */
  static Composition compose(PlanRequest request, ShapeCatalog catalog) {
    return request
        .operation()
        .declared()
        .filter(declared -> declared.resources().stream().anyMatch(Resource::isTemplate))
        .map(declared -> new Composer(request, declared, catalog).compose())
        .orElseGet(() -> Composition.plain(request));
  }

  private Composition compose() {
    for (Resource resource : application.resources()) {
      if (resource.templating() != null) {
        drafts.put(resource.id(), understand(resource, resource.templating()));
      }
    }
    if (problems.stream().anyMatch(Problem::isError)) {
      return broken();
    }
    decide();
    Map<String, List<String>> ids = new TreeMap<>();
    Map<String, List<Instance>> instances = new TreeMap<>();
    for (Resource resource : application.resources()) {
      if (left.containsKey(resource.id())) {
        ids.put(resource.id(), List.of());
        continue;
      }
      Draft draft = drafts.get(resource.id());
      if (draft == null) {
        ids.put(resource.id(), List.of(resource.id()));
      } else {
        List<Instance> made = instances(draft);
        instances.put(resource.id(), made);
        ids.put(resource.id(), made.stream().map(Instance::id).toList());
      }
    }
    Made made = new Made(ids);
    for (Resource resource : application.resources()) {
      if (drafts.get(resource.id()) == null && Naming.isName(resource.id())) {
        naming.declare(resource.id(), resource.manifest(), Set.of());
      }
    }
    for (Resource resource : inOrder()) {
      Draft draft = drafts.get(resource.id());
      if (!left.containsKey(resource.id()) && draft == null) {
        made.resources.add(resource.withDependsOn(made.ids(resource.dependsOn())));
      } else if (draft != null) {
        instances.getOrDefault(resource.id(), List.of()).forEach(one -> made.add(draft, one));
      }
    }
    if (problems.stream().anyMatch(Problem::isError)) {
      return broken();
    }
    try {
      return new Composition(
          with(application.withResources(made.resources)),
          made.open,
          made.edges,
          leftOut(),
          naming.externals(),
          problems);
    } catch (InvalidInputException e) {
      problems.addAll(e.problems());
      return broken();
    }
  }

  private Map<Resource, String> leftOut() {
    Map<Resource, String> all = new LinkedHashMap<>();
    left.forEach((id, why) -> all.put(application.resource(id).orElseThrow(), why));
    return all;
  }

  private Composition broken() {
    return new Composition(
        with(application.withResources(List.of())),
        Map.of(),
        List.of(),
        Map.of(),
        naming.externals(),
        problems);
  }

  private PlanRequest with(Application composed) {
    Operation operation =
        request.operation() instanceof Operation.Delete delete
            ? new Operation.Delete(delete.membership(), composed)
            : new Operation.Deploy(composed);
    return new PlanRequest(operation, request.snapshot(), request.policy(), request.now());
  }

  // What is written

  private Draft understand(Resource resource, Templating templating) {
    ExpressionEnvironment names = naming.environment(templating.names());
    ExpressionEnvironment all = names;
    Map<String, CompiledExpression> dimensions = new LinkedHashMap<>();
    for (Templating.Dimension dimension : templating.forEach()) {
      compile(
              names,
              Template.expression(dimension.list()),
              ExpressionType.listOf(ExpressionType.any()),
              resource,
              "forEach " + dimension.name())
          .ifPresent(list -> dimensions.put(dimension.name(), list));
      all = all.with(dimension.name(), ExpressionType.any());
    }
    List<CompiledExpression> conditions = new ArrayList<>();
    for (String text : templating.includeWhen()) {
      compile(names, Template.expression(text), ExpressionType.condition(), resource, "includeWhen")
          .ifPresent(conditions::add);
    }
    Optional<Shape> shape = catalog.find(resource.manifest()).map(KindShape::shape);
    ManifestTemplate manifest = ManifestTemplate.of(resource.manifest(), resource.source());
    List<Problem> ofKeys = new ArrayList<>(manifest.problems());
    manifest.fields().forEach(field -> ofKeys.removeAll(field.template().problems()));
    problems.addAll(ofKeys);
    NavigableMap<FieldPath, CompiledExpression> fields = new TreeMap<>();
    for (TemplateField field : manifest.fields()) {
      ExpressionType expected =
          shape
              .flatMap(whole -> whole.at(field.path()))
              .map(ExpressionType::of)
              .orElse(ExpressionType.any());
      compile(all, field.template(), expected, resource, field.path().toString())
          .ifPresent(expression -> fields.put(field.path(), expression));
    }
    Draft draft = new Draft(resource, fields, conditions, dimensions);
    check(draft);
    return draft;
  }

  private Optional<CompiledExpression> compile(
      ExpressionEnvironment environment,
      Template template,
      ExpressionType expected,
      Resource resource,
      String where) {
    Compilation compilation = environment.compile(template, expected);
    for (Problem problem : compilation.problems()) {
      problems.add(
          Problem.error(problem.code(), resource.id() + ", " + where + ": " + problem.message())
              .hint(problem.hint())
              .at(problem.location() == null ? resource.source().find("") : problem.location()));
    }
    return compilation.expression();
  }

  private void check(Draft draft) {
    String id = draft.resource().id();
    for (String dimension : draft.dimensions().keySet()) {
      if (naming.environment(draft.own()).names().contains(dimension)) {
        problem(
            draft,
            ProblemCode.DUPLICATE,
            "the dimension \"" + dimension + "\" has the name of something else",
            "Give it another name.");
      }
    }
    for (CompiledExpression expression : draft.all()) {
      for (Reference reference : expression.references()) {
        if (draft.meaning(reference.root()).equals(id)) {
          problem(draft, ProblemCode.CYCLE, "it reads itself: " + reference, "");
        }
      }
    }
    draft
        .fields()
        .forEach(
            (path, expression) -> {
              if (loops(path)) {
                expression.references().stream()
                    .filter(reference -> reference.readsBelow("metadata", "resourceVersion"))
                    .forEach(
                        reference ->
                            problem(
                                draft,
                                ProblemCode.CYCLE,
                                path
                                    + " reads "
                                    + reference
                                    + ": each change would make another object, without end",
                                "Use digest(…) of what matters in it."));
              }
            });
  }

  private static boolean loops(FieldPath path) {
    return IDENTITY.contains(path) || path.toString().toLowerCase(Locale.ROOT).contains("selector");
  }

  private void problem(Draft draft, ProblemCode code, String message, String hint) {
    problems.add(
        Problem.error(code, draft.resource().id() + ": " + message)
            .at(draft.resource().source().find(""))
            .hint(hint));
  }

  // What is there

  /** Decides what is left out, and what is left out because of that. */
  private void decide() {
    for (Draft draft : drafts.values()) {
      for (CompiledExpression condition : draft.conditions()) {
        Evaluation evaluation =
            condition.evaluate(known(draft, Map.of(), false), known(draft, Map.of(), true));
        if (evaluation instanceof Evaluation.Failed failed) {
          problem(
              draft, failed.problem().code(), failed.problem().message(), failed.problem().hint());
        } else if (evaluation instanceof Evaluation.Deferred deferred) {
          undecided(draft, "whether it is included", deferred);
        } else if (!(evaluation instanceof Evaluation.Value value
            && Boolean.TRUE.equals(value.tree()))) {
          left.put(draft.resource().id(), "includeWhen does not hold");
        }
      }
    }
    boolean more = true;
    while (more) {
      more = false;
      for (Draft draft : drafts.values()) {
        String id = draft.resource().id();
        Optional<String> missing = left.containsKey(id) ? Optional.empty() : missing(draft);
        if (missing.isPresent()) {
          left.put(id, "it needs " + missing.get() + ", which is left out");
          more = true;
        }
      }
    }
  }

  private Optional<String> missing(Draft draft) {
    return draft.all().stream()
        .flatMap(expression -> expression.references().stream())
        .filter(reference -> reference.strength() == Reference.Strength.HARD)
        .map(reference -> draft.meaning(reference.root()))
        .filter(left::containsKey)
        .sorted()
        .findFirst();
  }

  private void undecided(Draft draft, String what, Evaluation.Deferred deferred) {
    problem(
        draft,
        ProblemCode.UNDECIDED,
        what + " depends on " + text(deferred.waitsFor()) + ", which is known only in the run",
        "Decide it by an input, or by an object outside of the application.");
  }

  private static String text(Set<Unknown> unknowns) {
    return unknowns.stream().map(Unknown::toString).collect(Collectors.joining(", "));
  }

  private Bindings known(Draft draft, Map<String, @Nullable Object> values, boolean expecting) {
    return naming.known(draft.own(), values, expecting);
  }

  /** One object of a resource, and the values it is there for. */
  private record Instance(String id, Map<String, @Nullable Object> values) {}

  private List<Instance> instances(Draft draft) {
    List<Instance> instances = new ArrayList<>();
    instances.add(new Instance(draft.resource().id(), Map.of()));
    if (draft.dimensions().isEmpty()) {
      return instances;
    }
    for (Map.Entry<String, CompiledExpression> dimension : draft.dimensions().entrySet()) {
      Evaluation evaluation =
          dimension
              .getValue()
              .evaluate(known(draft, Map.of(), false), known(draft, Map.of(), true));
      if (evaluation instanceof Evaluation.Deferred deferred) {
        undecided(draft, "how many of it there are", deferred);
        return List.of();
      }
      if (evaluation instanceof Evaluation.Failed failed) {
        problem(
            draft, failed.problem().code(), failed.problem().message(), failed.problem().hint());
        return List.of();
      }
      List<@Nullable Object> values =
          evaluation instanceof Evaluation.Value value ? Trees.list(value.tree()) : List.of();
      if ((long) instances.size() * values.size() > MOST) {
        problem(
            draft,
            ProblemCode.TOO_LARGE,
            "forEach asks for more than " + MOST + " objects",
            "Ask for fewer.");
        return List.of();
      }
      List<Instance> product = new ArrayList<>();
      for (Instance one : instances) {
        for (Object value : values) {
          Map<String, @Nullable Object> chosen = new LinkedHashMap<>(one.values());
          chosen.put(dimension.getKey(), value);
          product.add(new Instance(draft.resource().id() + "[" + product.size() + "]", chosen));
        }
      }
      instances = product;
    }
    return instances;
  }

  /** Returns the resources, each after those that it reads; those in a circle in any order. */
  private List<Resource> inOrder() {
    Map<String, Resource> ordered = new LinkedHashMap<>();
    Set<String> visited = new TreeSet<>();
    application.resources().forEach(resource -> visit(resource, visited, ordered));
    return List.copyOf(ordered.values());
  }

  private void visit(Resource resource, Set<String> visited, Map<String, Resource> ordered) {
    if (!visited.add(resource.id())) {
      return;
    }
    Draft draft = drafts.get(resource.id());
    if (draft != null) {
      for (CompiledExpression expression : draft.fields().values()) {
        for (Reference reference : expression.references()) {
          application
              .resource(draft.meaning(reference.root()))
              .ifPresent(other -> visit(other, visited, ordered));
        }
      }
    }
    ordered.put(resource.id(), resource);
  }

  /** Collects what the composed application is made of. */
  private final class Made {
    private final Map<String, List<String>> ids;
    private final List<Resource> resources = new ArrayList<>();
    private final Map<String, Composition.OpenResource> open = new TreeMap<>();
    private final List<Edge> edges = new ArrayList<>();

    Made(Map<String, List<String>> ids) {
      this.ids = ids;
    }

    List<String> ids(List<String> others) {
      return others.stream().flatMap(id -> ids.getOrDefault(id, List.of()).stream()).toList();
    }

    void add(Draft draft, Instance instance) {
      Bindings bindings = known(draft, instance.values(), false);
      Bindings expecting = known(draft, instance.values(), true);
      Map<FieldPath, Filling> known = new TreeMap<>();
      NavigableMap<FieldPath, CompiledExpression> waiting = new TreeMap<>();
      draft
          .fields()
          .forEach(
              (path, expression) -> {
                Evaluation evaluation = expression.evaluate(bindings, expecting);
                if (evaluation instanceof Evaluation.Failed failed) {
                  problem(
                      draft,
                      failed.problem().code(),
                      path + ": " + failed.problem().message(),
                      failed.problem().hint());
                } else if (evaluation instanceof Evaluation.Deferred deferred) {
                  if (IDENTITY.contains(path)) {
                    undecided(draft, path.toString(), deferred);
                  }
                  waiting.put(path, expression);
                } else if (evaluation.tainted()) {
                  waiting.put(path, expression); // what is secret is never put into a plan
                } else if (evaluation instanceof Evaluation.Value value) {
                  known.put(path, Filling.of(value.tree()));
                } else {
                  known.put(path, Filling.OMITTED);
                }
              });
      Map<String, Composition.Read> reads = reads(draft);
      Map<FieldPath, Filling> now = new TreeMap<>(known);
      waiting.keySet().forEach(path -> now.put(path, hole(path)));
      Manifest manifest = Filling.fill(draft.resource().manifest(), now);
      if (draft.dimensions().isEmpty()) {
        naming.declare(draft.resource().id(), manifest, waiting.keySet());
      }
      resources.add(
          draft
              .resource()
              .withId(instance.id())
              .withManifest(manifest)
              .withDependsOn(ids(draft.resource().dependsOn()))
              .templated(null));
      if (!waiting.isEmpty()) {
        Map<String, @Nullable Object> inputs = new TreeMap<>();
        Set<String> roots = roots(waiting.values());
        for (String root : roots) {
          Input input = application.inputs().get(draft.meaning(root));
          if (input != null) {
            inputs.put(root, input.value());
          }
        }
        inputs.putAll(instance.values());
        open.put(
            instance.id(),
            new Composition.OpenResource(
                draft.resource().withId(instance.id()), known, waiting, inputs, reads));
      }
      edges(draft, instance);
    }

    /** What is open is left out; an item of a list stays, so that no other moves. */
    private Filling hole(FieldPath path) {
      PathElement last = path.elements().get(path.elements().size() - 1);
      return last instanceof PathElement.Index ? Filling.of("") : Filling.OMITTED;
    }

    private Map<String, Composition.Read> reads(Draft draft) {
      Map<String, Composition.Read> reads = new TreeMap<>();
      for (String root : roots(draft.fields().values())) {
        String meaning = draft.meaning(root);
        Input.External external = naming.externals().get(meaning);
        if (external != null) {
          reads.put(root, new Composition.Read(List.of(), false, external));
        } else if (application.resource(meaning).isPresent()) {
          Draft other = drafts.get(meaning);
          reads.put(
              root,
              new Composition.Read(
                  ids.getOrDefault(meaning, List.of()),
                  other != null && !other.dimensions().isEmpty(),
                  null));
        }
      }
      return reads;
    }

    private Set<String> roots(Iterable<CompiledExpression> expressions) {
      Set<String> roots = new TreeSet<>();
      for (CompiledExpression expression : expressions) {
        expression.references().forEach(reference -> roots.add(reference.root()));
      }
      return roots;
    }

    private void edges(Draft draft, Instance instance) {
      Set<Edge> found = new LinkedHashSet<>();
      draft
          .fields()
          .forEach(
              (path, expression) -> {
                for (Reference reference : expression.references()) {
                  for (String to : ids.getOrDefault(draft.meaning(reference.root()), List.of())) {
                    found.add(
                        Edge.of(
                            instance.id(),
                            to,
                            reference.strength() == Reference.Strength.HARD
                                ? Strength.HARD
                                : Strength.SOFT,
                            Provenance.expression(path.toString())));
                  }
                }
              });
      edges.addAll(found);
    }
  }
}
