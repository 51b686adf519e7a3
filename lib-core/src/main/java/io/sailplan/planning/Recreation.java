package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.ownership.Fingerprint;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Target;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans that an object is deleted and made anew where it cannot be changed, if the policy allows it
 * for the kind; and says what does not come back.
 */
final class Recreation {
  private static final GroupKind DEFINITION =
      new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");
  private static final int MOST_NAMED = 5;

  private final World world;
  private final Set<GroupKind> emptied = new TreeSet<>();

  Recreation(World world) {
    this.world = world;
  }

  /** Returns whether nothing but fixed fields stands in the way, and the policy allows it. */
  boolean isWanted(Prediction.Change change, Target target) {
    String kind = target.kind().kind();
    return !change.refusals().isEmpty()
        && change.refusals().stream()
            .allMatch(refusal -> refusal.code() == Refusal.Code.IMMUTABLE_FIELD)
        && world.policy().mayRecreate(kind)
        && world.policy().mayDelete(kind);
  }

  /** Returns whether the object goes with another one that is made anew. */
  boolean takes(ObjectKey key) {
    return emptied.contains(key.groupKind());
  }

  /** Returns the draft; what goes with the object is remembered. */
  Draft draft(
      Resource resource, Target target, LiveObject live, Draft.Write write, List<Refusal> fixed) {
    if (target.key().groupKind().equals(DEFINITION)) {
      emptied.add(
          new GroupKind(
              live.manifest().string("spec", "group"),
              live.manifest().string("spec", "names", "kind")));
    }
    List<FieldChange> changes =
        write.changes().stream().map(change -> given(change, target, ports(write))).toList();
    Draft.Deletion deletion =
        new Draft.Deletion(
            new Precondition.Unchanged(live.uid(), live.resourceVersion(), Fingerprint.ofAll(live)),
            Losses.propagation(target.kind().kind()),
            "it cannot be changed, and is made anew: " + Losses.of(target.kind().kind()),
            warnings(target, live, changes));
    return new Draft(
        target,
        new Draft.Write(write.payload(), changes, Optional.empty(), false),
        fixed.size() == 1
            ? "one of its fields cannot be changed"
            : fixed.size() + " of its fields cannot be changed",
        live.uid(),
        ReadinessCheck.isNeeded(world, resource),
        "",
        ReadinessCheck.rule(world, resource),
        RunOnce.removesItself(resource.manifest()),
        deletion,
        null);
  }

  /** The server gives some values anew; which ones is known once it has. */
  private static FieldChange given(FieldChange change, Target target, boolean ports) {
    boolean anew =
        change.after() == null
            && Losses.givenAnew(target.kind().kind()).stream().anyMatch(change.path()::startsWith);
    boolean port = ports && change.path().toString().endsWith(".nodePort");
    return anew || (port && change.after() == null)
        ? new FieldChange(
            change.path(),
            change.before(),
            null,
            new Certainty.Deferred("create " + target.resource()),
            change.secret())
        : change;
  }

  /** Returns whether the server gives node ports to what is made. */
  private static boolean ports(Draft.Write write) {
    return Set.of("NodePort", "LoadBalancer")
        .contains(write.payload().manifest().string("spec", "type"));
  }

  private List<Problem> warnings(Target target, LiveObject live, List<FieldChange> changes) {
    List<Problem> warnings = new ArrayList<>();
    warnings.add(
        warning(target, "is deleted and made anew: " + Losses.of(target.kind().kind()))
            .hint("Take the kind out of what the policy recreates, or rename the resource."));
    ofOthers(live, changes)
        .forEach(
            (manager, fields) ->
                warnings.add(
                    warning(target, "loses what " + manager + " has written: " + named(fields))
                        .hint("Declare what has to stay.")));
    if (!live.finalizers().isEmpty()) {
      warnings.add(
          warning(target, "goes only once its finalizers are lifted: " + named(live.finalizers()))
              .hint("Make sure that whoever set them is running."));
    }
    List<String> owned = new ArrayList<>();
    for (LiveObject object : world.snapshot().objects()) {
      if (object.owners().stream().anyMatch(owner -> owner.uid().equals(live.uid()))) {
        owned.add(object.key().toString());
      }
    }
    if (!owned.isEmpty()) {
      warnings.add(
          warning(target, "takes along what it owns: " + named(owned))
              .hint("Look whether anything of it has to be kept."));
    }
    return warnings;
  }

  private static Problem warning(Target target, String what) {
    return Problem.warning(ProblemCode.LOST_BY_RECREATION, target.key() + " " + what);
  }

  /** The fields that go or change, by the manager that owns them and is not us; in order. */
  private Map<String, List<String>> ofOthers(LiveObject live, List<FieldChange> changes) {
    Map<String, List<String>> lost = new TreeMap<>();
    for (ManagedEntry entry : managers(live)) {
      boolean ours = entry.manager().equals(world.membership().fieldManager());
      if (!ours && !entry.subresource().equals("status")) {
        for (FieldChange change : changes) {
          if (change.before() != null && owns(entry, change.path())) {
            lost.computeIfAbsent(entry.managerText(), unused -> new ArrayList<>())
                .add(change.path().toString());
          }
        }
      }
    }
    return lost;
  }

  /** Whether it owns the field, or anything below: an object may go as a whole. */
  private static boolean owns(ManagedEntry entry, FieldPath path) {
    return entry.fields().paths().stream().anyMatch(owned -> owned.startsWith(path));
  }

  private static List<ManagedEntry> managers(LiveObject live) {
    try {
      return ManagedFields.of(live.manifest()).entries();
    } catch (IllegalArgumentException e) {
      return List.of(); // unreadable entries say nothing
    }
  }

  private static String named(List<String> names) {
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return names.size() <= MOST_NAMED
        ? first
        : first + " and " + (names.size() - MOST_NAMED) + " more";
  }
}
