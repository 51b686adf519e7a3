package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Look;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Access;
import io.sailplan.plan.Permissions;
import io.sailplan.policy.Policy;
import java.util.ArrayList;
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

  /**
   * Returns what to watch in order to notice when the operation has something to do again: the
   * members by their label, and by name the parent and what the application refers to. Ordered.
   *
   * @param seen what was observed by this scope
   */
  public List<Look> watched(Snapshot seen) {
    return Looks.watched(PlanRequest.of(operation, seen).by(policy));
  }

  /**
   * Returns what looking at all of this has to be allowed to do, as far as what was {@code seen}
   * tells; nothing that exists is looked at beyond that. What only tells how sure a change is, such
   * as webhook configurations, is not called needed.
   *
   * @param seen what was observed by this scope; {@link Snapshot#empty} to know before what a new
   *     application takes
   */
  public Permissions permissions(Snapshot seen) {
    PlanRequest request = PlanRequest.of(operation, seen).by(policy);
    ApiResources kinds = World.of(request).kinds();
    List<Access> accesses = new ArrayList<>();
    List<Look> needed = Looks.all(request, false);
    for (Look look : Looks.all(request, true)) {
      kinds
          .find(look.groupKind())
          .ifPresent(resource -> accesses.add(access(look, resource, needed.contains(look))));
    }
    return Permissions.of(accesses);
  }

  private static Access access(Look look, ApiResource resource, boolean needed) {
    GroupKind kind = look.groupKind();
    if (look instanceof Look.AtObject one) {
      return new Access(
          "get", kind.group(), resource.plural(), one.key().namespace(), one.key().name(), needed);
    }
    String namespace = ((Look.AtList) look).namespace();
    return new Access("list", kind.group(), resource.plural(), namespace, "", needed);
  }
}
