package io.sailplan.planning;

import io.sailplan.graph.ExternalReference;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an application needs that is no part of it: namespaces, and the objects it refers to. */
final class Surroundings {
  private final World world;
  private final ResourceGraph graph;
  private final Set<ObjectKey> made;
  private final List<Refusal> refusals;
  private final List<Problem> warnings;

  private Surroundings(
      World world,
      ResourceGraph graph,
      Set<ObjectKey> made,
      List<Refusal> refusals,
      List<Problem> warnings) {
    this.world = world;
    this.made = made;
    this.graph = graph;
    this.refusals = refusals;
    this.warnings = warnings;
  }

  /**
   * Adds what stands in the way of the application, and what its author should know.
   *
   * @param made the objects that are made beside the members
   */
  static void check(
      World world,
      ResourceGraph graph,
      Set<ObjectKey> made,
      List<Refusal> refusals,
      List<Problem> warnings) {
    Surroundings surroundings = new Surroundings(world, graph, made, refusals, warnings);
    surroundings.checkHome();
    surroundings.checkReferences();
    surroundings.checkNamespaces();
  }

  /**
   * The home namespace holds what tells which objects are members: it has to be there before, and
   * stay.
   */
  private void checkHome() {
    ObjectKey home = World.namespace(world.membership().namespace());
    if (graph.id(home).isPresent()) {
      refusals.add(
          new Refusal(
              Refusal.Code.HOME_IS_MEMBER,
              graph.id(home).get(),
              "the application is at home in the namespace "
                  + home.name()
                  + ", and declares it as well",
              List.of(
                  new Remedy(
                      "move-home",
                      "Give the application another home, such as \"default\": only its small parent object lives"
                          + " there."),
                  new Remedy(
                      "undeclare",
                      "Take the Namespace out of the application and create it beforehand."))));
    }
  }

  private void checkReferences() {
    for (ExternalReference reference : graph.externalReferences()) {
      ObjectKey key = reference.key();
      if (key.kind().equals("Namespace") && key.group().isEmpty()) {
        continue;
      }
      if (!reference.optional() && !made.contains(key) && world.isKnownAbsent(key)) {
        warnings.add(
            Problem.warning(
                    ProblemCode.DANGLING_REFERENCE,
                    reference.from()
                        + " refers to "
                        + key
                        + " ("
                        + reference.provenance().text()
                        + (world.isObserved()
                            ? "), which does not exist"
                            : "), which is not part of the application"))
                .at(graph.resource(reference.from()).map(r -> r.source().find("")).orElse(null))
                .hint("Add it to the application, or make sure that something else creates it."));
      }
    }
  }

  private void checkNamespaces() {
    TreeSet<String> namespaces = new TreeSet<>();
    namespaces.add(world.membership().namespace());
    graph.order().forEach(id -> namespaces.add(graph.key(id).namespace()));
    made.forEach(key -> namespaces.add(key.namespace()));
    namespaces.remove("");
    for (String namespace : namespaces) {
      checkNamespace(World.namespace(namespace));
    }
  }

  private void checkNamespace(ObjectKey namespace) {
    if (graph.id(namespace).isPresent() || made.contains(namespace)) {
      return;
    }
    if (world.isGoing(namespace)) {
      refusals.add(
          new Refusal(
              Refusal.Code.TERMINATING,
              "Namespace/" + namespace.name(),
              "the namespace "
                  + namespace.name()
                  + " is being deleted just now, and nothing can be created in it",
              List.of(
                  new Remedy("wait", "Wait until it is gone, create it again, and plan again."))));
    } else if (world.isKnownAbsent(namespace) && world.isObserved()) {
      refusals.add(
          new Refusal(
              Refusal.Code.MISSING,
              "Namespace/" + namespace.name(),
              "the namespace " + namespace.name() + " does not exist",
              List.of(
                  new Remedy(
                      "declare",
                      "Add the Namespace to the application, unless it is the application's home."),
                  new Remedy(
                      "create",
                      "Create it beforehand: kubectl create namespace " + namespace.name()))));
    }
  }
}
