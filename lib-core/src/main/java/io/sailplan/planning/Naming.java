package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.Compilation;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.ExpressionEnvironment;
import io.sailplan.expression.ExpressionType;
import io.sailplan.expression.Template;
import io.sailplan.expression.Unknown;
import io.sailplan.model.Application;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Input;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.SecretContent;
import io.sailplan.model.Templating;
import io.sailplan.ownership.Canonical;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for in expressions: inputs, objects of others, and resources as far as they
 * declare themselves.
 */
final class Naming {
  /** What of a Secret is one: its name may be told. */
  static final List<FieldPath> SECRET =
      List.of(
          FieldPath.of("data"),
          FieldPath.of("stringData"),
          FieldPath.of("metadata", "annotations"));

  private final PlanRequest request;
  private final Application application;
  private final ShapeCatalog catalog;
  private final List<Problem> problems;
  private final Map<String, Input.External> externals = new TreeMap<>();
  private final Map<Map<String, String>, ExpressionEnvironment> environments = new HashMap<>();
  private final Map<String, Optional<Shape>> shapes = new HashMap<>();

  /** What resources declare of themselves, by id, as far as it was worked out. */
  private final Map<String, Object> declares = new TreeMap<>();

  /** Makes one; {@code problems} receives what is wrong with the names. */
  Naming(
      PlanRequest request, Application application, ShapeCatalog catalog, List<Problem> problems) {
    this.request = request;
    this.application = application;
    this.catalog = catalog;
    this.problems = problems;
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
    application.externals().forEach(this::settle);
  }

  private void clash(String name) {
    problems.add(
        Problem.error(ProblemCode.DUPLICATE, "\"" + name + "\" is the name of two things")
            .hint("Inputs, resources and objects of others share their names: rename one."));
  }

  /** Returns the objects of others, by name, and where they are found. */
  Map<String, Input.External> externals() {
    return externals;
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
    Compilation compilation = environment().compile(Template.parse(text), ExpressionType.string());
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

  /** Returns all names by which something can be read. */
  ExpressionEnvironment environment() {
    return environment(Map.of());
  }

  /** Returns them with names of one's own for some of them. */
  ExpressionEnvironment environment(Map<String, String> own) {
    return environments.computeIfAbsent(own, this::build);
  }

  private ExpressionEnvironment build(Map<String, String> own) {
    ExpressionEnvironment.Builder builder = ExpressionEnvironment.builder();
    all().forEach(name -> type(builder, name, name));
    own.forEach((name, meaning) -> type(builder, name, meaning));
    return builder.build();
  }

  /** Returns the names of inputs, objects of others, and resources, in order. */
  private Set<String> all() {
    Set<String> all = new TreeSet<>(application.inputs().keySet());
    all.addAll(application.externals().keySet());
    application.resources().stream().map(Resource::id).filter(Naming::isName).forEach(all::add);
    return all;
  }

  private void type(ExpressionEnvironment.Builder builder, String name, String meaning) {
    Input input = application.inputs().get(meaning);
    Input.External external = application.externals().get(meaning);
    Resource resource = application.resource(meaning).orElse(null);
    if (input != null) {
      shapes
          .computeIfAbsent(meaning, any -> shape(input))
          .ifPresentOrElse(
              shape -> builder.variable(name, ExpressionType.of(shape)),
              () -> builder.variable(name));
    } else if (external != null) {
      object(builder, name, external.kind(), false);
    } else if (resource != null) {
      Templating templating = resource.templating();
      object(
          builder,
          name,
          resource.manifest().groupVersionKind(),
          templating != null && !templating.forEach().isEmpty());
    } else {
      builder.variable(name);
    }
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

  /**
   * Returns what is known before any resource is looked at.
   *
   * @param own names of one's own
   * @param values what else is known
   * @param expecting whether what objects of others miss may still come
   */
  Bindings known(Map<String, String> own, Map<String, @Nullable Object> values, boolean expecting) {
    Bindings.Builder bindings = Bindings.builder();
    all().forEach(name -> bind(bindings, name, name, expecting));
    own.forEach((name, meaning) -> bind(bindings, name, meaning, expecting));
    values.forEach(bindings::bind);
    return bindings.build();
  }

  private void bind(Bindings.Builder bindings, String name, String meaning, boolean expecting) {
    Input input = application.inputs().get(meaning);
    Input.External external = externals.get(meaning);
    if (input != null) {
      bindings.bind(name, input.value());
    } else if (external != null) {
      bind(bindings, name, external, expecting);
    } else {
      declared(bindings, name, meaning);
    }
  }

  /** What a resource declares of itself is known; all else may come. */
  private void declared(Bindings.Builder bindings, String name, String id) {
    Object declared = declares.get(id);
    bindings.bind(name, declared == null ? Unknown.of(id) : declared);
    if (declared == null) {
      return;
    }
    bindings.open(name, FieldPath.root()); // there will be defaults, and what others have written
    if (SecretContent.isSecret(
        application.resource(id).orElseThrow().manifest().groupVersionKind().groupKind())) {
      SECRET.forEach(path -> bindings.secret(name, path));
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

  /** Notes what a resource declares of itself, in the form in which it will be stored. */
  void declare(String id, Manifest manifest, Set<FieldPath> waiting) {
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
}
