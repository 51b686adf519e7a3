package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.run.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What people read of plans that recreate and take over, as golden files; {@code
 * -Dsailplan.golden.update=true} writes them anew. Each plan is run, and leaves nothing to do.
 */
class ReadablePlansTest {
  private static final String SHOP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {colour: green}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: door}
      stringData: {key: open sesame}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web, tier: front}}
          spec:
            containers:
            - {name: main, image: "shop/web:1", envFrom: [{configMapRef: {name: settings}}]}
      """;

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @Test
  void a_plan_that_recreates() throws IOException {
    run(plan(SHOP, Policy.standard()).orThrow());
    String next =
        SHOP.replace("{app: web}}\n  template", "{app: web, tier: front}}\n  template")
            .replace("type: NodePort", "clusterIP: None");

    PlanResult refused = plan(next, Policy.standard());
    Policy recreating = Policy.standard().recreating("Deployment", "Service");
    Plan plan = plan(next, recreating).orThrow();
    check(
        "plans/recreate.txt",
        "Without leave to recreate:\n\n" + refusals(refused) + "\nWith it:\n\n" + plan.render());

    run(plan);
    assertThat(plan(next, recreating).orThrow().isEmpty()).isTrue();
  }

  @Test
  void a_plan_that_takes_over() throws IOException {
    for (Manifest manifest :
        Application.read("shop", SHOP.replace("green}", "blue, stale: gone}")).resources().stream()
            .map(resource -> resource.manifest().with("default", "metadata", "namespace"))
            .toList()) {
      String tool = manifest.kind().equals("Deployment") ? "helm" : "kubectl-client-side-apply";
      assertThat(cluster.send(new Request.Create(manifest, tool)).status()).isEqualTo(201);
    }
    cluster.settle();

    PlanResult refused = plan(SHOP, Policy.standard());
    Policy adopting = Policy.standard().adopting(Adoption.UNOWNED);
    Plan plan = plan(SHOP, adopting).orThrow();
    check(
        "plans/takeover.txt",
        "Without leave to adopt:\n\n" + refusals(refused) + "\nWith it:\n\n" + plan.render());

    run(plan);
    assertThat(plan(SHOP, adopting).orThrow().isEmpty()).isTrue();
  }

  private static String refusals(PlanResult result) {
    return result.refusals().stream().map(refusal -> refusal + "\n").collect(Collectors.joining());
  }

  private PlanResult plan(String yaml, Policy policy) {
    Operation deploy = new Operation.Deploy(Application.read("shop", yaml));
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster.observe(ObservationScope.of(deploy, policy)))
                .by(policy)
                .at(cluster.now()));
  }

  private void run(Plan plan) {
    assertThat(cluster.run(plan, progress -> {})).isSuccess();
    cluster.settle();
  }

  private static void check(String name, String text) throws IOException {
    Path file = Path.of("src/test/resources").resolve(name);
    if (Boolean.getBoolean("sailplan.golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
