package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.run.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A client that dies while it takes objects over, be it between patch and apply, leaves nothing
 * half done for good.
 */
class TakeoverCrashTest {
  private static final Policy POLICY = Policy.standard().adopting(Adoption.UNOWNED);
  private static final String DECLARED =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {colour: green}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: main, image: "shop/web:2"}]}
      """;

  /** What kubectl and Helm have made, with more than is declared. */
  private static SimulatedCluster found() {
    SimulatedCluster cluster = SimulatedCluster.create();
    made(cluster, "helm", settings("{colour: blue, stale: gone}"));
    made(
        cluster,
        "kubectl-client-side-apply",
        Application.read(
                "shop", DECLARED.replace("{name: web}", "{name: web, labels: {stale: gone}}"))
            .resources()
            .get(1)
            .manifest()
            .with("default", "metadata", "namespace"));
    cluster.settle();
    cluster.clearRequests();
    return cluster;
  }

  private static Manifest settings(String data) {
    return Application.read(
            "shop",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: default}, data: "
                + data
                + "}")
        .resources()
        .get(0)
        .manifest();
  }

  private static void made(SimulatedCluster cluster, String tool, Manifest manifest) {
    assertThat(cluster.send(new Request.Create(manifest, tool)).status()).isEqualTo(201);
  }

  private static Plan plan(SimulatedCluster cluster) {
    Application application = Application.read("shop", DECLARED);
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster.observe(ObservationScope.of(deploy, POLICY)))
                .by(POLICY)
                .at(cluster.now()))
        .orThrow();
  }

  @Test
  void wherever_a_client_dies_the_next_plan_finishes() {
    SimulatedCluster whole = found();
    Plan plan = plan(whole);
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsSubsequence("take over ConfigMap/settings", "apply ConfigMap/settings")
        .containsSubsequence("take over Deployment/web", "apply Deployment/web");
    whole.clearRequests();
    assertThat(whole.run(plan, progress -> {})).isSuccess();
    List<Object> end = content(whole);
    assertThat(end.toString()).contains("green").doesNotContain("stale");

    int between = 0;
    for (int crash = 1; crash <= whole.requests().size(); crash++) {
      SimulatedCluster cluster = found();
      Plan cut = plan(cluster);
      cluster.faults().crashAfter(crash);
      try {
        cluster.run(cut, progress -> {});
      } catch (ClientCrash expected) {
        // whatever was sent stays
      }
      cluster.settle();
      between += isHalfTakenOver(cluster) ? 1 : 0;
      assertThat(cluster.run(plan(cluster), progress -> {}))
          .describedAs("crash after %s", crash)
          .isSuccess();
      assertThat(content(cluster)).describedAs("crash after %s", crash).isEqualTo(end);
      assertThat(plan(cluster)).isEmpty();
    }
    assertThat(between).describedAs("deaths between a patch and its apply").isPositive();
  }

  /** The fields are ours already, and what is not declared is still there. */
  private static boolean isHalfTakenOver(SimulatedCluster cluster) {
    LiveObject settings = settings(cluster);
    return managers(settings).equals(List.of("sailplan/default/shop"))
        && settings.manifest().get("data", "stale") != null;
  }

  private static LiveObject settings(SimulatedCluster cluster) {
    return cluster.object(new ObjectKey("", "ConfigMap", "default", "settings")).orElseThrow();
  }

  private static List<String> managers(LiveObject object) {
    return ManagedFields.of(object.manifest()).entries().stream()
        .filter(entry -> entry.subresource().isEmpty())
        .map(ManagedEntry::manager)
        .filter(manager -> !manager.equals("kube-controller-manager"))
        .toList();
  }

  private static List<Object> content(SimulatedCluster cluster) {
    List<Object> content = new ArrayList<>();
    LiveObject web =
        cluster.object(new ObjectKey("apps", "Deployment", "default", "web")).orElseThrow();
    for (LiveObject object : List.of(settings(cluster), web)) {
      content.add(List.of(managers(object), object.manifest().labels()));
      content.add(String.valueOf(object.manifest().get("data")));
      content.add(String.valueOf(object.manifest().get("spec")));
    }
    return content;
  }
}
