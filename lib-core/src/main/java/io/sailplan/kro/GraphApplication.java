package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.problem.InvalidInputException;
import java.util.Collection;
import java.util.List;

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
    return of(graph, instance, instance.name(), Application.DEFAULT_NAMESPACE, List.of());
  }

  /**
   * Returns the application under a name of the caller's choice. Resources that are instances of
   * other graphs become the resources of these, whose ids have theirs in front: {@code
   * web__service}.
   *
   * @param graph the graph
   * @param instance the instance, with its defaults
   * @param name the name of the application
   * @param namespace its home, if the instance names none
   * @param others the graphs that this one may use; it may be among them
   * @throws InvalidInputException with all problems, such as a graph that ends up in itself
   */
  public static Application of(
      ResourceGraphDefinition graph,
      Manifest instance,
      String name,
      String namespace,
      Collection<ResourceGraphDefinition> others) {
    requireNonNull(graph, "graph");
    requireNonNull(instance, "instance");
    String home = instance.namespace().isEmpty() ? namespace : instance.namespace();
    Expansion expansion = new Expansion(others, home);
    expansion.add(graph, instance, List.of());
    if (!expansion.problems().isEmpty()) {
      throw new InvalidInputException(expansion.problems());
    }
    Application application = Application.of(name, home, expansion.resources());
    for (var input : expansion.inputs().entrySet()) {
      application = application.withInput(input.getKey(), input.getValue());
    }
    for (var external : expansion.externals().entrySet()) {
      application = application.withExternal(external.getKey(), external.getValue());
    }
    return application;
  }
}
