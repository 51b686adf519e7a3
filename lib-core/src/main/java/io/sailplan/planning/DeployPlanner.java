package io.sailplan.planning;

import io.sailplan.graph.GraphResult;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Resource;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.problem.Problem;
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
    PrunePlanner prune = PrunePlanner.decide(world, graph, refusals, warnings);
    Index declared = Index.of(graph.order().stream().map(graph::key).toList());
    ParentPlanner parentPlanner = new ParentPlanner(world, parent);
    ParentPlanner.Writes index =
        parentPlanner.index(declared.with(prune.before()), declared.with(prune.after()), refusals);
    for (Draft draft : drafts.values()) {
      if (draft.deletion() != null) {
        warnings.addAll(draft.deletion().warnings());
      }
    }
    if (!refusals.isEmpty()) {
      refusals.sort(Comparator.comparing(Refusal::subject).thenComparing(Refusal::message));
      return new PlanResult.Refused(refusals, warnings);
    }
    return new PlanResult.Planned(
        Plan.of(operation, steps(drafts, parentPlanner, index, prune), warnings));
  }

  private List<Step> steps(
      Map<String, Draft> drafts,
      ParentPlanner parentPlanner,
      ParentPlanner.Writes index,
      PrunePlanner prune) {
    Assembly assembly = new Assembly(world.policy());
    index.first().ifPresent(draft -> assembly.add(draft, List.of()));
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
    prune.addTo(assembly, drafts.values(), first);
    TreeSet<String> removed = new TreeSet<>(first);
    prune.ids().forEach(id -> removed.addAll(assembly.last(id)));
    index.last().ifPresent(last -> assembly.add(parentPlanner.narrow(last, removed)));
    return assembly.steps();
  }
}
