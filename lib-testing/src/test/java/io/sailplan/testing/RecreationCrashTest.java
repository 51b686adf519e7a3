package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import org.junit.jupiter.api.Test;

/** A client that dies while it recreates loses nothing: the next one goes on. */
class RecreationCrashTest {
  private static final ObjectKey WEB = new ObjectKey("apps", "Deployment", "default", "web");
  private static final Policy POLICY = Policy.standard().recreating("Deployment");
  private static final String BEFORE =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web, tier: front}}
          spec: {containers: [{name: main, image: "shop/web:1"}]}
      """;
  private static final String AFTER = BEFORE.replace("{app: web}}", "{app: web, tier: front}}");

  private static Plan plan(SimulatedCluster cluster, String yaml) {
    Application application = Application.read("shop", yaml);
    return Planner.standard()
        .plan(
            PlanRequest.deploy(
                    application,
                    cluster.observe(ObservationScope.of(new Operation.Deploy(application), POLICY)))
                .by(POLICY)
                .at(cluster.now()))
        .orThrow();
  }

  private static SimulatedCluster deployed() {
    SimulatedCluster cluster = SimulatedCluster.create();
    assertThat(cluster.run(plan(cluster, BEFORE), progress -> {})).isSuccess();
    cluster.clearRequests();
    return cluster;
  }

  @Test
  void a_crash_after_any_request_is_made_good_by_the_next_plan() {
    SimulatedCluster whole = deployed();
    Plan plan = plan(whole, AFTER);
    whole.clearRequests();
    assertThat(whole.run(plan, progress -> {})).isSuccess();
    int requests = whole.requests().size();
    assertThat(requests).isGreaterThan(2);
    for (int crash = 1; crash <= requests; crash++) {
      SimulatedCluster cluster = deployed();
      Plan cut = plan(cluster, AFTER);
      cluster.faults().crashAfter(crash);
      try {
        cluster.run(cut, progress -> {});
      } catch (ClientCrash expected) {
        // whatever was sent stays
      }
      assertThat(cluster.run(plan(cluster, AFTER), progress -> {})).isSuccess();
      assertThat(plan(cluster, AFTER)).describedAs("crash after %s", crash).isEmpty();
      assertThat(
              cluster
                  .snapshot()
                  .find(WEB)
                  .orElseThrow()
                  .manifest()
                  .string("spec", "selector", "matchLabels", "tier"))
          .isEqualTo("front");
    }
  }
}
