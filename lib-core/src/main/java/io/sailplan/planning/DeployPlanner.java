package io.sailplan.planning;

import io.sailplan.graph.GraphResult;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Surroundings.check(world, graph, refusals, warnings);
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
    for (Draft draft : drafts.values()) {
      if (draft.deletion() != null) {
        warnings.addAll(draft.deletion().warnings());
      }
    }
    if (!refusals.isEmpty()) {
      refusals.sort(Comparator.comparing(Refusal::subject).thenComparing(Refusal::message));
      return new PlanResult.Refused(refusals, warnings);
    }
    return new PlanResult.Planned(Plan.of(operation, steps(drafts, parentPlanner), warnings));
  }

  private List<Step> steps(Map<String, Draft> drafts, ParentPlanner parentPlanner) {
    Assembly assembly = new Assembly(world.policy());
    Draft parentDraft = drafts.get(parent.target().resource());
    if (parentDraft != null) {
      assembly.add(parentDraft, List.of());
    }
    List<String> first = assembly.last(parent.target().resource());
    for (String id : graph.order()) {
      Draft draft = drafts.get(id);
      if (draft != null) {
        TreeSet<String> before = new TreeSet<>(draft.write() == null ? List.of() : first);
        graph.dependencies(id).forEach(edge -> before.addAll(assembly.last(edge.to())));
        assembly.add(draft, before);
      }
    }
    for (String id : graph.order()) {
      Resource resource = graph.resource(id).orElseThrow();
      parentPlanner
          .remember(resource, graph.key(id), drafts.get(id), first, assembly.last(id))
          .ifPresent(assembly::add);
    }
    parentPlanner.forget(graph, first).ifPresent(assembly::add);
    return assembly.steps();
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
