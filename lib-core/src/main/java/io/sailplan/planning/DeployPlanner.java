package io.sailplan.planning;

import io.sailplan.dialect.Hook;
import io.sailplan.dialect.Treatment;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans how a cluster is brought to what an application declares. */
final class DeployPlanner {
  private final World world;
  private final Operation operation;
  private final Declared declared;
  private final ResourcePlanner members;
  private final ResourceGraph graph;
  private final Parent parent;
  private final DeployHooks hooks;
  private final List<Problem> warnings;
  private final List<Refusal> refusals = new ArrayList<>();

  private DeployPlanner(
      World world,
      Operation operation,
      Declared declared,
      ResourcePlanner members,
      List<Problem> warnings) {
    this.world = world;
    this.operation = operation;
    this.declared = declared;
    this.members = members;
    this.graph = declared.members().orThrow();
    this.parent = Parent.of(world);
    this.hooks = new DeployHooks(world, declared, parent);
    this.warnings = warnings;
  }

  static PlanResult plan(PlanRequest request, Operation.Deploy deploy) {
    World world = World.of(request);
    if (world.composition().isBroken()) {
      return new PlanResult.Invalid(world.composition().problems());
    }
    Operation composed = world.composition().request().operation();
    Declared declared = Declared.of(world, composed.declared().orElseThrow());
    List<Problem> problems = declared.problems();
    problems.addAll(world.composition().problems());
    ResourcePlanner members = new ResourcePlanner(world, Parent.of(world));
    for (Resource resource : declared.resources()) {
      if (world.composition().open(resource.id()).isEmpty()
          && !stands(resource, declared, members)) {
        world
            .catalog()
            .find(resource.manifest())
            .ifPresent(shape -> problems.addAll(Whole.problems(world, resource, shape)));
      }
    }
    problems.addAll(world.catalog().problems());
    if (!declared.isComplete() || problems.stream().anyMatch(Problem::isError)) {
      return new PlanResult.Invalid(problems);
    }
    return new DeployPlanner(world, composed, declared, members, problems).plan();
  }

  /** Returns whether nothing of the resource will be sent: what stands, the server has taken. */
  private static boolean stands(Resource resource, Declared declared, ResourcePlanner members) {
    return declared.hook(resource.id()).isEmpty()
        && declared
            .members()
            .graph()
            .map(graph -> members.isSettled(resource, graph.key(resource.id())))
            .orElse(false);
  }

  private PlanResult plan() {
    Surroundings.check(world, graph, declared.hookKeys(), refusals, warnings);
    warnings.addAll(hooks.warnings());
    warnings.addAll(Ignored.warnings(world, graph));
    Map<String, Draft> drafts = new LinkedHashMap<>();
    List<Problem> found = new ArrayList<>();
    OpenResources open = new OpenResources(world, graph, members, drafts, found);
    for (String id : graph.order()) {
      Resource resource = graph.resource(id).orElseThrow();
      Treatment treatment = declared.conventions().treatment(id);
      Draft special = Treated.draft(world, treatment, resource, graph.key(id));
      Composition.OpenResource reading = world.composition().open(id).orElse(null);
      if (special != null) {
        drafts.put(id, special);
      } else if (reading != null && declared.hook(id).isEmpty()) {
        open.draft(reading, resource, graph.key(id), refusals)
            .ifPresent(draft -> drafts.put(id, draft));
      } else if (declared.hook(id).isEmpty()) {
        members.draft(resource, graph.key(id), refusals).ifPresent(draft -> drafts.put(id, draft));
      }
    }
    for (Hook hook : declared.conventions().hooks()) {
      world.composition().open(hook.resource()).ifPresent(reads -> found.add(inHook(reads)));
    }
    if (found.stream().anyMatch(Problem::isError)) {
      found.addAll(warnings);
      return new PlanResult.Invalid(found);
    }
    warnings.addAll(found);
    PrunePlanner prune = PrunePlanner.decide(world, graph, declared.beside(), refusals, warnings);
    Index places = Index.of(graph.order().stream().map(graph::key).toList());
    ParentPlanner parentPlanner = new ParentPlanner(world, parent);
    ParentPlanner.Writes index =
        parentPlanner.index(places.with(prune.before()), places.with(prune.after()), refusals);
    for (Draft draft : drafts.values()) {
      if (draft.deletion() != null) {
        warnings.addAll(draft.deletion().warnings());
      }
    }
    hooks.draft(
        index.first().isPresent()
            || index.last().isPresent()
            || prune.removes()
            || drafts.values().stream().anyMatch(draft -> draft.write() != null),
        refusals);
    if (!refusals.isEmpty()) {
      refusals.sort(Comparator.comparing(Refusal::subject).thenComparing(Refusal::message));
      return new PlanResult.Refused(refusals, warnings);
    }
    return new PlanResult.Planned(
        Plan.of(operation, steps(drafts, parentPlanner, index, prune), warnings));
  }

  /** A hook is made anew each time: nothing tells what it was made of before. */
  private static Problem inHook(Composition.OpenResource open) {
    FieldPath path = open.fields().firstKey();
    return Problem.error(
            ProblemCode.UNDECIDED,
            open.resource().id() + ", " + path + ": a hook cannot read what only the run can tell")
        .at(open.resource().source().find(path))
        .hint("Let it read inputs, and objects of others that are no Secrets.");
  }

  private List<Step> steps(
      Map<String, Draft> drafts,
      ParentPlanner parentPlanner,
      ParentPlanner.Writes index,
      PrunePlanner prune) {
    Assembly assembly = new Assembly(world.policy());
    index.first().ifPresent(draft -> assembly.add(draft, List.of()));
    List<String> first = assembly.last(parent.target().resource());
    Collection<String> prepared = hooks.before(assembly, first);
    for (String id : graph.sequence()) {
      add(id, drafts.get(id), prepared, assembly);
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
    TreeSet<String> ready = new TreeSet<>(prepared);
    ready.addAll(assembly.last(prune.ids()));
    ready.addAll(assembly.last(graph.order()));
    hooks.after(assembly, ready);
    declared.conventions().leftOut().forEach((id, why) -> assembly.add(leftOut(id, why)));
    world
        .composition()
        .left()
        .forEach(
            (resource, why) ->
                assembly.add(
                    new Step.Unchanged(
                        "keep " + resource.id(),
                        new Target(
                            resource.id(),
                            resource.manifest().groupVersionKind(),
                            resource.manifest().namespace(),
                            resource.manifest().name()),
                        "it is not deployed: " + why,
                        List.of(),
                        false)));
    return assembly.steps();
  }

  private void add(
      String id, @Nullable Draft draft, Collection<String> prepared, Assembly assembly) {
    TreeSet<String> before = new TreeSet<>();
    graph.dependencies(id).forEach(edge -> before.addAll(assembly.last(edge.to())));
    Optional<Hook> hook = declared.hook(id);
    if (graph.resource(id).isEmpty()) {
      assembly.milestone(id, before, graph.dependents(id).size(), parent.target());
    } else if (hook.isPresent()) {
      before.addAll(prepared);
      hooks.amongMembers(hook.get(), assembly, before);
    } else if (draft != null) {
      before.addAll(draft.write() == null ? List.of() : prepared);
      assembly.add(draft, before, declared.conventions().treatment(id).readyWithin());
    }
  }

  private Step.Unchanged leftOut(String id, String reason) {
    Manifest manifest = operation.declared().orElseThrow().resource(id).orElseThrow().manifest();
    return new Step.Unchanged(
        "keep " + id,
        new Target(id, manifest.groupVersionKind(), manifest.namespace(), manifest.name()),
        "it is not deployed: " + reason,
        List.of(),
        false);
  }
}
