package io.sailplan.cli;

import io.sailplan.Planner;
import io.sailplan.k8s.KubernetesCluster;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.run.Cluster;
import io.sailplan.run.Outcome;
import java.time.Instant;

/** What README.md shows of a real cluster: compiled here. */
final class FrontDoorForReal {
  private FrontDoorForReal() {}

  static void deploy(Application shop) {
    try (Cluster cluster = KubernetesCluster.fromKubeconfig()) {
      Snapshot seen = cluster.observe(ObservationScope.of(shop));
      PlanRequest request = PlanRequest.deploy(shop, seen).at(Instant.now());
      Plan plan = Planner.standard().plan(request).orThrow();
      System.out.println(plan.render());
      Outcome outcome = cluster.run(plan, progress -> System.out.println(progress));
      outcome.failures().forEach(failure -> System.out.println(failure.explanation()));
    }
  }
}
