package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Operation;

/** Hands a request to the planner of its operation. */
public final class Planning {
  private Planning() {}

  /** Returns the plan that {@code request} asks for, or why there is none. */
  public static PlanResult plan(PlanRequest request) {
    PlanResult result = byOperation(requireNonNull(request, "request"));
    return result instanceof PlanResult.Planned planned
        ? new PlanResult.Planned(planned.result().servedAs(World.of(request).kinds()))
        : result;
  }

  private static PlanResult byOperation(PlanRequest request) {
    Operation operation = request.operation();
    if (operation instanceof Operation.Deploy deploy) {
      return DeployPlanner.plan(request, deploy);
    }
    return DeletePlanner.plan(request, (Operation.Delete) operation);
  }
}
