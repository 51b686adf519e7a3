package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.dialect.Conventions;
import io.sailplan.dialect.Protection;
import io.sailplan.graph.Edge;
import io.sailplan.graph.ExternalReference;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.Refusal;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans what becomes of members that the application does not declare any more: they go once
 * whatever used them is ready without them, or stay for a reason.
 */
final class PrunePlanner {
  private final World world;
  private final ResourceGraph declared;
  private final Set<ObjectKey> beside;
  private final List<Problem> warnings;
  private final Unseen unseen;

  /** What is not declared any more, by an id that no declared resource has. */
  private final Map<String, LiveObject> undeclared = new TreeMap<>();

  private final Map<String, Retention.Stay> staying = new TreeMap<>();
  private final Set<String> going = new TreeSet<>();

  private PrunePlanner(
      World world, ResourceGraph declared, Set<ObjectKey> beside, List<Problem> warnings) {
    this.world = world;
    this.declared = declared;
    this.beside = beside;
    this.warnings = warnings;
    this.unseen = Unseen.of(world, Parent.of(world).index());
  }

  /**
   * Decides what goes and what stays, and adds why the policy does not allow it, if so.
   *
   * @param beside what is declared, but as no member, such as hooks
   */
  static PrunePlanner decide(
      World world,
      ResourceGraph declared,
      Set<ObjectKey> beside,
      List<Refusal> refusals,
      List<Problem> warnings) {
    PrunePlanner planner = new PrunePlanner(world, declared, beside, warnings);
    planner.findUndeclared();
    if (world.policy().pruning().enabled()) {
      planner.decide(refusals);
    } else {
      planner.leaveAll();
    }
    return planner;
  }

  /** Returns where members are before anything is removed, as far as they are not declared. */
  Index before() {
    return Index.of(undeclared.values().stream().map(LiveObject::key).toList())
        .with(unseen.index());
  }

  /** Returns where members are once everything is removed, as far as they are not declared. */
  Index after() {
    List<ObjectKey> left = new ArrayList<>();
    undeclared.forEach(
        (id, object) -> {
          Retention.Stay stay = staying.get(id);
          if (stay != null && !stay.detached()) {
            left.add(object.key());
          }
        });
    return Index.of(left).with(unseen.index());
  }

  /**
   * Adds the steps.
   *
   * @param drafts what happens to what is declared, which was added already
   * @param first the steps that announce where members are
   */
  void addTo(Assembly assembly, Collection<Draft> drafts, List<String> first) {
    if (!world.policy().pruning().enabled() || undeclared.isEmpty()) {
      return;
    }
    MemberGraph graph = graph();
    Removal removal = new Removal(world, assembly, "the application does not declare it any more");
    Succession succession = new Succession(declared, graph, drafts);
    for (String id : graph.sequence()) {
      TreeSet<String> before = new TreeSet<>(first);
      graph.dependents(id).forEach(dependent -> before.addAll(assembly.last(dependent)));
      if (graph.isMilestone(id)) {
        int waiting = graph.dependencies(id).size();
        assembly.milestone(id, before, waiting, Parent.of(world).target());
        continue;
      }
      Retention.Stay stay = staying.get(id);
      if (stay != null) {
        removal.stay(graph.target(id), graph.object(id), stay, List.of());
      } else if (going.contains(id)) {
        succession.of(id).forEach(successor -> before.addAll(assembly.last(successor)));
        if (Conventions.isPrunedLast(graph.object(id), world.policy().dialects())) {
          before.addAll(assembly.last(declared.order()));
        }
        removal.delete(graph.target(id), graph.object(id), before);
      }
    }
  }

  /** Returns whether anything is deleted, or ceases to be a member. */
  boolean removes() {
    return going.stream().anyMatch(id -> !object(id).isTerminating())
        || staying.values().stream().anyMatch(Retention.Stay::detached);
  }

  /** Returns the ids of what stays or goes. */
  Set<String> ids() {
    return undeclared.keySet();
  }

  private void findUndeclared() {
    Set<String> declaredObjects = new HashSet<>();
    for (String id : declared.order()) {
      world.snapshot().find(declared.key(id)).map(LiveObject::uid).ifPresent(declaredObjects::add);
    }
    beside.forEach(
        key -> world.snapshot().find(key).map(LiveObject::uid).ifPresent(declaredObjects::add));
    for (LiveObject object : world.members()) {
      // Some objects are served by two groups: under another name it may be declared.
      if (declared.id(object.key()).isEmpty() && !declaredObjects.contains(object.uid())) {
        undeclared.put(id(object), object);
      }
    }
  }

  private LiveObject object(String id) {
    return requireNonNull(undeclared.get(id));
  }

  /** Returns the shortest id that no other has. */
  private String id(LiveObject object) {
    ObjectKey key = object.key();
    List<String> candidates =
        List.of(
            key.kind() + "/" + key.name(),
            key.kind() + "/" + key.namespace() + "/" + key.name(),
            key.groupKind() + "/" + key.namespace() + "/" + key.name());
    return candidates.stream()
        .filter(id -> declared.resource(id).isEmpty() && !undeclared.containsKey(id))
        .findFirst()
        .orElse(key.toString());
  }

  private void leaveAll() {
    undeclared.values().removeIf(LiveObject::isTerminating);
    undeclared.forEach(
        (id, object) -> {
          warnings.add(
              Problem.warning(
                      ProblemCode.UNDECLARED_MEMBER,
                      object.key()
                          + " belongs to the application, which does not declare it any more; it"
                          + " stays, as the policy prunes nothing")
                  .hint("Allow pruning, delete it if nothing needs it, or declare it again."));
          staying.put(id, Retention.Stay.because("the policy prunes nothing"));
        });
  }

  private void decide(List<Refusal> refusals) {
    Map<GroupKind, String> unknown = unseen.reasons();
    unknown.forEach(
        (kind, reason) ->
            warnings.add(
                Problem.warning(
                        ProblemCode.NOT_OBSERVED,
                        "which objects of kind "
                            + kind
                            + " belong to the application is not known, so none of them is pruned: "
                            + reason)
                    .hint(
                        "Allow the planning identity to list this kind, and see that its API is"
                            + " available.")));
    if (undeclared.isEmpty()) {
      return;
    }
    Set<String> candidates = new TreeSet<>();
    undeclared.forEach(
        (id, object) -> {
          if (unknown.containsKey(object.key().groupKind())) {
            staying.put(
                id, Retention.Stay.because("not all members of its kind could be looked at"));
          } else {
            candidates.add(id);
          }
        });
    staying.putAll(
        new Retention(world, graph(), Protection.Removal.PRUNE).of(candidates, needed(candidates)));
    candidates.removeAll(staying.keySet());
    going.addAll(candidates);
    List<String> deleted = going.stream().filter(id -> !object(id).isTerminating()).toList();
    PruneBounds.check(world, deleted, declared.order().isEmpty()).ifPresent(refusals::add);
    warnOfReferences();
  }

  /** Returns what stays because something that is declared cannot be without it. */
  private Map<String, Retention.Stay> needed(Set<String> candidates) {
    List<Resource> all = new ArrayList<>(declared.resources());
    candidates.forEach(id -> all.add(Resource.of(object(id).manifest()).withId(id)));
    Map<String, Retention.Stay> needed = new TreeMap<>();
    ResourceGraph both =
        ResourceGraph.compile(
                Application.of(world.membership().name(), world.membership().namespace(), all),
                world.kinds())
            .graph()
            .orElse(null);
    if (both == null) {
      candidates.forEach(
          id ->
              needed.put(
                  id, Retention.Stay.because("whether something declared needs it is not clear")));
      return needed;
    }
    for (String id : candidates) {
      for (Edge edge : both.dependents(id)) {
        if (edge.isHard() && isNamed(edge.from(), object(id).key())) {
          String why = edge.from() + " needs it (" + edge.text() + ")";
          if (needed.putIfAbsent(id, Retention.Stay.because(why)) == null) {
            warnings.add(
                Problem.warning(
                        ProblemCode.UNDECLARED_MEMBER,
                        object(id).key() + " is not declared any more, but " + why + ": it stays")
                    .at(declared.resource(edge.from()).map(r -> r.source().find("")).orElse(null))
                    .hint("Declare it again, or take the reference away."));
          }
        }
      }
    }
    return needed;
  }

  /**
   * Returns whether something declared names the object, is of its kind or lives in it. What it
   * only selects may be found elsewhere.
   */
  private boolean isNamed(String from, ObjectKey key) {
    boolean container = Set.of("Namespace", "CustomResourceDefinition").contains(key.kind());
    return declared.resource(from).isPresent()
        && (container
            || declared.externalReferences().stream()
                .anyMatch(
                    reference -> reference.from().equals(from) && reference.key().equals(key)));
  }

  private void warnOfReferences() {
    Set<ObjectKey> keys = new HashSet<>();
    going.forEach(id -> keys.add(object(id).key()));
    for (ExternalReference reference : declared.externalReferences()) {
      if (keys.contains(reference.key()) && !reference.optional()) {
        warnings.add(
            Problem.warning(
                    ProblemCode.DANGLING_REFERENCE,
                    reference.from()
                        + " refers to "
                        + reference.key()
                        + " ("
                        + reference.provenance().text()
                        + "), which is deleted: the application does not declare it any more")
                .at(declared.resource(reference.from()).map(r -> r.source().find("")).orElse(null))
                .hint("Declare it again, or take the reference away."));
      }
    }
  }

  /**
   * Returns all members as they exist, declared or not: what is declared may still use the rest.
   */
  private MemberGraph graph() {
    List<Resource> resources = new ArrayList<>();
    undeclared.forEach((id, object) -> resources.add(Resource.of(object.manifest()).withId(id)));
    for (LiveObject object : world.members()) {
      declared
          .id(object.key())
          .ifPresent(id -> resources.add(Resource.of(object.manifest()).withId(id)));
    }
    return MemberGraph.of(world, resources);
  }
}
