package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.run.Outcome;
import io.sailplan.run.StepOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
  private static final Application SHOP =
      Application.read(
          "shop",
          """
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: {name: files}
          spec:
            storageClassName: disks
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
          """);

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @ParameterizedTest
  @ValueSource(strings = {"Immediate", "WaitForFirstConsumer"})
  void a_claim_is_judged_by_its_class_which_the_run_reads_itself(String mode) {
    given(mode);
    StepOutcome await = deploy().step("await PersistentVolumeClaim/files").orElseThrow();
    assertThat(await.status().isGood()).isTrue();
    assertThat(await.assumedReady()).isFalse();
    String phase =
        cluster
            .object(
                io.sailplan.model.ObjectKey.of("v1", "PersistentVolumeClaim", "default", "files"))
            .orElseThrow()
            .manifest()
            .string("status", "phase");
    assertThat(phase).isEqualTo(mode.equals("Immediate") ? "Bound" : "Pending");
  }

  @Test
  void planned_again_nothing_is_left_to_do() {
    given("Immediate");
    deploy();
    assertThat(plan().isEmpty()).isTrue();
  }

  private void given(String mode) {
    cluster.given(
        Manifest.parseJson(
            "{\"apiVersion\":\"storage.k8s.io/v1\",\"kind\":\"StorageClass\",\"metadata\":{\"name\":\"disks\"},"
                + "\"provisioner\":\"example.com/disks\",\"volumeBindingMode\":\"%s\"}"
                    .formatted(mode)),
        "tester");
  }

  private Plan plan() {
    return Planner.standard()
        .plan(
            PlanRequest.deploy(SHOP, cluster.observe(ObservationScope.of(SHOP))).at(cluster.now()))
        .orThrow();
  }

  private Outcome deploy() {
    Outcome outcome = cluster.run(plan(), progress -> {});
    assertThat(outcome.isSuccess()).as(outcome.render()).isTrue();
    return outcome;
  }
}
