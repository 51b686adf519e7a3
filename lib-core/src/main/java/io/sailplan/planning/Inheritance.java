package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.ownership.Takeover;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes over, with an object that is adopted, the fields of the tools that made it, so that what is
 * not declared goes.
 *
 * @param seen the object as the apply that follows finds it
 * @param from the managers that lose their fields
 * @param operations the patch
 */
record Inheritance(LiveObject seen, List<String> from, List<PatchOperation> operations) {

  private static final String ENTRIES = "/metadata/managedFields/";

  /**
   * Returns what is taken over; empty if nothing is.
   *
   * @param adopted whether the object becomes a member only now
   */
  static Optional<Inheritance> of(
      World world, Prediction prediction, Manifest payload, LiveObject live, boolean adopted) {
    String manager = world.membership().fieldManager();
    Optional<Takeover> takeover =
        adopted
            ? Takeover.of(
                    live.manifest(), world.policy().takenOver(), manager, payload.apiVersion())
                .map(found -> sparing(found, prediction, payload, live))
            : Optional.empty();
    takeover = ofOtherApplications(takeover, world, payload, live);
    List<FieldPath> leftovers = Leftovers.of(payload, live.manifest());
    if (!leftovers.isEmpty()) {
      takeover =
          takeover
              .map(found -> found.including(leftovers))
              .or(() -> Takeover.ofUnowned(live.manifest(), leftovers, manager));
    }
    return takeover.map(
        found ->
            new Inheritance(LiveObject.of(found.after()), found.from(), operations(found, live)));
  }

  /**
   * What other applications have declared of an object that is ours now, and we do not declare,
   * goes too. What both declare stays shared, so that two who declare the same never fight; and the
   * other one is told that it was taken.
   */
  private static Optional<Takeover> ofOtherApplications(
      Optional<Takeover> first, World world, Manifest payload, LiveObject live) {
    String manager = world.membership().fieldManager();
    return world.policy().takenOver().isEmpty()
        ? first
        : world
            .catalog()
            .find(payload)
            .flatMap(
                shape ->
                    Takeover.ofUndeclared(
                        first,
                        live.manifest(),
                        payload,
                        Membership.LABEL,
                        name -> Membership.isApplication(name) && !name.equals(manager),
                        manager,
                        shape));
  }

  /**
   * What the server has filled in belongs to whoever made the object, too. Where its loss would be
   * a change of what cannot change, as of the resources that a LimitRange has given a Pod, nobody
   * takes it, and it stays.
   */
  private static Takeover sparing(
      Takeover takeover, Prediction prediction, Manifest payload, LiveObject live) {
    TreeSet<FieldPath> lost = new TreeSet<>(prediction.fixed(payload, takeover.after()));
    lost.removeAll(prediction.fixed(payload, live.manifest()));
    return lost.isEmpty() ? takeover : takeover.sparing(lost);
  }

  /**
   * Tests what it rewrites rather than the resourceVersion: a controller that writes the status
   * does not make it stale.
   */
  private static List<PatchOperation> operations(Takeover takeover, LiveObject live) {
    List<@Nullable Object> entries = Trees.list(live.manifest().get("metadata", "managedFields"));
    TreeSet<Integer> touched = new TreeSet<>(takeover.rewritten().keySet());
    touched.addAll(takeover.removed());
    List<PatchOperation> operations = new ArrayList<>();
    for (int i : touched) {
      operations.add(PatchOperation.test(pointer(i), entries.get(i)));
    }
    takeover
        .rewritten()
        .forEach((i, entry) -> operations.add(new PatchOperation("replace", pointer(i), entry)));
    List<Integer> removed = takeover.removed();
    for (int i = removed.size() - 1; i >= 0; i--) { // from the end: the places before stay
      operations.add(PatchOperation.remove(pointer(removed.get(i))));
    }
    takeover.added().ifPresent(entry -> operations.add(PatchOperation.add(ENTRIES + "-", entry)));
    return operations;
  }

  private static String pointer(int place) {
    return ENTRIES + place;
  }

  /** Returns the step; the apply comes after it. */
  Step.Patch step(Target target, List<String> after, World world) {
    return new Step.Patch(
        "take over " + target.resource(),
        target,
        from.isEmpty()
            ? "what the server has filled in becomes the application's, so that it can go"
            : "fields of "
                + String.join(", ", from)
                + " become the application's, so that what it does not declare goes",
        after,
        world.policy().deadlines().write(),
        operations,
        new Precondition.SameObject(seen.uid()),
        List.of());
  }
}
