package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Application;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Input;
import io.sailplan.model.Manifest;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Resource;
import io.sailplan.model.Templating;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the application that an instance of a graph is. */
public final class GraphApplication {
  private GraphApplication() {}

  /**
   * Returns the application: the resources of the graph, which read the instance by the name {@code
   * schema}, each other by their ids, and objects of others.
   *
   * @param graph the graph
   * @param instance the instance, with its defaults; its name becomes that of the application, its
   *     namespace the home
   * @throws InvalidInputException with all problems, such as a name that is too long
   */
  public static Application of(ResourceGraphDefinition graph, Manifest instance) {
    return of(graph, instance, instance.name(), Application.DEFAULT_NAMESPACE);
  }

  /**
   * Returns the application under a name of the caller's choice.
   *
   * @param graph the graph
   * @param instance the instance, with its defaults
   * @param name the name of the application
   * @param namespace its home, if the instance names none
   * @throws InvalidInputException with all problems
   */
  public static Application of(
      ResourceGraphDefinition graph, Manifest instance, String name, String namespace) {
    requireNonNull(graph, "graph");
    requireNonNull(instance, "instance");
    List<Resource> resources = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (GraphResource resource : graph.resources()) {
      if (resource.content() instanceof ResourceContent.Template template) {
        resources.add(resource(graph, resource, template));
      } else if (resource.content() instanceof ResourceContent.ExternalCollection) {
        problems.add(
            Problem.error(
                    ProblemCode.UNDECIDED,
                    resource.id()
                        + " takes objects of others by their labels, which is not planned")
                .at(graph.source().find(resource.path()))
                .hint("Name the object that is meant."));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    String home = instance.namespace().isEmpty() ? namespace : instance.namespace();
    Application application =
        Application.of(name, home, resources)
            .withInput("schema", new Input(instance.without("status").tree(), schema(graph)));
    for (GraphResource resource : graph.resources()) {
      if (resource.content() instanceof ResourceContent.ExternalObject external) {
        application =
            application.withExternal(
                resource.id(),
                new Input.External(
                    GroupVersionKind.of(external.apiVersion(), external.kind()),
                    external.namespace(),
                    external.name()));
      }
    }
    return application;
  }

  private static Resource resource(
      ResourceGraphDefinition graph, GraphResource resource, ResourceContent.Template template) {
    Resource made =
        Resource.of(Manifest.of(template.tree()))
            .withId(resource.id())
            .from(graph.source().below(resource.path() + ".template"))
            .templated(
                new Templating(
                    resource.includeWhen().stream().map(GraphApplication::bare).toList(),
                    resource.forEach().stream()
                        .map(
                            dimension ->
                                new Templating.Dimension(
                                    dimension.name(), bare(dimension.expression())))
                        .toList()));
    List<String> conditions = resource.readyWhen().stream().map(GraphApplication::bare).toList();
    return conditions.isEmpty()
        ? made
        : made.readyWhen(
            new ReadinessRule.Expression(
                resource.isCollection() ? "each" : resource.id(), conditions));
  }

  /** Takes away what marks an expression: that it is nothing else was checked when it was read. */
  private static String bare(String expression) {
    String text = expression.strip();
    return text.startsWith("${") && text.endsWith("}")
        ? text.substring(2, text.length() - 1)
        : text;
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
