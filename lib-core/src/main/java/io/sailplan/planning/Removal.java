package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.Claim;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes the steps by which a member goes, or ceases to be one. */
final class Removal {
  /** The kinds whose pods have to be gone before the object counts as gone. */
  static final Set<String> WITH_DEPENDENTS =
      Set.of(
          "CronJob",
          "DaemonSet",
          "Deployment",
          "Job",
          "ReplicaSet",
          "ReplicationController",
          "StatefulSet");

  private static final Certainty TESTED =
      new Certainty.Assumed("the patch is refused unless the label is as it was seen");

  private final World world;
  private final Assembly assembly;
  private final String reason;

  /**
   * Makes one.
   *
   * @param reason why objects are deleted
   */
  Removal(World world, Assembly assembly, String reason) {
    this.world = world;
    this.assembly = assembly;
    this.reason = reason;
  }

  /** Returns whether objects of this kind are, or make, pods. */
  static boolean hasPods(ObjectKey key) {
    return WITH_DEPENDENTS.contains(key.kind()) || key.kind().equals("Pod");
  }

  /** Adds the steps after which the object is gone; one that is going is not deleted again. */
  void delete(Target target, LiveObject object, Collection<String> before) {
    String id = target.resource();
    List<String> after = List.copyOf(new TreeSet<>(before));
    String gone = "gone " + id;
    String why = "it is being deleted just now";
    if (!object.isTerminating()) {
      assembly.add(
          new Step.Delete(
              "delete " + id,
              target,
              reason,
              after,
              world.policy().deadlines().write(),
              Claim.of(object),
              WITH_DEPENDENTS.contains(object.key().kind())
                  ? Propagation.FOREGROUND
                  : Propagation.BACKGROUND));
      after = List.of("delete " + id);
      why = "what it needs can only go after it";
    }
    assembly.add(
        new Step.AwaitGone(
            gone, target, why, after, world.policy().deadlines().gone(), object.uid()));
    assembly.ends(id, List.of(gone));
  }

  /** Adds what happens to an object that stays; what waits for it waits for {@code before}. */
  void stay(Target target, LiveObject object, Retention.Stay stay, Collection<String> before) {
    String id = target.resource();
    if (stay.detached()) {
      assembly.add(detach(target, object, stay.reason()));
      assembly.ends(id, List.of("detach " + id));
    } else {
      assembly.add(new Step.Unchanged("keep " + id, target, stay.reason(), List.of(), true));
      assembly.ends(id, List.copyOf(new TreeSet<>(before)));
    }
  }

  private Step detach(Target target, LiveObject object, String why) {
    String id = world.membership().id();
    String label = "/metadata/labels/" + PatchOperation.escape(Membership.PART_OF);
    return new Step.Patch(
        "detach " + target.resource(),
        target,
        why,
        List.of(),
        world.policy().deadlines().write(),
        List.of(PatchOperation.test(label, id), PatchOperation.remove(label)),
        new Precondition.SameObject(object.uid()),
        List.of(
            new FieldChange(
                FieldPath.of("metadata", "labels", Membership.PART_OF), id, null, TESTED, false)));
  }
}
