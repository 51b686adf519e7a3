package io.sailplan.planning;

import io.sailplan.dialect.Protection;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Resource;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plans how what belongs to an application is removed: what needs goes before what is needed, the
 * parent last.
 */
final class DeletePlanner {
  private final World world;
  private final Operation operation;
  private final Parent parent;

  private DeletePlanner(World world, Operation operation) {
    this.world = world;
    this.operation = operation;
    this.parent = Parent.of(world);
  }

  static PlanResult plan(PlanRequest request, Operation.Delete delete) {
    return new DeletePlanner(World.of(request), delete).plan();
  }

  private PlanResult plan() {
    List<Refusal> refusals = refusals();
    if (!refusals.isEmpty()) {
      return new PlanResult.Refused(refusals, List.of());
    }
    List<Resource> resources = new ArrayList<>();
    for (LiveObject object : world.members()) {
      resources.add(Resource.of(object.manifest()));
    }
    resources.addAll(VolumeClaims.of(world.snapshot(), resources));
    DeleteHooks hooks = hooks(resources.isEmpty());
    if (hooks != null) {
      hooks.draft(refusals);
    }
    if (!refusals.isEmpty()) {
      return new PlanResult.Refused(refusals, List.of());
    }
    return new PlanResult.Planned(
        Plan.of(operation, steps(MemberGraph.of(world, resources), hooks), List.of()));
  }

  /** Returns the hooks; null if none are known, or nothing is left to delete. */
  private @Nullable DeleteHooks hooks(boolean nothingLeft) {
    Declared found =
        operation.declared().map(application -> Declared.of(world, application)).orElse(null);
    return found == null || !found.isComplete() || (nothingLeft && parent.live().isEmpty())
        ? null
        : new DeleteHooks(world, found);
  }

  private List<Step> steps(MemberGraph graph, @Nullable DeleteHooks hooks) {
    Map<String, Retention.Stay> staying =
        new Retention(world, graph, Protection.Removal.DELETE)
            .of(new TreeSet<>(graph.order()), Map.of());
    Assembly assembly = new Assembly(world.policy());
    Removal removal = new Removal(world, assembly, "it belongs to the application");
    Collection<String> first = hooks == null ? List.of() : hooks.before(assembly.hooks(world));
    TreeSet<String> all = new TreeSet<>(first);
    for (String id : graph.sequence()) {
      TreeSet<String> before = new TreeSet<>(first);
      graph.dependents(id).forEach(dependent -> before.addAll(assembly.last(dependent)));
      if (graph.isMilestone(id)) {
        assembly.milestone(id, before, graph.dependencies(id).size(), parent.target());
        continue;
      }
      Retention.Stay stay = staying.get(id);
      if (stay == null) {
        removal.delete(graph.target(id), graph.object(id), before);
      } else {
        removal.stay(graph.target(id), graph.object(id), stay, before);
      }
      all.addAll(assembly.last(id));
    }
    Collection<String> gone = all;
    if (hooks != null) {
      hooks.leftovers(all).forEach(assembly::add);
      gone = new TreeSet<>(hooks.after(assembly.hooks(world), all));
    }
    removeParent(List.copyOf(gone), assembly);
    return assembly.steps();
  }

  private void removeParent(List<String> before, Assembly assembly) {
    if (parent.live().isEmpty()) {
      return;
    }
    assembly.add(
        new Step.Delete(
            "delete " + parent.target().resource(),
            parent.target(),
            "nothing is left that it would have to remember",
            before,
            world.policy().deadlines().write(),
            new Precondition.SameObject(parent.live().get().uid()),
            Propagation.BACKGROUND));
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    if (parent.isForeign()) {
      refusals.add(
          new Refusal(
              Refusal.Code.FOREIGN_PARENT,
              parent.target().resource(),
              world.membership().parent() + " exists, and is not the parent of this application",
              List.of(new Remedy("check", "Check the application's name and home namespace."))));
    }
    world
        .snapshot()
        .refused()
        .forEach(
            (look, reason) -> {
              if (matters(look.groupKind())) {
                refusals.add(notObserved(look.groupKind(), reason));
              }
            });
    return refusals;
  }

  /**
   * Kinds that are kept anyway are looked at in case an earlier deletion has kept some: a chance,
   * no need.
   */
  private boolean matters(GroupKind kind) {
    return world.policy().mayDelete(kind.kind()) || parent.index().kinds().contains(kind);
  }

  private static Refusal notObserved(GroupKind kind, String reason) {
    return new Refusal(
        Refusal.Code.NOT_OBSERVED,
        kind.toString(),
        "which objects of kind " + kind + " belong to the application is not known: " + reason,
        List.of(new Remedy("permit", "Allow the planning identity to list this kind.")));
  }
}
