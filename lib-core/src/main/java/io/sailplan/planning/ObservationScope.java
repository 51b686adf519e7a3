package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.Look;
import io.sailplan.model.Snapshot;
import io.sailplan.policy.Policy;
import java.util.List;

/**
 * Which objects matter for an operation, computed instead of guessed. Asked again with what was
 * seen, it may want more, until it wants nothing.
 */
public final class ObservationScope {
  private final Operation operation;
  private final Policy policy;

  private ObservationScope(Operation operation, Policy policy) {
    this.operation = requireNonNull(operation, "operation");
    this.policy = requireNonNull(policy, "policy");
  }

  /** Returns what matters for deploying {@code application} by the standard policy. */
  public static ObservationScope of(Application application) {
    return of(new Operation.Deploy(application), Policy.standard());
  }

  /** Returns what matters for an operation. */
  public static ObservationScope of(Operation operation, Policy policy) {
    return new ObservationScope(operation, policy);
  }

  /**
   * Returns whether it matters what the server tells about itself; see {@link Snapshot#server()}.
   */
  public boolean wantsServerFacts() {
    return operation instanceof Operation.Deploy;
  }

  /**
   * Returns what to look at next, ordered; empty if enough was seen. It never asks twice for what
   * was taken or refused, and is satisfied after a bounded number of rounds.
   */
  public List<Look> next(Snapshot seen) {
    return Looks.next(PlanRequest.of(operation, seen).by(policy));
  }
}
