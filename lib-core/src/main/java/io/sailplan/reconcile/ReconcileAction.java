package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.Look;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.Planning;
import io.sailplan.policy.Policy;
import java.time.Instant;
import java.util.Set;

/** What a {@link Reconciler} wants an adapter to do. */
public sealed interface ReconcileAction {

  /**
   * Observe {@link #scope}, and tell {@link #answer}, or that it failed; exactly once.
   *
   * @param number its number, unique in the reconciler, among runs as well
   * @param application what should exist
   * @param policy what is allowed
   * @param reasons why; ordered
   */
  record LookAt(long number, Application application, Policy policy, Set<LookReason> reasons)
      implements ReconcileAction {
    /** Copies the reasons. */
    public LookAt {
      requireNonNull(application, "application");
      requireNonNull(policy, "policy");
      reasons = Reasons.copy(reasons);
    }

    /** Returns what to observe. */
    public ObservationScope scope() {
      return ObservationScope.of(new Operation.Deploy(application), policy);
    }

    /**
     * Plans, and returns what is to be told. A pure function, for any thread.
     *
     * @param seen what was observed by {@link #scope}
     * @param now the present time
     */
    public ReconcileEvent.Looked answer(Snapshot seen, Instant now) {
      PlanRequest request = new PlanRequest(new Operation.Deploy(application), seen, policy, now);
      return new ReconcileEvent.Looked(
          number, Planning.plan(request), Sight.of(application, scope(), seen));
    }
  }

  /**
   * Run a plan, and tell how it ended, exactly once.
   *
   * @param number its number, unique in the reconciler, among looks as well
   * @param application whose plan it is
   * @param plan the plan
   */
  record Run(long number, Membership application, Plan plan) implements ReconcileAction {
    /** Checks that nothing is null. */
    public Run {
      requireNonNull(application, "application");
      requireNonNull(plan, "plan");
    }
  }

  /**
   * Cancel a run: nothing new of it is sent. Its end is told as that of any other.
   *
   * @param run the number of the run
   */
  record Stop(long run) implements ReconcileAction {}

  /**
   * Tell the state of all objects that this look shows, now and whenever they change, until {@link
   * Unwatch}. An adapter mends broken watches by itself, and may serve several by one.
   *
   * @param source what to watch
   */
  record Watch(Look source) implements ReconcileAction {
    /** Checks that the source is not null. */
    public Watch {
      requireNonNull(source, "source");
    }
  }

  /**
   * Tell no more of it.
   *
   * @param source what was watched
   */
  record Unwatch(Look source) implements ReconcileAction {
    /** Checks that the source is not null. */
    public Unwatch {
      requireNonNull(source, "source");
    }
  }

  /**
   * Send a {@link ReconcileEvent.Tick} at this time, or soon after; an earlier wish is replaced.
   *
   * @param at when
   */
  record Wake(Instant at) implements ReconcileAction {
    /** Checks that the time is not null. */
    public Wake {
      requireNonNull(at, "at");
    }
  }

  /**
   * Tell the caller.
   *
   * @param application which application
   * @param finding what was found
   */
  record Report(Membership application, Finding finding) implements ReconcileAction {
    /** Checks that nothing is null. */
    public Report {
      requireNonNull(application, "application");
      requireNonNull(finding, "finding");
    }
  }
}
