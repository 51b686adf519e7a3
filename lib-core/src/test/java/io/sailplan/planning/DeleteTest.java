package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Claim;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import io.sailplan.policy.Policy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeleteTest {
  private static final Application SHOP =
      Application.read(
          "shop",
          """
          apiVersion: v1
          kind: Namespace
          metadata: {name: team}
          ---
          apiVersion: v1
          kind: Secret
          metadata: {name: db, namespace: team}
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: api, namespace: team}
          spec:
            selector: {matchLabels: {app: api}}
            template:
              metadata: {labels: {app: api}}
              spec:
                containers:
                - {name: api, image: "api:1", envFrom: [{secretRef: {name: db}}]}
          ---
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: {name: data, namespace: team}
          spec:
            serviceName: data
            selector: {matchLabels: {app: data}}
            template:
              metadata: {labels: {app: data}}
              spec: {containers: [{name: d, image: "d:1"}]}
            volumeClaimTemplates:
            - metadata: {name: files}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
          """);

  private final Carried cluster = new Carried();

  DeleteTest() {
    cluster.run(
        Planner.standard()
            .plan(PlanRequest.deploy(SHOP, Snapshot.empty()).at(Carried.NOW))
            .orThrow());
    cluster
        .put(claim("files-data-0"))
        .put(claim("files-data-x"))
        .put(claim("files-database-0"))
        .put(claim("files-data-1").with("other", "metadata", "labels", "app"));
  }

  @Test
  void what_needs_goes_before_what_is_needed_and_the_parent_goes_last() {
    Plan plan = plan(Policy.standard().deleting("Namespace", "PersistentVolumeClaim"));
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsSubsequence(
            "delete Deployment/api",
            "gone Deployment/api",
            "delete Secret/db",
            "gone Secret/db",
            "delete Namespace/team",
            "gone Namespace/team",
            "delete ConfigMap/sailplan-shop");
    assertThat(plan.step("delete Secret/db").orElseThrow().after())
        .containsExactly("gone Deployment/api");
    assertThat(plan.step("delete ConfigMap/sailplan-shop").orElseThrow().after())
        .contains("gone Namespace/team", "gone PersistentVolumeClaim/files-data-0");
  }

  @Test
  void every_deletion_carries_the_uid_and_workloads_take_their_pods_along() {
    Plan plan = plan(Policy.standard());
    for (Step step : plan.steps()) {
      if (step instanceof Step.Delete delete) {
        LiveObject live = cluster.get(delete.target().kind().kind(), delete.target().name());
        assertThat(delete.precondition())
            .isEqualTo(
                delete.target().name().equals("sailplan-shop")
                    ? new Precondition.SameObject(live.uid())
                    : Claim.of(live));
        assertThat(delete.propagation())
            .isEqualTo(
                List.of("Deployment", "StatefulSet").contains(live.key().kind())
                    ? Propagation.FOREGROUND
                    : Propagation.BACKGROUND);
      }
    }
  }

  @Test
  void what_cannot_be_brought_back_is_kept_and_said() {
    Plan plan = plan(Policy.standard());
    assertThat(plan.steps())
        .filteredOn(step -> step.kind() == StepKind.UNCHANGED)
        .extracting(Step::id)
        .containsExactlyInAnyOrder(
            "keep Namespace/team", "keep PersistentVolumeClaim/files-data-0");
    assertThat(plan.render())
        .contains("Namespace/team", "a Namespace is only deleted if the policy names the kind");
  }

  @Test
  void only_the_claims_that_a_statefulset_has_made_belong_to_it() {
    assertThat(plan(Policy.standard().deleting("PersistentVolumeClaim")).steps())
        .extracting(Step::id)
        .contains("delete PersistentVolumeClaim/files-data-0")
        .doesNotContain(
            "delete PersistentVolumeClaim/files-data-1",
            "delete PersistentVolumeClaim/files-data-x",
            "delete PersistentVolumeClaim/files-database-0");
  }

  @Test
  void what_is_going_already_is_only_waited_for() {
    cluster.put(
        cluster
            .get("Secret", "db")
            .manifest()
            .with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"));
    assertThat(plan(Policy.standard()).steps())
        .extracting(Step::id)
        .contains("gone Secret/db")
        .doesNotContain("delete Secret/db");
  }

  @Test
  void when_all_is_gone_nothing_is_left_to_do() {
    Policy policy = Policy.standard().deleting("Namespace", "PersistentVolumeClaim");
    cluster.run(plan(policy));
    assertThat(cluster.has("ConfigMap", "sailplan-shop")).isFalse();
    assertThat(plan(policy).steps()).isEmpty();
  }

  @Test
  void the_declaration_is_not_needed_to_delete() {
    PlanRequest request =
        PlanRequest.of(
            new Operation.Delete(new Membership("default", "shop"), null), cluster.snapshot());
    assertThat(Planner.standard().plan(request).orThrow().steps())
        .extracting(Step::id)
        .contains("delete Deployment/api", "delete ConfigMap/sailplan-shop");
  }

  @Test
  void a_kind_that_may_not_be_listed_is_a_refusal_and_not_an_empty_list() {
    Look look = new Look.AtList(new GroupKind("", "Secret"), "team", Map.of());
    Snapshot blind = cluster.snapshot().toBuilder().refused(look, "forbidden").build();
    assertThat(Planner.standard().plan(PlanRequest.delete(SHOP, blind)).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.NOT_OBSERVED);
  }

  @Test
  void what_the_author_declared_about_order_holds_backwards() {
    Application ordered =
        Application.of(
            "shop",
            List.of(Resource.of(config("a")), Resource.of(config("b")).after("ConfigMap/a")));
    Carried ours = new Carried();
    ours.run(
        Planner.standard()
            .plan(PlanRequest.deploy(ordered, Snapshot.empty()).at(Carried.NOW))
            .orThrow());
    Plan plan = Planner.standard().plan(PlanRequest.delete(ordered, ours.snapshot())).orThrow();
    assertThat(plan.step("delete ConfigMap/a").orElseThrow().after())
        .containsExactly("gone ConfigMap/b");
  }

  private static Manifest config(String name) {
    return Manifest.parseJson(
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}"
            .formatted(name));
  }

  private Plan plan(Policy policy) {
    return Planner.standard()
        .plan(PlanRequest.delete(SHOP, cluster.snapshot()).by(policy).at(Carried.NOW))
        .orThrow();
  }

  private static Manifest claim(String name) {
    return Manifest.parseJson(
        ("{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"team\","
                + "\"labels\":{\"app\":\"data\"}}}")
            .formatted(name));
  }
}
