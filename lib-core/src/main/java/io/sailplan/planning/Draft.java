package io.sailplan.planning;

import io.sailplan.model.ReadinessRule;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen to one resource, before it is known which steps of other resources come first.
 *
 * @param target the object
 * @param write what is written; null if nothing is
 * @param reason why that is written, or why nothing is
 * @param leaving the UID of the object that has to be gone first; empty if none has
 * @param await whether it has to be waited for
 * @param uid the UID of the object that is waited for; empty if a step makes it
 * @param rule the author's readiness rule
 * @param goneIsDone whether it removes itself once its work is done
 * @param deletion how the object that is leaving is deleted; null if it is being deleted anyway
 * @param takeover the patch before an apply that takes over the fields of others; null if none is
 *     needed
 */
record Draft(
    Target target,
    @Nullable Write write,
    String reason,
    String leaving,
    boolean await,
    String uid,
    @Nullable ReadinessRule rule,
    boolean goneIsDone,
    @Nullable Deletion deletion,
    Step.@Nullable Patch takeover) {

  /** Makes one that deletes nothing. */
  Draft(
      Target target,
      @Nullable Write write,
      String reason,
      String leaving,
      boolean await,
      String uid,
      @Nullable ReadinessRule rule,
      boolean goneIsDone) {
    this(target, write, reason, leaving, await, uid, rule, goneIsDone, null, null);
  }

  /** How and why an object is deleted, and what its author should know. */
  record Deletion(
      Precondition precondition, Propagation propagation, String reason, List<Problem> warnings) {}

  /** What is sent; without precondition, the object must be absent. */
  record Write(
      Payload payload,
      List<FieldChange> changes,
      Optional<Precondition> precondition,
      boolean force) {}

  /** Returns whether an object is made that does not exist. */
  boolean creates() {
    return write != null && write.precondition().isEmpty();
  }

  /** Adds the steps, and returns the ids of those that others have to wait for. */
  List<String> addTo(List<Step> steps, Collection<String> before, Policy policy) {
    List<String> after = List.copyOf(new TreeSet<>(before));
    String id = target.resource();
    if (write == null && !await) {
      steps.add(new Step.Unchanged("keep " + id, target, reason, List.of(), false));
      return after;
    }
    String last = "";
    if (!leaving.isEmpty()) {
      last = "gone " + id;
      steps.add(
          new Step.AwaitGone(
              last,
              target,
              deletion == null ? "it is being deleted just now" : "its name has to be free",
              deletion == null ? List.of() : List.of(addDelete(steps, deletion, after, policy)),
              policy.deadlines().gone(),
              leaving));
    }
    if (write != null) {
      List<String> all = new ArrayList<>(after);
      if (!last.isEmpty()) {
        all.add(last);
      }
      last = addWrite(steps, write, List.copyOf(new TreeSet<>(all)), policy);
    }
    if (await) {
      String awaited = "await " + id;
      steps.add(
          new Step.AwaitReady(
              awaited,
              target,
              write == null ? reason : "what depends on it, and the caller, need it ready",
              last.isEmpty() ? after : List.of(last),
              policy.deadlines().ready(),
              rule,
              policy.deadlines().quiet(),
              goneIsDone,
              uid));
      last = awaited;
    }
    return List.of(last);
  }

  /** What a write reads may take as long to come as anything takes to become ready. */
  private static Duration deadline(Write write, Policy policy) {
    return write.payload() instanceof Payload.Template
        ? policy.deadlines().ready()
        : policy.deadlines().write();
  }

  private String addDelete(List<Step> steps, Deletion deletion, List<String> after, Policy policy) {
    String id = "delete " + target.resource();
    steps.add(
        new Step.Delete(
            id,
            target,
            deletion.reason(),
            after,
            policy.deadlines().write(),
            deletion.precondition(),
            deletion.propagation()));
    return id;
  }

  private String addWrite(List<Step> steps, Write write, List<String> after, Policy policy) {
    if (write.precondition().isEmpty()) {
      String id = "create " + target.resource();
      steps.add(
          new Step.Create(
              id,
              target,
              reason,
              after,
              deadline(write, policy),
              write.payload(),
              write.changes()));
      return id;
    }
    String id = "apply " + target.resource();
    List<String> before = after;
    if (takeover != null) {
      steps.add(
          new Step.Patch(
              takeover.id(),
              target,
              takeover.reason(),
              after,
              takeover.deadline(),
              takeover.operations(),
              takeover.precondition(),
              takeover.changes()));
      before = List.of(takeover.id());
    }
    steps.add(
        new Step.Apply(
            id,
            target,
            reason,
            before,
            deadline(write, policy),
            write.payload(),
            write.changes(),
            write.precondition().get(),
            write.force()));
    return id;
  }
}
