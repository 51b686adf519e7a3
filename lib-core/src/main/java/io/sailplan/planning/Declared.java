package io.sailplan.planning;

import io.sailplan.dialect.Conventions;
import io.sailplan.dialect.Hook;
import io.sailplan.graph.Edge;
import io.sailplan.graph.GraphResult;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ApiResource;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an application declares, as the annotations of other tools make it out: members, hooks, and
 * what is not deployed.
 *
 * @param conventions what the annotations say
 * @param members the graph of the members, hooks among them included
 * @param hooks the graph of the other hooks; only for what it knows of their kinds and namespaces
 * @param leftOut the objects that are not deployed at all
 */
record Declared(
    Conventions conventions, GraphResult members, GraphResult hooks, Set<ObjectKey> leftOut) {

  static Declared of(World world, Application application) {
    Conventions conventions =
        Conventions.ofDeployment(application, world.kinds(), world.policy().dialects());
    Application hooks =
        Application.of(application.name(), application.namespace(), conventions.hookResources());
    return new Declared(
        conventions,
        ResourceGraph.compile(
            conventions.members(),
            world.kinds(),
            edges(world, conventions),
            conventions.milestones()),
        ResourceGraph.compile(hooks, world.kinds()),
        leftOut(world, application, conventions));
  }

  private static List<Edge> edges(World world, Conventions conventions) {
    List<Edge> read = world.composition().edges();
    if (read.isEmpty()) {
      return conventions.edges();
    }
    Application members = conventions.members();
    List<Edge> all = new ArrayList<>(conventions.edges());
    for (Edge edge : read) { // hooks have an order of their own
      if (members.resource(edge.from()).isPresent() && members.resource(edge.to()).isPresent()) {
        all.add(edge);
      }
    }
    return all;
  }

  private static Set<ObjectKey> leftOut(
      World world, Application application, Conventions conventions) {
    Set<ObjectKey> keys = new TreeSet<>();
    for (String id : conventions.leftOut().keySet()) {
      Manifest manifest = application.resource(id).orElseThrow().manifest();
      boolean needsNamespace =
          manifest.namespace().isEmpty()
              && world
                  .kinds()
                  .find(manifest.groupVersionKind())
                  .map(ApiResource::namespaced)
                  .orElse(false);
      keys.add(
          needsNamespace ? manifest.key().inNamespace(application.namespace()) : manifest.key());
    }
    return keys;
  }

  /** Returns all that is wrong with it, and what its author should know. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(conventions.problems());
    problems.addAll(members.problems());
    problems.addAll(hooks.problems());
    members.graph().ifPresent(graph -> problems.addAll(conventions.notKept(graph)));
    return problems;
  }

  /** Returns the resources, in their namespaces if these could be settled. */
  List<Resource> resources() {
    List<Resource> resources =
        new ArrayList<>(
            members
                .graph()
                .map(ResourceGraph::resources)
                .orElse(conventions.members().resources()));
    resources.addAll(
        hooks.graph().map(ResourceGraph::resources).orElse(conventions.hookResources()));
    return resources;
  }

  /** Returns whether there is a graph of all that is deployed. */
  boolean isComplete() {
    return members.graph().isPresent() && hooks.graph().isPresent();
  }

  /** Returns the hook that a resource is; empty if it is none. */
  Optional<Hook> hook(String resource) {
    return conventions.hooks().stream()
        .filter(hook -> hook.resource().equals(resource))
        .findFirst();
  }

  /** Returns the resource of a hook, in its namespace. */
  Resource resource(Hook hook) {
    return graph(hook).resource(hook.resource()).orElseThrow();
  }

  /** Returns the identity of a hook's object. */
  ObjectKey key(Hook hook) {
    return graph(hook).key(hook.resource());
  }

  /** Returns the objects of all hooks. */
  Set<ObjectKey> hookKeys() {
    Set<ObjectKey> keys = new TreeSet<>();
    conventions.hooks().forEach(hook -> keys.add(key(hook)));
    return keys;
  }

  /** Returns the objects that are declared, but are no members. */
  Set<ObjectKey> beside() {
    Set<ObjectKey> keys = hookKeys();
    keys.addAll(leftOut);
    return keys;
  }

  private ResourceGraph graph(Hook hook) {
    return (hook.isAmongMembers() ? members : hooks).graph().orElseThrow();
  }
}
