package io.sailplan.cli;

import io.sailplan.kro.DefinitionReadResult;
import io.sailplan.kro.GraphApplication;
import io.sailplan.kro.Instance;
import io.sailplan.kro.InstanceKind;
import io.sailplan.kro.InstanceReadResult;
import io.sailplan.kro.ResourceGraphDefinition;
import io.sailplan.kro.ResourceGraphDefinitionReader;
import io.sailplan.kro.TemplateRules;
import io.sailplan.model.Application;
import io.sailplan.model.Resource;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of a graph of kro and an instance, where both stand in the input, what they stand for. A
 * graph without an instance is an object like any other.
 */
final class Graphs {
  private final Application written;
  private final List<Problem> problems;

  private Graphs(Application written, List<Problem> problems) {
    this.written = written;
    this.problems = problems;
  }

  /**
   * Returns the application that is meant; empty if something is wrong with it.
   *
   * @param problems receives all that is wrong
   */
  static Optional<Application> resolve(Application written, List<Problem> problems) {
    return new Graphs(written, problems).resolve();
  }

  private Optional<Application> resolve() {
    List<Resource> others = new ArrayList<>(written.resources());
    List<Application> made = new ArrayList<>();
    Map<Resource, ResourceGraphDefinition> graphs = new LinkedHashMap<>();
    for (Resource resource : written.resources()) {
      if (ResourceGraphDefinitionReader.reads(resource.manifest())) {
        DefinitionReadResult read = ResourceGraphDefinitionReader.read(resource);
        problems.addAll(read.problems());
        read.definition().ifPresent(graph -> graphs.put(resource, graph));
      }
    }
    for (ResourceGraphDefinition graph : graphs.values()) {
      instances(graph, graphs, others, made);
    }
    if (made.size() > 1) {
      problems.add(
          Problem.error(
                  ProblemCode.DUPLICATE, "the input holds " + made.size() + " instances of graphs")
              .hint("Each is an application of its own: give one at a time."));
    }
    if (problems.stream().anyMatch(Problem::isError)) {
      return Optional.empty();
    }
    if (made.isEmpty()) {
      return Optional.of(written);
    }
    others.addAll(made.get(0).resources());
    try {
      return Optional.of(made.get(0).withResources(others));
    } catch (InvalidInputException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private void instances(
      ResourceGraphDefinition graph,
      Map<Resource, ResourceGraphDefinition> graphs,
      List<Resource> others,
      List<Application> made) {
    problems.addAll(TemplateRules.check(graph, ShapeCatalog.builtIn()));
    InstanceKind kind = InstanceKind.of(graph);
    for (Resource resource : written.resources()) {
      if (resource.manifest().groupVersionKind().equals(graph.schema().kind())) {
        others.remove(resource);
        others.removeAll(graphs.keySet());
        InstanceReadResult instance = Instance.read(resource, kind);
        problems.addAll(instance.problems());
        instance.instance().ifPresent(read -> add(graph, read, graphs.values(), made));
      }
    }
  }

  private void add(
      ResourceGraphDefinition graph,
      Instance instance,
      Collection<ResourceGraphDefinition> graphs,
      List<Application> made) {
    try {
      made.add(
          GraphApplication.of(
              graph, instance.manifest(), written.name(), written.namespace(), graphs));
    } catch (InvalidInputException e) {
      problems.addAll(e.problems());
    }
  }
}
