package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.run.Request;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What plans say of a cluster is what it does. */
abstract class VouchingContract extends VersionContract {

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

  final void proves(Plan plan, int least) {
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
}
