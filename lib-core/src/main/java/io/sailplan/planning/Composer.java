package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

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
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Input;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.PathElement;
import io.sailplan.model.Resource;
import io.sailplan.model.SecretContent;
import io.sailplan.model.Templating;
import io.sailplan.model.Trees;
import io.sailplan.ownership.Canonical;
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
  private final ExpressionEnvironment names;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Input.External> externals = new TreeMap<>();
  private final Map<String, Draft> drafts = new TreeMap<>();
  private final NavigableMap<String, String> left = new TreeMap<>();

  /** What resources declare of themselves, by id, as far as it was worked out. */
  private final Map<String, Object> declares = new TreeMap<>();

  /** A resource whose expressions are understood. */
  private record Draft(
      Resource resource,
      NavigableMap<FieldPath, CompiledExpression> fields,
      List<CompiledExpression> conditions,
      Map<String, CompiledExpression> dimensions) {

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
    this.names = names();
  }

  /** Returns what a request asks for; nothing is looked at unless it holds expressions. */
  static Composition compose(PlanRequest request, ShapeCatalog catalog) {
    return request.operation() instanceof Operation.Deploy deploy
            && deploy.application().resources().stream().anyMatch(Resource::isTemplate)
        ? new Composer(request, deploy.application(), catalog).compose()
        : Composition.plain(request);
  }

  private Composition compose() {
    for (String name : application.inputs().keySet()) {
      if (application.resource(name).isPresent() || application.externals().containsKey(name)) {
        clash(name);
      }
    }
    for (String name : application.externals().keySet()) {
      if (application.resource(name).isPresent()) {
        clash(name);
      }
    }
    application.externals().forEach((name, external) -> settle(name, external));
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
      if (drafts.get(resource.id()) == null && isName(resource.id())) {
        declare(resource.id(), resource.manifest(), Set.of());
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
          externals,
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

  /** Works out where an object of others is to be found. */
  private void settle(String name, Input.External external) {
    Bindings.Builder bindings = Bindings.builder();
    application.inputs().forEach((input, value) -> bindings.bind(input, value.value()));
    Bindings inputs = bindings.build();
    String found = settle(name, external.name(), inputs);
    String namespace = settle(name, external.namespace(), inputs);
    externals.put(name, new Input.External(external.kind(), namespace, found));
  }

  private String settle(String name, String text, Bindings inputs) {
    if (!Template.mayHoldExpressions(text)) {
      return text;
    }
    Compilation compilation = names.compile(Template.parse(text), ExpressionType.string());
    List<Problem> wrong = new ArrayList<>(compilation.problems());
    Optional<Evaluation> evaluation =
        compilation
            .expression()
            .filter(
                expression ->
                    expression.references().stream()
                        .allMatch(read -> application.inputs().containsKey(read.root())))
            .map(expression -> expression.evaluate(inputs));
    if (evaluation.isPresent() && evaluation.get() instanceof Evaluation.Value value) {
      return String.valueOf(value.tree());
    }
    if (evaluation.isPresent() && evaluation.get() instanceof Evaluation.Failed failed) {
      wrong.add(failed.problem());
    }
    if (wrong.isEmpty()) {
      wrong.add(
          Problem.error(ProblemCode.UNDECIDED, "which object is meant, only inputs can tell"));
    }
    for (Problem problem : wrong) {
      problems.add(
          Problem.error(problem.code(), name + ": " + problem.message()).hint(problem.hint()));
    }
    return text;
  }

  private void clash(String name) {
    problems.add(
        Problem.error(ProblemCode.DUPLICATE, "\"" + name + "\" is the name of two things")
            .hint("Inputs, resources and objects of others share their names: rename one."));
  }

  private Composition broken() {
    return new Composition(
        with(application.withResources(List.of())),
        Map.of(),
        List.of(),
        Map.of(),
        externals,
        problems);
  }

  private PlanRequest with(Application composed) {
    return new PlanRequest(
        new Operation.Deploy(composed), request.snapshot(), request.policy(), request.now());
  }

  // What can be read

  private ExpressionEnvironment names() {
    ExpressionEnvironment.Builder builder = ExpressionEnvironment.builder();
    application
        .inputs()
        .forEach(
            (name, input) ->
                shape(input)
                    .ifPresentOrElse(
                        shape -> builder.variable(name, ExpressionType.of(shape)),
                        () -> builder.variable(name)));
    application
        .externals()
        .forEach((name, external) -> object(builder, name, external.kind(), false));
    for (Resource resource : application.resources()) {
      if (isName(resource.id())) {
        Templating templating = resource.templating();
        object(
            builder,
            resource.id(),
            resource.manifest().groupVersionKind(),
            templating != null && !templating.forEach().isEmpty());
      }
    }
    return builder.build();
  }

  private void object(
      ExpressionEnvironment.Builder builder, String name, GroupVersionKind kind, boolean all) {
    Optional<Shape> shape = catalog.find(kind).map(KindShape::shape);
    if (all) {
      builder.variable(
          name, ExpressionType.listOf(shape.map(ExpressionType::of).orElse(ExpressionType.any())));
    } else if (shape.isPresent()) {
      builder.resource(name, shape.get());
    } else {
      builder.variable(name);
    }
  }

  static boolean isName(String id) {
    return id.matches("[_a-zA-Z][_a-zA-Z0-9]*");
  }

  /** A schema is read as that of a custom kind is. */
  private static Optional<Shape> shape(Input input) {
    if (input.schema() == null) {
      return Optional.empty();
    }
    GroupVersionKind kind = new GroupVersionKind("input.sailplan.io", "v1", "Input");
    Manifest definition =
        Manifest.of(
            Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", "inputs.input.sailplan.io"),
                "spec",
                Map.of(
                    "group",
                    kind.group(),
                    "scope",
                    "Namespaced",
                    "names",
                    Map.of("kind", kind.kind(), "plural", "inputs"),
                    "versions",
                    List.of(
                        Map.of(
                            "name",
                            kind.version(),
                            "served",
                            true,
                            "storage",
                            true,
                            "schema",
                            Map.of("openAPIV3Schema", input.schema()))))));
    return ShapeCatalog.builtIn()
        .withCustomResources(List.of(definition))
        .find(kind)
        .map(KindShape::shape);
  }

  // What is written

  private Draft understand(Resource resource, Templating templating) {
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
      if (names.names().contains(dimension)) {
        problem(
            draft,
            ProblemCode.DUPLICATE,
            "the dimension \"" + dimension + "\" has the name of something else",
            "Give it another name.");
      }
    }
    for (CompiledExpression expression : draft.all()) {
      for (Reference reference : expression.references()) {
        if (reference.root().equals(id)) {
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
        Evaluation evaluation = condition.evaluate(known(Map.of(), false), known(Map.of(), true));
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
        .map(Reference::root)
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

  /** Returns what is known before any resource is looked at. */
  private Bindings known(Map<String, @Nullable Object> values, boolean expecting) {
    Bindings.Builder bindings = Bindings.builder();
    application.inputs().forEach((name, input) -> bindings.bind(name, input.value()));
    externals.forEach((name, external) -> bind(bindings, name, external, expecting));
    for (Resource resource : application.resources()) {
      if (isName(resource.id())) {
        bind(bindings, resource.id());
      }
    }
    values.forEach(bindings::bind);
    return bindings.build();
  }

  /** What a resource declares of itself is known; all else may come. */
  private void bind(Bindings.Builder bindings, String id) {
    Object declared = declares.get(id);
    bindings.bind(id, declared == null ? Unknown.of(id) : declared);
    if (declared == null) {
      return;
    }
    bindings.open(id, FieldPath.root()); // there will be defaults, and what others have written
    if (SecretContent.isSecret(
        application.resource(id).orElseThrow().manifest().groupVersionKind().groupKind())) {
      bindings.secret(id, FieldPath.root());
    }
  }

  private void bind(
      Bindings.Builder bindings, String name, Input.External external, boolean expecting) {
    Lookup found = request.snapshot().lookup(key(external));
    if (found instanceof Lookup.Found live) {
      LiveObject object = live.object();
      bindings.bind(name, object.manifest());
      if (expecting) {
        bindings.open(name, FieldPath.root());
      }
    } else {
      bindings.bind(name, Unknown.of(name));
    }
  }

  /** Returns the identity of an object outside of the application. */
  private ObjectKey key(Input.External external) {
    return Externals.key(external, application, catalog);
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
          dimension.getValue().evaluate(known(Map.of(), false), known(Map.of(), true));
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
          application.resource(reference.root()).ifPresent(other -> visit(other, visited, ordered));
        }
      }
    }
    ordered.put(resource.id(), resource);
  }

  /** Notes what a resource declares of itself, in the form in which it will be stored. */
  private void declare(String id, Manifest manifest, Set<FieldPath> waiting) {
    Optional<KindShape> shape = catalog.find(manifest);
    Manifest home =
        manifest.namespace().isEmpty() && shape.map(KindShape::namespaced).orElse(false)
            ? manifest.inNamespace(application.namespace())
            : manifest;
    Manifest stored = shape.map(known -> Canonical.canonical(home, known)).orElse(home);
    Map<FieldPath, Filling> marks = new TreeMap<>();
    waiting.forEach(path -> marks.put(path, Filling.of(new Unknown(id, path))));
    declares.put(id, requireNonNull(Marked.mark(stored.tree(), marks)));
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
      Bindings bindings = known(instance.values(), false);
      Bindings expecting = known(instance.values(), true);
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
        declare(draft.resource().id(), manifest, waiting.keySet());
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
        application
            .inputs()
            .forEach(
                (name, input) -> {
                  if (roots.contains(name)) {
                    inputs.put(name, input.value());
                  }
                });
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
        if (application.externals().containsKey(root)) {
          reads.put(root, new Composition.Read(List.of(), false, externals.get(root)));
        } else if (application.resource(root).isPresent()) {
          Draft other = drafts.get(root);
          reads.put(
              root,
              new Composition.Read(
                  ids.getOrDefault(root, List.of()),
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
                  for (String to : ids.getOrDefault(reference.root(), List.of())) {
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
