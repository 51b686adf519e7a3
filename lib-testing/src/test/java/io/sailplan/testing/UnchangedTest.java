package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.run.Request;
import org.junit.jupiter.api.Test;

class UnchangedTest {
  private static final Application SHOP =
      Application.read(
          "shop",
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: settings}
          data: {colour: green}
          ---
          apiVersion: v1
          kind: Service
          metadata: {name: web}
          spec: {selector: {app: web}, ports: [{port: 80}]}
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web}
          spec:
            selector: {matchLabels: {app: web}}
            template:
              metadata: {labels: {app: web}}
              spec: {containers: [{name: web, image: "web:1"}]}
          """);

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @Test
  void an_unchanged_set_costs_its_reads_and_nothing_else() {
    deploy();
    cluster.settle();
    cluster.clearRequests();

    assertThat(deploy().isEmpty()).isTrue();

    assertThat(cluster.writes()).isEmpty();
    assertThat(cluster.requests())
        .extracting(SentRequest::request)
        .allMatch(r -> r instanceof Request.Get || r instanceof Request.ListObjects)
        .hasSizeLessThanOrEqualTo(14);
  }

  private Plan deploy() {
    Snapshot seen = cluster.observe(ObservationScope.of(SHOP));
    Plan plan = Planner.standard().plan(PlanRequest.deploy(SHOP, seen).at(cluster.now())).orThrow();
    assertThat(cluster.run(plan, progress -> {}).isSuccess()).isTrue();
    return plan;
  }
}
