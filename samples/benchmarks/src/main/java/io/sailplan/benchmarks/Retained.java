package io.sailplan.benchmarks;

import io.sailplan.Planner;
import io.sailplan.plan.Plan;
import io.sailplan.planning.PlanRequest;
import org.openjdk.jol.info.GraphLayout;

/** What a plan keeps in memory beyond what it was made from. */
final class Retained {
  private Retained() {}

  /** Returns the bytes for each object of an unchanged application. */
  static double bytesPerObject(int objects) {
    System.setProperty("jol.magicFieldOffset", "true"); // or it refuses records
    Fleet fleet = Fleet.of(objects);
    PlanRequest request = PlanRequest.deploy(fleet.application(), fleet.snapshot()).at(Fleet.NOW);
    Planner.standard()
        .plan(request); // what is made once, such as built-in shapes, is not the plan's
    Plan plan = Planner.standard().plan(request).orThrow();
    GraphLayout before = GraphLayout.parseInstance(request, Planner.standard());
    return (double) GraphLayout.parseInstance(plan).subtract(before).totalSize() / objects;
  }
}
