package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kinds of several versions: which one is read, written and planned in. */
abstract class VersionContract extends JobContract {
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
      metadata: {name: kites.$ns.sailplan.io}
      spec:
        group: $ns.sailplan.io
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

  private static final String KITE =
      """
      apiVersion: $ns.sailplan.io/v1
      kind: Kite
      metadata: {name: red}
      spec: {tail: 3}
      """;

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
    define(DEFINITION);
    awaitVersion("v1");
    carryOut(plan(KITE));
    assertThat(plan(KITE).isEmpty()).isTrue();
    carryOut(plan(KITE.replace("tail: 3", "tail: 4")));
    assertThat(read(kite(), "v2").integer(0, "spec", "tail")).isEqualTo(4);
    assertThat(plan(KITE.replace("tail: 3", "tail: 4")).isEmpty()).isTrue();
  }

  @Test
  void a_plan_says_how_to_go_on_where_a_version_is_owned_that_is_not_defined_any_more() {
    define(DEFINITION);
    awaitVersion("v1");
    String kite = KITE.replace("red}", "red, namespace: $ns}");
    applied("somebody", kite.replace("tail: 3", "colour: red"));
    define(DEFINITION.substring(0, DEFINITION.indexOf("    - name: v1")));
    awaitRefusal(kite.replace("/v1", "/v2"));
    Policy adopting = Policy.standard().adopting(io.sailplan.policy.Adoption.UNOWNED);
    String next = KITE.replace("/v1", "/v2");

    SailplanAssertions.assertThat(planned(next, adopting))
        .isRefused(Refusal.Code.REJECTED, "Kite/red")
        .offers("forget-owners");
    edited(kite(), "editor", PatchOperation.add("/spec/edited", true));
    SailplanAssertions.assertThat(run(plan(next, adopting))).isSuccess();
    SailplanAssertions.assertThat(plan(next, adopting)).isEmpty();
  }

  @Test
  void an_api_whose_server_is_missing_is_not_looked_at_and_hinders_nothing_else() {
    String api = "v1." + namespace() + ".example.com";
    ObjectKey registration = new ObjectKey("apiregistration.k8s.io", "APIService", "", api);
    String settings =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {colour: blue}
        """;
    String thing =
        """
        ---
        apiVersion: $ns.example.com/v1
        kind: Thing
        metadata: {name: one}
        """;
    try {
      applied(
          "me",
          """
          apiVersion: apiregistration.k8s.io/v1
          kind: APIService
          metadata: {name: v1.$ns.example.com}
          spec:
            group: $ns.example.com
            version: v1
            groupPriorityMinimum: 100
            versionPriority: 10
            insecureSkipTLSVerify: true
            service: {namespace: $ns, name: nobody, port: 443}
          """);
      String listed = namespace() + ".example.com/v1";
      await("the API is listed", () -> seen(settings).unavailable().containsKey(listed));

      SailplanAssertions.assertThat(run(plan(settings))).isSuccess();
      SailplanAssertions.assertThat(plan(settings)).isEmpty();

      Snapshot seen = seen(settings + thing);
      ObjectKey one = new ObjectKey(namespace() + ".example.com", "Thing", namespace(), "one");
      assertThat(seen.find(key("ConfigMap", "settings"))).isPresent();
      assertThat(seen.lookup(one)).isInstanceOf(Lookup.NotLookedAt.class);
      assertThat(send(new Request.Get(one)).status()).isEqualTo(503);
      assertThat(planned(settings + thing, Policy.standard()).problems())
          .extracting(Problem::message)
          .containsExactly(
              "Thing/one has the kind Thing of "
                  + listed
                  + ", which is not known: the cluster lists the API "
                  + listed
                  + ", but the server behind it does not answer (see `kubectl get apiservices`)");
    } finally {
      delete(registration);
    }
    await("the API is forgotten", () -> seen(settings).unavailable().isEmpty());
  }

  private Snapshot seen(String yaml) {
    return cluster().observe(ObservationScope.of(application(yaml)));
  }

  private ObjectKey kite() {
    return custom("Kite", "red");
  }

  /** Waits until kites are served: there is none yet, and the server says so by its name. */
  private void awaitVersion(String version) {
    await(
        "kites to be served",
        () -> send(new Request.Get(kite(), version)).message().contains("red"));
  }

  private Manifest read(ObjectKey key, String version) {
    return accepted(send(new Request.Get(key, version))).manifest();
  }

  final Plan plan(String yaml) {
    Application application = application(yaml);
    Snapshot seen = cluster().observe(ObservationScope.of(application));
    return Planner.standard().plan(PlanRequest.deploy(application, seen).at(NOW)).orThrow();
  }

  final void carryOut(Plan plan) {
    Outcome outcome = cluster().run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
  }

  static List<FieldChange> changes(Plan plan) {
    return plan.steps().stream().flatMap(step -> changes(step).stream()).toList();
  }

  static List<FieldChange> changes(Step step) {
    if (step instanceof Step.Create create) {
      return create.changes();
    }
    return step instanceof Step.Apply apply ? apply.changes() : List.of();
  }
}
