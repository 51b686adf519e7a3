package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.policy.Policy;
import java.time.Instant;

/**
 * All that a plan is made from. The same request always gives the same plan.
 *
 * @param operation what the caller wants
 * @param snapshot what was observed
 * @param policy what the caller allows
 * @param now the time of planning
 */
public record PlanRequest(Operation operation, Snapshot snapshot, Policy policy, Instant now) {

  /** Checks that nothing is null. */
  public PlanRequest {
    requireNonNull(operation, "operation");
    requireNonNull(snapshot, "snapshot");
    requireNonNull(policy, "policy");
    requireNonNull(now, "now");
  }

  /**
   * Returns the request to bring a cluster to what {@code application} declares, by the standard
   * policy.
   */
  public static PlanRequest deploy(Application application, Snapshot snapshot) {
    return of(new Operation.Deploy(application), snapshot);
  }

  /** Returns the request to remove what belongs to {@code application}, by the standard policy. */
  public static PlanRequest delete(Application application, Snapshot snapshot) {
    return of(Operation.Delete.of(application), snapshot);
  }

  /** Returns a request by the standard policy, at the epoch until {@link #at} says otherwise. */
  public static PlanRequest of(Operation operation, Snapshot snapshot) {
    return new PlanRequest(operation, snapshot, Policy.standard(), Instant.EPOCH);
  }

  /** Returns this request by another policy. */
  public PlanRequest by(Policy policy) {
    return new PlanRequest(operation, snapshot, policy, now);
  }

  /** Returns this request at another time. */
  public PlanRequest at(Instant now) {
    return new PlanRequest(operation, snapshot, policy, now);
  }
}
