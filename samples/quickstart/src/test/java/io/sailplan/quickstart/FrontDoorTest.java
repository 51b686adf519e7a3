package io.sailplan.quickstart;

import static io.sailplan.testing.SailplanAssertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What README.md shows of a unit test: compiled and run here. */
class FrontDoorTest {
  private final Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final String yaml =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: api}
      spec:
        selector: {matchLabels: {app: api}}
        template:
          metadata: {labels: {app: api}}
          spec:
            containers:
              - {name: api, image: "api:1", envFrom: [{secretRef: {name: db}}]}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: db}
      stringData: {password: not-a-real-password}
      """;

  @Test
  void a_secret_comes_before_the_deployment_that_reads_it() {
    Application shop = Application.read("shop", yaml);
    PlanResult result = Planner.standard().plan(PlanRequest.deploy(shop, Snapshot.empty()).at(now));
    assertThat(result)
        .isPlan()
        .creates("Secret/db", "Deployment/api")
        .inOrder("Secret/db", "Deployment/api");
  }
}
