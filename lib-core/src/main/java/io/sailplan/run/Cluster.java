package io.sailplan.run;

import io.sailplan.model.Manifest;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Access;
import io.sailplan.plan.Permissions;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A cluster, real or simulated: the port through which everything is observed and carried out.
 *
 * <p>Implementations say whether they may be used by several threads; listeners are called by one
 * thread at a time, in order.
 */
public interface Cluster extends AutoCloseable {

  /**
   * Looks at what matters for an operation. What may not be read ends up as "not looked at" in the
   * snapshot.
   *
   * @throws ClusterException if the cluster cannot be reached
   */
  Snapshot observe(ObservationScope scope);

  /**
   * Asks the server by dry runs what the writes of a plan would do; nothing is written. Where it
   * says what the plan says, the change becomes {@link io.sailplan.plan.Certainty.Confirmed}; where
   * it says something else, the plan shows that, with a warning; what it refuses is a refusal.
   * Steps about which it can only be asked later, and patches and deletions, stay as they are.
   *
   * @param plan what to ask about
   * @param seen what the plan was made from
   * @throws ClusterException if the cluster cannot be reached
   */
  default PlanResult confirm(Plan plan, Snapshot seen) {
    return Confirmation.of(plan, seen, this::send);
  }

  /**
   * Starts to carry out a plan.
   *
   * @param plan what to do
   * @param options how
   * @param listener is told what happens
   */
  RunHandle start(Plan plan, RunOptions options, Consumer<? super Progress> listener);

  /**
   * Carries out a plan and returns how it ended. If the calling thread is interrupted, the run is
   * cancelled, and the outcome says so.
   *
   * @throws ClusterException if the adapter itself fails; never because a step does
   */
  Outcome run(Plan plan, RunOptions options, Consumer<? super Progress> listener);

  /** Carries out a plan with the standard options; see {@link #run(Plan, RunOptions, Consumer)}. */
  default Outcome run(Plan plan, Consumer<? super Progress> listener) {
    return run(plan, RunOptions.standard(), listener);
  }

  /**
   * Sends one request and waits for its answer; errors of the server are answers.
   *
   * @throws ClusterException if there was no answer
   */
  Response send(Request request);

  /**
   * Asks the cluster which of these permissions the caller does not have, before anything is done
   * that takes them; one question each, which changes nothing.
   *
   * @param permissions such as {@link Plan#permissions}
   * @return what is denied, in the order of the permissions; empty if all is allowed
   * @throws ClusterException if there was no answer, or the cluster does not tell
   */
  default List<Access> denied(Permissions permissions) {
    List<Access> denied = new ArrayList<>();
    for (Access access : permissions.accesses()) {
      Response answer = send(new Request.Review(access));
      Manifest review = answer.body();
      if (!answer.isSuccess() || review == null) {
        throw new ClusterException(
            "whether one may " + access + " was not told: " + answer.message(), null);
      }
      if (!Boolean.TRUE.equals(review.get("status", "allowed"))) {
        denied.add(access);
      }
    }
    return denied;
  }

  /** Frees what it holds; runs that still go on are cancelled. */
  @Override
  void close();
}
