package io.sailplan.kro;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.CompiledExpression;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.ExpressionEnvironment;
import io.sailplan.expression.ExpressionType;
import io.sailplan.expression.ManifestTemplate;
import io.sailplan.expression.Template;
import io.sailplan.expression.TemplateField;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Input;
import io.sailplan.model.Manifest;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Resource;
import io.sailplan.model.SourceMap;
import io.sailplan.model.Templating;
import io.sailplan.plan.Fillings;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes resources of a graph, and of the graphs that it uses. */
final class Expansion {
  private static final String SCHEMA = "schema";
  private static final String SEPARATOR = "__";

  private final Map<GroupVersionKind, ResourceGraphDefinition> graphs = new LinkedHashMap<>();
  private final String home;
  private final List<Resource> resources = new ArrayList<>();
  private final Map<String, Input> inputs = new TreeMap<>();
  private final Map<String, Input.External> externals = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Expansion(Collection<ResourceGraphDefinition> graphs, String home) {
    graphs.forEach(graph -> this.graphs.put(graph.schema().kind(), graph));
    this.home = home;
  }

  List<Resource> resources() {
    return resources;
  }

  Map<String, Input> inputs() {
    return inputs;
  }

  Map<String, Input.External> externals() {
    return externals;
  }

  List<Problem> problems() {
    return problems;
  }

  /**
   * Adds the resources of an instance.
   *
   * @param way the ids of the resources that led here, from the outermost on
   */
  void add(ResourceGraphDefinition graph, Manifest instance, List<String> way) {
    String prefix = String.join(SEPARATOR, way);
    inputs.put(id(prefix, SCHEMA), new Input(instance.without("status").tree(), schema(graph)));
    Map<String, String> names = names(graph, prefix);
    for (GraphResource resource : graph.resources()) {
      if (resource.content() instanceof ResourceContent.Template template) {
        ResourceGraphDefinition inner =
            graphs.get(GroupVersionKind.of(template.apiVersion(), template.kind()));
        if (inner == null) {
          resources.add(resource(graph, resource, template, prefix, names, instance));
        } else {
          nest(graph, resource, template, inner, instance, way);
        }
      } else if (resource.content() instanceof ResourceContent.ExternalObject external) {
        externals.put(id(prefix, resource.id()), external(external, prefix));
      } else {
        problem(
            graph,
            resource,
            "takes objects of others by their labels, which is not planned",
            "Name the object that is meant.");
      }
    }
  }

  private static String id(String prefix, String id) {
    return prefix.isEmpty() ? id : prefix + SEPARATOR + id;
  }

  private static Map<String, String> names(ResourceGraphDefinition graph, String prefix) {
    Map<String, String> names = new TreeMap<>();
    if (!prefix.isEmpty()) {
      names.put(SCHEMA, id(prefix, SCHEMA));
      graph.resources().forEach(one -> names.put(one.id(), id(prefix, one.id())));
    }
    return names;
  }

  /** Where it is, is told by the instance, whose name there is that of the input. */
  private static Input.External external(ResourceContent.ExternalObject external, String prefix) {
    return new Input.External(
        GroupVersionKind.of(external.apiVersion(), external.kind()),
        renamed(external.namespace(), prefix),
        renamed(external.name(), prefix));
  }

  private static String renamed(String text, String prefix) {
    return prefix.isEmpty()
        ? text
        : text.replace("${" + SCHEMA + ".", "${" + id(prefix, SCHEMA) + ".");
  }

  private Resource resource(
      ResourceGraphDefinition graph,
      GraphResource resource,
      ResourceContent.Template template,
      String prefix,
      Map<String, String> names,
      Manifest instance) {
    Resource made =
        Resource.of(at(Manifest.of(template.tree()), instance.namespace()))
            .withId(id(prefix, resource.id()))
            .from(source(graph, resource))
            .templated(
                new Templating(
                    resource.includeWhen().stream().map(Expansion::bare).toList(),
                    resource.forEach().stream()
                        .map(
                            dimension ->
                                new Templating.Dimension(
                                    dimension.name(), bare(dimension.expression())))
                        .toList(),
                    names));
    List<String> conditions = resource.readyWhen().stream().map(Expansion::bare).toList();
    return conditions.isEmpty()
        ? made
        : made.readyWhen(
            new ReadinessRule.Expression(
                resource.isCollection() ? "each" : resource.id(), conditions));
  }

  /** What an inner instance makes without a namespace is at home where that instance is. */
  private Manifest at(Manifest manifest, String namespace) {
    boolean needed =
        manifest.namespace().isEmpty()
            && !namespace.isEmpty()
            && !namespace.equals(home)
            && ShapeCatalog.builtIn().find(manifest).map(KindShape::namespaced).orElse(false);
    return needed ? manifest.inNamespace(namespace) : manifest;
  }

  private static SourceMap source(ResourceGraphDefinition graph, GraphResource resource) {
    return graph.source().below(resource.path() + ".template");
  }

  /** Takes away what marks an expression: that it is nothing else was checked when it was read. */
  private static String bare(String expression) {
    String text = expression.strip();
    return text.startsWith("${") && text.endsWith("}")
        ? text.substring(2, text.length() - 1)
        : text;
  }

  // Graphs within graphs

  private void nest(
      ResourceGraphDefinition graph,
      GraphResource resource,
      ResourceContent.Template template,
      ResourceGraphDefinition inner,
      Manifest instance,
      List<String> way) {
    if (way.size() >= graphs.size()) {
      problem(
          graph,
          resource,
          "makes an instance of " + inner.schema().kind().kind() + ", which leads to itself",
          "Take one of the graphs out of the circle.");
      return;
    }
    if (!resource.forEach().isEmpty()) {
      problem(
          graph,
          resource,
          "is an instance of a graph for each of several values, which is not planned",
          "Write it once for each.");
      return;
    }
    Known known = new Known(graph, resource, instance);
    for (String condition : resource.includeWhen()) {
      if (!Boolean.TRUE.equals(known.value(bare(condition)).orElse(false))) {
        return;
      }
    }
    Optional<Manifest> filled = known.fill(Manifest.of(template.tree()));
    if (filled.isEmpty()) {
      return;
    }
    InstanceReadResult read =
        Instance.read(
            Resource.of(filled.get()).from(source(graph, resource)), InstanceKind.of(inner));
    problems.addAll(read.problems().stream().filter(Problem::isError).toList());
    List<String> further = new ArrayList<>(way);
    further.add(resource.id());
    read.instance().ifPresent(one -> add(inner, one.manifest(), further));
  }

  /** Works out what the instance alone tells: more is not known before resources are made. */
  private final class Known {
    private final ResourceGraphDefinition graph;
    private final GraphResource resource;
    private final ExpressionEnvironment names =
        ExpressionEnvironment.builder().variable(SCHEMA).build();
    private final Bindings bindings;

    Known(ResourceGraphDefinition graph, GraphResource resource, Manifest instance) {
      this.graph = graph;
      this.resource = resource;
      this.bindings = Bindings.builder().bind(SCHEMA, instance.without("status").tree()).build();
    }

    Optional<Manifest> fill(Manifest manifest) {
      int before = problems.size();
      Map<FieldPath, Optional<Object>> values = new TreeMap<>();
      for (TemplateField field : ManifestTemplate.of(manifest, source(graph, resource)).fields()) {
        values.put(field.path(), value(field.template()));
      }
      return problems.size() > before
          ? Optional.empty()
          : Optional.of(Fillings.fill(manifest, values));
    }

    Optional<Object> value(String expression) {
      return value(Template.expression(expression));
    }

    private Optional<Object> value(Template template) {
      Optional<CompiledExpression> expression =
          names.compile(template, ExpressionType.any()).expression();
      if (expression.isEmpty()) {
        problem(
            graph,
            resource,
            "is an instance of another graph, and reads what only this instance's run can tell",
            "Let it read " + SCHEMA + " only.");
        return Optional.empty();
      }
      Evaluation evaluation = expression.get().evaluate(bindings);
      if (evaluation instanceof Evaluation.Failed failed) {
        problem(graph, resource, failed.problem().message(), failed.problem().hint());
      }
      return evaluation instanceof Evaluation.Value value
          ? Optional.ofNullable(value.tree())
          : Optional.empty();
    }
  }

  private void problem(
      ResourceGraphDefinition graph, GraphResource resource, String message, String hint) {
    problems.add(
        Problem.error(ProblemCode.UNDECIDED, resource.id() + " " + message)
            .at(graph.source().find(resource.path()))
            .hint(hint));
  }

  private static Map<String, @Nullable Object> schema(ResourceGraphDefinition graph) {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "apiVersion", Map.of("type", "string"),
            "kind", Map.of("type", "string"),
            "metadata", Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true),
            "spec", graph.specSchema()));
  }
}
