package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What plans say of a cluster is what it does. */
abstract class VouchingContract extends JobContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String SCALER =
      """
      apiVersion: autoscaling/v1
      kind: HorizontalPodAutoscaler
      metadata: {name: web}
      spec:
        maxReplicas: 4
        targetCPUUtilizationPercentage: 70
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      """;
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: kites.$ns.example.com}
      spec:
        group: $ns.example.com
        scope: Namespaced
        names: {kind: Kite, plural: kites}
        versions:
          - name: v2
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
          - name: v1
            served: true
            storage: false
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;

  /** For subclasses. */
  VouchingContract() {}

  @Test
  void proven_changes_are_what_the_server_makes_of_them() {
    String shop =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {colour: green, size: "1"}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
        """;
    proves(plan(shop), 8);
    proves(plan(shop.replace("green", "red").replace("port: 80", "port: 81")), 2);
    assertThat(plan(shop.replace("green", "red").replace("port: 80", "port: 81")).isEmpty())
        .isTrue();
  }

  @Test
  void an_object_is_read_in_the_version_that_is_asked_for() {
    accepted(apply("me", SCALER.replace("{name: web}", "{name: web, namespace: $ns}")));
    ObjectKey web = new ObjectKey("autoscaling", "HorizontalPodAutoscaler", namespace(), "web");
    assertThat(read(web, "v1").integer(0, "spec", "targetCPUUtilizationPercentage")).isEqualTo(70);
    assertThat(String.valueOf(read(web, "v2").get("spec", "metrics")))
        .contains("averageUtilization=70");
    assertThat(send(new Request.Get(web)).object().manifest().apiVersion())
        .isEqualTo("autoscaling/v2");
    assertThat(send(new Request.Get(web, "v9")).status()).isEqualTo(404);
  }

  @Test
  void what_is_declared_in_another_version_than_the_preferred_one_comes_to_rest() {
    carryOut(plan(SCALER));
    assertThat(plan(SCALER).isEmpty()).isTrue();

    Plan change = plan(SCALER.replace("70", "60"));
    assertThat(changes(change))
        .extracting(FieldChange::toString)
        .containsExactly(
            "FieldChange[.spec.targetCPUUtilizationPercentage, assumed: the server converts"
                + " between autoscaling/v1 and the version that it stores]");
    carryOut(change);
    assertThat(plan(SCALER.replace("70", "60")).isEmpty()).isTrue();
  }

  @Test
  void a_custom_resource_in_a_version_that_is_not_stored_comes_to_rest() {
    accepted(apply("me", DEFINITION));
    ObjectKey definition =
        new ObjectKey(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            "kites." + namespace() + ".example.com");
    String kite =
        """
        apiVersion: $ns.example.com/v1
        kind: Kite
        metadata: {name: red}
        spec: {tail: 3}
        """;
    try {
      awaitObject(definition, object -> hasCondition(object, "Established", "True"));
      await(
          "kites to be served",
          () -> send(new Request.Get(kite(), "v1")).message().contains("red"));
      carryOut(plan(kite));
      assertThat(plan(kite).isEmpty()).isTrue();
      carryOut(plan(kite.replace("tail: 3", "tail: 4")));
      assertThat(read(kite(), "v2").integer(0, "spec", "tail")).isEqualTo(4);
      assertThat(plan(kite.replace("tail: 3", "tail: 4")).isEmpty()).isTrue();
    } finally {
      send(new Request.Delete(definition, "", "", Propagation.BACKGROUND));
    }
  }

  @Test
  void what_a_dry_run_says_too_is_confirmed_and_nothing_is_written() {
    String shop =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: db}
        stringData: {password: hunter22}
        """;
    Plan sure = confirmed(shop);
    assertThat(changes(sure)).hasSizeGreaterThan(8).allMatch(VouchingContract::isConfirmed);
    assertThat(sure.warnings()).isEmpty();
    assertThat(sure.render() + sure.toJson()).doesNotContain("hunter22");
    assertThat(find(key("Service", "web"))).isEmpty();
    assertThat(find(key("Secret", "db"))).isEmpty();
    carryOut(sure);

    Plan change = confirmed(shop.replace("port: 80", "port: 81"));
    assertThat(changes(change)).isNotEmpty().allMatch(VouchingContract::isConfirmed);
    assertThat(String.valueOf(get(key("Service", "web")).manifest().get("spec", "ports")))
        .contains("port=80");
    assertThat(confirmed(shop).isEmpty()).isTrue();
  }

  @Test
  void what_the_server_refuses_in_a_dry_run_is_a_refusal_in_its_words() {
    String map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}";
    carryOut(plan(map));
    Application application = application(map.replace("a: b", "a: c"));
    Snapshot seen = cluster().observe(ObservationScope.of(application));
    Plan plan = Planner.standard().plan(PlanRequest.deploy(application, seen).at(NOW)).orThrow();
    accepted(delete(key("ConfigMap", "settings")));

    PlanResult result = cluster().confirm(plan, seen);

    assertThat(result.refusals())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.message())
                    .contains("ConfigMap " + namespace() + "/settings: the server says: ")
                    .contains("uid mismatch"));
    assertThat(find(key("ConfigMap", "settings"))).isEmpty();
  }

  @Test
  void about_what_needs_other_steps_first_the_server_is_not_asked() {
    String yaml =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: $ns-more}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: $ns-more}
        data: {a: b}
        """;
    Application application = application(yaml);
    Snapshot seen =
        cluster().observe(ObservationScope.of(application)).toBuilder()
            .server(ServerFacts.unread("", "nobody asked"))
            .build();
    Plan plan = Planner.standard().plan(PlanRequest.deploy(application, seen).at(NOW)).orThrow();

    Plan sure = cluster().confirm(plan, seen).orThrow();

    for (Step step : sure.steps()) {
      boolean inside = step.target().namespace().equals(namespace() + "-more");
      assertThat(changes(step))
          .allMatch(
              change ->
                  inside
                      ? change.certainty().toString().contains("can only be asked after create")
                      : isConfirmed(change));
    }
  }

  private Plan confirmed(String yaml) {
    Application application = application(yaml);
    Snapshot seen = cluster().observe(ObservationScope.of(application));
    Plan plan = Planner.standard().plan(PlanRequest.deploy(application, seen).at(NOW)).orThrow();
    return cluster().confirm(plan, seen).orThrow();
  }

  private static boolean isConfirmed(FieldChange change) {
    return change.certainty() instanceof Certainty.Confirmed;
  }

  private ObjectKey kite() {
    return new ObjectKey(namespace() + ".example.com", "Kite", namespace(), "red");
  }

  private void proves(Plan plan, int least) {
    List<Step> steps = plan.steps();
    carryOut(plan);
    int proven = 0;
    for (Step step : steps) {
      for (FieldChange change : changes(step)) {
        if (change.certainty() instanceof Certainty.Proven) {
          LiveObject live = send(new Request.Get(step.target().key())).object();
          Object there = change.path().find(live.manifest().tree()).orElse(null);
          assertThat(Objects.equals(there, change.after()))
              .as("%s %s: planned %s, is %s", step.id(), change.path(), change.after(), there)
              .isTrue();
          proven++;
        }
      }
    }
    assertThat(proven).isGreaterThanOrEqualTo(least);
  }

  private Manifest read(ObjectKey key, String version) {
    return accepted(send(new Request.Get(key, version))).manifest();
  }

  private Plan plan(String yaml) {
    Application application = application(yaml);
    Snapshot seen = cluster().observe(ObservationScope.of(application));
    return Planner.standard().plan(PlanRequest.deploy(application, seen).at(NOW)).orThrow();
  }

  private void carryOut(Plan plan) {
    Outcome outcome = cluster().run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
  }

  private static List<FieldChange> changes(Plan plan) {
    return plan.steps().stream().flatMap(step -> changes(step).stream()).toList();
  }

  private static List<FieldChange> changes(Step step) {
    if (step instanceof Step.Create create) {
      return create.changes();
    }
    return step instanceof Step.Apply apply ? apply.changes() : List.of();
  }
}
