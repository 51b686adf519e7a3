package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.run.Outcome;
import io.sailplan.run.StepStatus;
import org.junit.jupiter.api.Test;

/** What becomes of objects that cannot be changed into what is declared. */
abstract class RecreationContract extends PlanningContract {
  private static final String WEB =
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
  private static final String NARROWER = WEB.replace("{app: web}}", "{app: web, tier: front}}");
  private static final String SERVICE =
      """
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """;
  private static final Policy RECREATING = Policy.standard().recreating("Deployment", "Service");

  @Test
  void a_plan_refuses_each_field_that_cannot_change_with_ways_on() {
    deploy(WEB + SERVICE, Policy.standard());
    String next = NARROWER + SERVICE.replace("spec: {", "spec: {clusterIP: None, ");
    assertThat(texts(planned(next, Policy.standard())))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("IMMUTABLE_FIELD Deployment.apps ")
                    .contains("/web: .spec.selector cannot be changed once the object exists"))
        .anySatisfy(text -> assertThat(text).contains(".spec.clusterIP", "would be \"None\""));
    assertThat(planned(next, Policy.standard()).refusals().get(0).remedies())
        .extracting("action")
        .containsExactly("keep", "rename", "recreate");
  }

  @Test
  void what_the_policy_recreates_is_deleted_and_made_anew_and_what_needs_it_waits() {
    deploy(WEB, Policy.standard());
    String before = live("Deployment", "web").orElseThrow().uid();
    applied(
        "somebody",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: $ns, annotations: {note: theirs}}}");
    Plan plan = plan(NARROWER, RECREATING);
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsSubsequence(
            "delete Deployment/web",
            "gone Deployment/web",
            "create Deployment/web",
            "await Deployment/web");
    Step.Create create = (Step.Create) plan.step("create Deployment/web").orElseThrow();
    assertThat(create.changes())
        .filteredOn(change -> change.path().toString().contains("note"))
        .extracting(FieldChange::before, FieldChange::after)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("theirs", null));
    assertThat(plan.warnings())
        .extracting(Problem::message)
        .anySatisfy(text -> assertThat(text).contains("all its pods end"))
        .anySatisfy(
            text -> assertThat(text).contains("loses what \"somebody\" has written", "note"));
    SailplanAssertions.assertThat(run(plan)).isSuccess();
    LiveObject after = live("Deployment", "web").orElseThrow();
    assertThat(after.uid()).isNotEqualTo(before);
    assertThat(after.manifest().string("spec", "selector", "matchLabels", "tier"))
        .isEqualTo("front");
    assertThat(owners(after, "spec", "selector")).containsExactly(ours());
    SailplanAssertions.assertThat(plan(NARROWER, RECREATING)).isEmpty();
  }

  @Test
  void nothing_is_deleted_that_has_changed_since_the_plan_was_made() {
    deploy(WEB, Policy.standard());
    Plan plan = plan(NARROWER, RECREATING);
    applied(
        "somebody",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: $ns, annotations: {note: precious}}}");
    Outcome outcome = run(plan);
    SailplanAssertions.assertThat(outcome).hasStatus("delete Deployment/web", StepStatus.STALE);
    assertThat(live("Deployment", "web").orElseThrow().manifest().annotations())
        .containsEntry("note", "precious");
  }

  @Test
  void protected_kinds_are_only_recreated_if_they_may_be_deleted() {
    String disk =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: disk}
        spec:
          storageClassName: ""
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        """;
    cluster().run(plan(disk, Policy.standard().readyWithin(java.time.Duration.ZERO)), p -> {});
    String bigger = disk.replace("1Gi", "2Gi");
    Policy policy = Policy.standard().recreating("PersistentVolumeClaim");
    assertThat(texts(planned(bigger, policy)))
        .singleElement()
        .asString()
        .contains("IMMUTABLE_FIELD", ".spec.resources.requests.storage", "\"1Gi\"", "\"2Gi\"");
    Plan plan = plan(bigger, policy.deleting("PersistentVolumeClaim"));
    assertThat(plan.steps()).extracting(Step::id).contains("delete PersistentVolumeClaim/disk");
    assertThat(plan.warnings())
        .extracting(Problem::message)
        .anySatisfy(text -> assertThat(text).contains("the data is gone unless"));
  }

  @Test
  void a_service_that_is_made_anew_may_get_another_address() {
    deploy(SERVICE, Policy.standard());
    String headless = SERVICE.replace("spec: {", "spec: {clusterIP: None, ");
    deploy(headless, RECREATING);
    assertThat(live("Service", "web").orElseThrow().manifest().string("spec", "clusterIP"))
        .isEqualTo("None");
    SailplanAssertions.assertThat(plan(headless, RECREATING)).isEmpty();
  }

  @Test
  void no_text_tells_what_an_immutable_secret_holds() {
    String door =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: door}
        immutable: true
        stringData: {key: canary-one}
        """;
    deploy(door, Policy.standard());
    String other = door.replace("canary-one", "canary-two");
    String refused = planned(other, Policy.standard()).refusals().toString();
    assertThat(refused).contains(".data").doesNotContain("canary", "Y2FuYXJ5");
    Plan plan = plan(other, Policy.standard().recreating("Secret"));
    assertThat(plan.render() + plan.toJson() + plan).doesNotContain("canary", "Y2FuYXJ5");
    SailplanAssertions.assertThat(run(plan)).isSuccess();
    assertThat(live("Secret", "door").orElseThrow().manifest().string("data", "key"))
        .isEqualTo("Y2FuYXJ5LXR3bw==");
  }

  @Test
  void a_plan_warns_of_what_the_server_ignores() {
    String request =
        """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: $ns}
        spec: {signerName: example.com/one, usages: [digital signature], request: CSR}
        """
            .replace("CSR", CSR);
    try {
      deploy(request, Policy.standard());
      Plan same = plan(request, Policy.standard());
      assertThat(same.isEmpty()).isTrue();
      assertThat(same.warnings()).isEmpty();
      Plan other = plan(request.replace("example.com/one", "example.com/two"), Policy.standard());
      assertThat(other.isEmpty()).isTrue();
      assertThat(other.warnings())
          .singleElement()
          .satisfies(
              warning -> {
                assertThat(warning.code()).isEqualTo(ProblemCode.IGNORED_FIELD);
                assertThat(warning.message())
                    .contains(
                        ".spec.signerName stays \"example.com/one\","
                            + " declared is \"example.com/two\"");
              });
    } finally {
      delete(new ObjectKey("certificates.k8s.io", "CertificateSigningRequest", "", namespace()));
    }
  }
}
