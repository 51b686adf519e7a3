package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.graph.Edge;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.graph.Strength;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans how what belongs to an application is removed: what needs goes before what is needed, the
 * parent last.
 */
final class DeletePlanner {
  /** The kinds whose pods have to be gone before the object counts as gone. */
  private static final Set<String> WITH_DEPENDENTS =
      Set.of(
          "CronJob",
          "DaemonSet",
          "Deployment",
          "Job",
          "ReplicaSet",
          "ReplicationController",
          "StatefulSet");

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
    Map<String, LiveObject> members = new TreeMap<>();
    List<Resource> resources = new ArrayList<>();
    for (LiveObject object : world.snapshot().objects()) {
      if (world.membership().contains(object) && object.owners().isEmpty()) {
        resources.add(Resource.of(object.manifest()));
      }
    }
    resources.addAll(VolumeClaims.of(world.snapshot(), resources));
    Application application =
        Application.of(world.membership().name(), world.membership().namespace(), resources);
    for (Resource resource : application.resources()) {
      members.put(resource.id(), world.snapshot().find(resource.manifest().key()).orElseThrow());
    }
    return new PlanResult.Planned(Plan.of(operation, steps(application, members), List.of()));
  }

  private List<Step> steps(Application application, Map<String, LiveObject> members) {
    // What exists may be incomplete: where it makes no graph, one object goes after the other.
    List<Edge> more = new ArrayList<>(VolumeClaims.edges(application));
    more.addAll(declaredEdges(members));
    ResourceGraph graph =
        ResourceGraph.compile(application, world.kinds(), more).graph().orElse(null);
    List<String> order =
        graph == null
            ? application.resources().stream().map(Resource::id).toList()
            : graph.reverseOrder();
    List<Step> steps = new ArrayList<>();
    Map<String, List<String>> done = new HashMap<>();
    TreeSet<String> all = new TreeSet<>();
    for (String id : order) {
      TreeSet<String> before = new TreeSet<>();
      if (graph == null) {
        before.addAll(all);
      } else {
        for (Edge edge : graph.dependents(id)) {
          before.addAll(done.getOrDefault(edge.from(), List.of()));
        }
      }
      List<String> last = remove(id, requireNonNull(members.get(id)), List.copyOf(before), steps);
      done.put(id, last);
      all.addAll(last);
    }
    removeParent(List.copyOf(all), steps);
    return steps;
  }

  /**
   * What the author declared about order is not written in what exists: it is taken over by keys.
   */
  private List<Edge> declaredEdges(Map<String, LiveObject> members) {
    ResourceGraph declared =
        operation
            .declared()
            .flatMap(application -> ResourceGraph.compile(application, world.kinds()).graph())
            .orElse(null);
    if (declared == null) {
      return List.of();
    }
    Map<ObjectKey, String> ids = new HashMap<>();
    members.forEach((id, object) -> ids.put(object.key(), id));
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : declared.edges()) {
      String from = ids.get(declared.key(edge.from()));
      String to = ids.get(declared.key(edge.to()));
      if (from != null && to != null && edge.isHard()) {
        edges.add(new Edge(from, to, Strength.HARD, edge.provenances()));
      }
    }
    return edges;
  }

  private List<String> remove(String id, LiveObject object, List<String> before, List<Step> steps) {
    ObjectKey key = object.key();
    Target target =
        new Target(id, object.manifest().groupVersionKind(), key.namespace(), key.name());
    if (!world.policy().mayDelete(key.kind())) {
      steps.add(
          new Step.Unchanged(
              "keep " + id,
              target,
              "a " + key.kind() + " is only deleted if the policy names the kind",
              List.of()));
      return before;
    }
    List<String> after = before;
    if (!object.isTerminating()) {
      String delete = "delete " + id;
      steps.add(
          new Step.Delete(
              delete,
              target,
              "it belongs to the application",
              before,
              world.policy().deadlines().write(),
              new Precondition.SameObject(object.uid()),
              WITH_DEPENDENTS.contains(key.kind())
                  ? Propagation.FOREGROUND
                  : Propagation.BACKGROUND));
      after = List.of(delete);
    }
    String gone = "gone " + id;
    steps.add(
        new Step.AwaitGone(
            gone,
            target,
            "what it needs can only go after it",
            after,
            world.policy().deadlines().gone(),
            object.uid()));
    return List.of(gone);
  }

  private void removeParent(List<String> before, List<Step> steps) {
    if (parent.live().isEmpty()) {
      return;
    }
    steps.add(
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
    return world.policy().mayDelete(kind.kind()) || parent.groupKinds().contains(kind);
  }

  private static Refusal notObserved(GroupKind kind, String reason) {
    return new Refusal(
        Refusal.Code.NOT_OBSERVED,
        kind.toString(),
        "which objects of kind " + kind + " belong to the application is not known: " + reason,
        List.of(new Remedy("permit", "Allow the planning identity to list this kind.")));
  }
}
