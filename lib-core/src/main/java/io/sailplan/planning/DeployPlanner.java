package io.sailplan.planning;

import io.sailplan.graph.Edge;
import io.sailplan.graph.ExternalReference;
import io.sailplan.graph.GraphResult;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans how a cluster is brought to what an application declares. */
final class DeployPlanner {
  private final World world;
  private final Operation operation;
  private final ResourceGraph graph;
  private final Parent parent;
  private final List<Problem> warnings;
  private final List<Refusal> refusals = new ArrayList<>();

  private DeployPlanner(
      World world, Operation operation, ResourceGraph graph, List<Problem> warnings) {
    this.world = world;
    this.operation = operation;
    this.graph = graph;
    this.parent = Parent.of(world);
    this.warnings = warnings;
  }

  static PlanResult plan(PlanRequest request, Operation.Deploy deploy) {
    World world = World.of(request);
    GraphResult compiled = ResourceGraph.compile(deploy.application(), world.kinds());
    List<Problem> problems = new ArrayList<>(compiled.problems());
    List<Resource> resources =
        compiled.graph().map(ResourceGraph::resources).orElse(deploy.application().resources());
    for (Resource resource : resources) {
      world
          .catalog()
          .find(resource.manifest())
          .ifPresent(shape -> problems.addAll(ShapeValidator.validate(resource, shape)));
    }
    problems.addAll(world.catalog().problems());
    if (compiled.graph().isEmpty() || problems.stream().anyMatch(Problem::isError)) {
      return new PlanResult.Invalid(problems);
    }
    return new DeployPlanner(world, deploy, compiled.graph().get(), problems).plan();
  }

  private PlanResult plan() {
    checkHome();
    checkReferences();
    ResourcePlanner resourcePlanner = new ResourcePlanner(world, parent);
    Map<String, Draft> drafts = new LinkedHashMap<>();
    for (String id : graph.order()) {
      Resource resource = graph.resource(id).orElseThrow();
      resourcePlanner
          .draft(resource, graph.key(id), refusals)
          .ifPresent(draft -> drafts.put(id, draft));
    }
    ParentPlanner parentPlanner = new ParentPlanner(world, parent);
    TreeSet<ObjectKey> members = new TreeSet<>(graph.order().stream().map(graph::key).toList());
    members.addAll(undeclared());
    parentPlanner
        .draft(members, refusals)
        .ifPresent(draft -> drafts.put(draft.target().resource(), draft));
    if (!refusals.isEmpty()) {
      refusals.sort(Comparator.comparing(Refusal::subject).thenComparing(Refusal::message));
      return new PlanResult.Refused(refusals, warnings);
    }
    return new PlanResult.Planned(Plan.of(operation, steps(drafts, parentPlanner), warnings));
  }

  private List<Step> steps(Map<String, Draft> drafts, ParentPlanner parentPlanner) {
    List<Step> steps = new ArrayList<>();
    String parentId = parent.target().resource();
    List<String> first = List.of();
    Draft parentDraft = drafts.get(parentId);
    if (parentDraft != null) {
      first = parentDraft.addTo(steps, List.of(), world.policy());
    }
    Map<String, List<String>> done = new TreeMap<>();
    for (String id : graph.order()) {
      Draft draft = drafts.get(id);
      if (draft != null) {
        TreeSet<String> before = new TreeSet<>(draft.write() == null ? List.of() : first);
        for (Edge edge : graph.dependencies(id)) {
          before.addAll(done.getOrDefault(edge.to(), List.of()));
        }
        done.put(id, draft.addTo(steps, before, world.policy()));
      }
    }
    for (String id : graph.order()) {
      Resource resource = graph.resource(id).orElseThrow();
      parentPlanner
          .remember(
              resource, graph.key(id), drafts.get(id), first, done.getOrDefault(id, List.of()))
          .ifPresent(steps::add);
    }
    parentPlanner.forget(graph, first).ifPresent(steps::add);
    return steps;
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
      if (!reference.optional() && world.isKnownAbsent(key)) {
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
    TreeSet<String> namespaces = new TreeSet<>();
    namespaces.add(world.membership().namespace());
    graph.order().forEach(id -> namespaces.add(graph.key(id).namespace()));
    namespaces.remove("");
    for (String namespace : namespaces) {
      checkNamespace(World.namespace(namespace));
    }
  }

  private void checkNamespace(ObjectKey namespace) {
    if (graph.id(namespace).isPresent()) {
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

  /**
   * Members that the application does not declare any more stay as they are; the author is told.
   */
  private List<ObjectKey> undeclared() {
    List<ObjectKey> left = new ArrayList<>();
    for (LiveObject object : world.snapshot().objects()) {
      ObjectKey key = object.key();
      if (world.membership().contains(object)
          && object.owners().isEmpty()
          && graph.id(key).isEmpty()
          && !object.isTerminating()) {
        left.add(key);
        warnings.add(
            Problem.warning(
                    ProblemCode.UNDECLARED_MEMBER,
                    key
                        + " belongs to the application, which does not declare it any more; it stays")
                .hint("Delete it if nothing needs it, or declare it again."));
      }
    }
    return left;
  }
}
