package io.sailplan;

import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.planning.Planning;

/**
 * The front door: makes plans. A pure function of its request, safe for use by any number of
 * threads.
 *
 * <pre>{@code
 * PlanResult result = Planner.standard().plan(PlanRequest.deploy(shop, Snapshot.empty()).at(now));
 * }</pre>
 */
public final class Planner {
  private static final Planner STANDARD = new Planner();

  private Planner() {}

  /** Returns the planner for all operations that this release knows. */
  public static Planner standard() {
    return STANDARD;
  }

  /**
   * Returns the plan that {@code request} asks for, or why there is none. Never throws for what a
   * user did.
   */
  public PlanResult plan(PlanRequest request) {
    return Planning.plan(request);
  }
}
