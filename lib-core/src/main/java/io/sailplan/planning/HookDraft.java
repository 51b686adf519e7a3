package io.sailplan.planning;

import io.sailplan.dialect.Hook;
import io.sailplan.dialect.Hook.Cleanup;
import io.sailplan.model.ReadinessRule;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import io.sailplan.policy.Deadlines;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a hook does when it runs.
 *
 * @param hook the hook
 * @param target its object
 * @param payload what is sent
 * @param changes what is in it
 * @param existing the UID of the object that is there; empty if none is
 * @param leaving whether that object is being deleted already
 * @param await whether its end has to be waited for
 * @param rule the author's readiness rule
 * @param goneIsDone whether it removes itself once its work is done
 * @param readyWithin how long it may take
 */
record HookDraft(
    Hook hook,
    Target target,
    Payload payload,
    List<FieldChange> changes,
    String existing,
    boolean leaving,
    boolean await,
    @Nullable ReadinessRule rule,
    boolean goneIsDone,
    Optional<Duration> readyWithin) {

  /**
   * Adds the steps of one run, and returns the ids of those after which it has succeeded.
   *
   * @param again what tells a further run in the same plan from the first one, such as {@code "
   *     again"}; empty for the first
   */
  List<String> addTo(
      List<Step> steps, Collection<String> before, Deadlines deadlines, String again) {
    String id = target.resource() + again;
    List<String> after = List.copyOf(new TreeSet<>(before));
    boolean made = !again.isEmpty(); // by the first run
    if ((made || !existing.isEmpty()) && !(leaving && !made)) {
      String delete = "delete " + id;
      steps.add(delete(delete, "it is made anew, as each time it runs", after, deadlines, !made));
      after = List.of(delete);
    }
    if (made || !existing.isEmpty()) {
      String gone = "gone " + id;
      steps.add(
          new Step.AwaitGone(
              gone,
              target,
              "it is made anew, as each time it runs",
              after,
              deadlines.gone(),
              made ? "" : existing));
      TreeSet<String> all = new TreeSet<>(before);
      all.add(gone);
      after = List.copyOf(all);
    }
    String create = "create " + id;
    steps.add(
        new Step.Create(
            create,
            target,
            "it is a hook: " + hook.text(),
            after,
            deadlines.write(),
            payload,
            changes));
    if (!await) {
      return List.of(create);
    }
    String awaited = "await " + id;
    steps.add(
        new Step.AwaitReady(
            awaited,
            target,
            "what comes after the hook needs its work done",
            List.of(create),
            readyWithin.orElse(deadlines.ready()),
            rule,
            deadlines.quiet(),
            goneIsDone,
            ""));
    return List.of(awaited);
  }

  /**
   * Adds the steps that delete the object after a run.
   *
   * @param last the steps after which it has succeeded
   * @param end the steps after which all of its moment have
   */
  void addCleanups(
      List<Step> steps,
      List<String> last,
      Collection<String> end,
      Deadlines deadlines,
      String again) {
    String id = target.resource() + again;
    if (hook.cleanups().contains(Cleanup.SUCCEEDED)) {
      TreeSet<String> after = new TreeSet<>(end);
      after.addAll(last);
      steps.add(
          delete(
              "remove " + id,
              "it has succeeded, and is not kept: " + hook.text(),
              List.copyOf(after),
              deadlines,
              false));
    }
    if (hook.cleanups().contains(Cleanup.FAILED) && await) {
      String gate = "if " + id + " fails";
      steps.add(
          new Step.Gate(
              gate,
              target,
              "if " + target.resource() + " fails, it is not kept",
              last,
              Step.Gate.Opens.ANY_FAILED));
      steps.add(
          delete(
              "clear " + id,
              "it has failed, and is not kept: " + hook.text(),
              List.of(gate),
              deadlines,
              false));
    }
  }

  private Step.Delete delete(
      String id, String reason, List<String> after, Deadlines deadlines, boolean seen) {
    return new Step.Delete(
        id,
        target,
        reason,
        after,
        deadlines.write(),
        new Precondition.SameObject(seen ? existing : ""),
        Removal.WITH_DEPENDENTS.contains(target.kind().kind())
            ? Propagation.FOREGROUND
            : Propagation.BACKGROUND);
  }
}
