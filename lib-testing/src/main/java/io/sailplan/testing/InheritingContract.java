package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import io.sailplan.run.StepStatus;
import org.junit.jupiter.api.Test;

/** What becomes of the fields of other tools when an application adopts what they have made. */
abstract class InheritingContract extends RecreationContract {
  private static final String LAST = "kubectl.kubernetes.io/last-applied-configuration";
  private static final Policy ADOPTING = Policy.standard().adopting(Adoption.UNOWNED);

  private static final String THEIRS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        namespace: $ns
        labels: {theirs: label}
        annotations: {"kubectl.kubernetes.io/last-applied-configuration": "{}"}
      data: {shared: same, changed: old, stale: gone}
      """;

  private static final String OURS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {shared: same, changed: new}
      """;

  private void made(String yaml, String manager) {
    accepted(send(new Request.Create(manifest(yaml), manager)));
  }

  /** Adopts the ConfigMap, and insists that nothing is left of what made it. */
  private void adoptsWhole() {
    Plan plan = plan(OURS, ADOPTING);
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsSubsequence("take over ConfigMap/settings", "apply ConfigMap/settings");
    Step.Apply apply = (Step.Apply) plan.step("apply ConfigMap/settings").orElseThrow();
    assertThat(apply.changes())
        .filteredOn(change -> change.after() == null)
        .extracting(FieldChange::path)
        .extracting(Object::toString)
        .contains(".data.stale", ".metadata.labels.theirs");
    SailplanAssertions.assertThat(run(plan)).isSuccess();
    LiveObject after = live("ConfigMap", "settings").orElseThrow();
    assertThat(after.manifest().get("data"))
        .isEqualTo(java.util.Map.of("shared", "same", "changed", "new"));
    assertThat(after.manifest().labels()).doesNotContainKey("theirs");
    assertThat(after.manifest().annotations()).doesNotContainKey(LAST);
    assertThat(managers(after)).containsExactly(ours());
    assertThat(owners(after, "data", "shared")).containsExactly(ours());
    SailplanAssertions.assertThat(plan(OURS, ADOPTING)).isEmpty();
  }

  @Test
  void what_kubectl_has_applied_and_the_application_leaves_out_goes() {
    made(THEIRS, "kubectl-client-side-apply");
    adoptsWhole();
  }

  @Test
  void what_kubectl_has_created_and_the_application_leaves_out_goes() {
    made(THEIRS, "kubectl-create");
    adoptsWhole();
  }

  @Test
  void what_helm_has_deployed_and_the_application_leaves_out_goes() {
    made(THEIRS, "helm");
    adoptsWhole();
  }

  @Test
  void what_helm_has_applied_and_the_application_leaves_out_goes() {
    applied("helm", THEIRS);
    adoptsWhole();
  }

  @Test
  void several_tools_are_taken_over_at_once() {
    made(THEIRS, "kubectl-create");
    accepted(
        send(
            new Request.Replace(
                manifest(THEIRS.replace("stale: gone", "stale: gone, more: gone")),
                "kubectl-client-side-apply",
                "")));
    applied("helm", THEIRS.replace("stale: gone", "stale: gone, third: gone"));
    adoptsWhole();
  }

  @Test
  void what_others_have_written_stays() {
    made(THEIRS, "kubectl-create");
    applied(
        "somebody",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: $ns}, data: {note: theirs}}");
    deploy(OURS, ADOPTING);
    LiveObject after = live("ConfigMap", "settings").orElseThrow();
    assertThat(after.manifest().string("data", "note")).isEqualTo("theirs");
    assertThat(owners(after, "data", "note")).containsExactly("somebody:Apply");
    assertThat(after.manifest().get("data", "stale")).isNull();
  }

  @Test
  void without_taking_over_what_is_left_out_stays_and_what_differs_is_refused() {
    made(THEIRS, "kubectl-create");
    assertThat(texts(planned(OURS, ADOPTING.takingOverNothing())))
        .singleElement()
        .asString()
        .contains("FIELD_CONFLICT", ".data.changed", "kubectl-create");
    deploy(OURS.replace("changed: new", "changed: old"), ADOPTING.takingOverNothing());
    LiveObject after = live("ConfigMap", "settings").orElseThrow();
    assertThat(after.manifest().string("data", "stale")).isEqualTo("gone");
    assertThat(owners(after, "data", "stale")).containsExactly("kubectl-create:Update");
  }

  @Test
  void a_tool_that_is_named_is_taken_over_too() {
    made(THEIRS, "old-tool");
    assertThat(plan(OURS.replace("changed: new", "changed: old"), ADOPTING).steps())
        .extracting(Step::id)
        .doesNotContain("take over ConfigMap/settings");
    deploy(OURS, ADOPTING.takingOver("old-tool"));
    assertThat(live("ConfigMap", "settings").orElseThrow().manifest().get("data", "stale"))
        .isNull();
  }

  @Test
  void nothing_is_taken_over_that_has_changed_since_the_plan_was_made() {
    made(THEIRS, "kubectl-create");
    Plan plan = plan(OURS, ADOPTING);
    accepted(
        send(
            new Request.Replace(
                manifest(THEIRS.replace("stale: gone", "stale: gone, fresh: one")),
                "kubectl-create",
                "")));
    Outcome outcome = run(plan);
    SailplanAssertions.assertThat(outcome)
        .hasStatus("take over ConfigMap/settings", StepStatus.STALE);
    assertThat(live("ConfigMap", "settings").orElseThrow().manifest().string("data", "fresh"))
        .isEqualTo("one");
  }

  @Test
  void a_deployment_keeps_what_the_server_has_filled_in() {
    String web =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: $ns, labels: {stale: gone}}
        spec:
          replicas: 1
          revisionHistoryLimit: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: "shop/web:1"}]}
        """;
    made(web, "kubectl-create");
    awaitObject(key("Deployment", "web"), object -> hasCondition(object, "Available", "True"));
    String ours = web.replace(", namespace: $ns, labels: {stale: gone}", "");
    deploy(ours, ADOPTING);
    LiveObject after = live("Deployment", "web").orElseThrow();
    assertThat(after.generation()).isEqualTo(1);
    assertThat(after.manifest().labels()).doesNotContainKey("stale");
    assertThat(owners(after, "spec", "revisionHistoryLimit")).containsExactly(ours());
    SailplanAssertions.assertThat(plan(ours, ADOPTING)).isEmpty();
  }

  @Test
  void a_pod_keeps_the_resources_that_a_limit_range_has_given_it() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: limits, namespace: $ns}
        spec: {limits: [{type: Container, defaultRequest: {cpu: 1m}, default: {cpu: 2m}}]}
        """);
    String tool =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: tool, namespace: $ns, labels: {stale: gone}}
        spec: {containers: [{name: main, image: "shop/tool:1"}]}
        """;
    await(
        "the limits hold",
        () ->
            accepted(send(new Request.Apply(manifest(tool), "me", false, "", true)))
                .manifest()
                .toJson()
                .contains("\"1m\""));
    made(tool, "kubectl-create");
    String ours = tool.replace(", namespace: $ns, labels: {stale: gone}", "");
    deploy(ours, ADOPTING);
    Manifest after = live("Pod", "tool").orElseThrow().manifest();
    assertThat(after.labels()).doesNotContainKey("stale");
    assertThat(after.toJson()).contains("\"1m\"", "\"2m\"");
    SailplanAssertions.assertThat(plan(ours, ADOPTING)).isEmpty();
  }

  @Test
  void no_text_tells_what_an_adopted_secret_holds() {
    String door =
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: door
          namespace: $ns
          annotations:
            "kubectl.kubernetes.io/last-applied-configuration": '{"kind":"Secret","data":{"key":"Y2FuYXJ5LW9uZQ=="}}'
        data: {key: Y2FuYXJ5LW9uZQ==, stale: Y2FuYXJ5LXR3bw==}
        """;
    made(door, "kubectl-client-side-apply");
    String ours =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: door}
        stringData: {key: canary-three}
        """;
    Plan plan = plan(ours, ADOPTING);
    assertThat(plan.render() + plan.toJson() + plan).doesNotContain("canary", "Y2FuYXJ5");
    Outcome outcome = run(plan);
    SailplanAssertions.assertThat(outcome).isSuccess();
    assertThat(outcome.render()).doesNotContain("canary", "Y2FuYXJ5");
    Manifest after = live("Secret", "door").orElseThrow().manifest();
    assertThat(after.annotations()).doesNotContainKey(LAST);
    assertThat(after.get("data", "stale")).isNull();
  }

  @Test
  void a_default_that_nobody_owns_does_not_hinder_another_strategy() {
    String web =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 0
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: "shop/web:1"}]}
        """;
    String db = web.replace("Deployment", "StatefulSet").replace("name: web}\n", "name: db}\n");
    deploy(web + "---\n" + db, ADOPTING);
    String next =
        web.replace("replicas: 0", "strategy: {type: Recreate}\n  replicas: 0")
            + "---\n"
            + db.replace("replicas: 0", "updateStrategy: {type: OnDelete}\n  replicas: 0");
    deploy(next, ADOPTING);
    Manifest after = live("Deployment", "web").orElseThrow().manifest();
    assertThat(after.get("spec", "strategy")).isEqualTo(java.util.Map.of("type", "Recreate"));
    assertThat(live("StatefulSet", "db").orElseThrow().manifest().get("spec", "updateStrategy"))
        .isEqualTo(java.util.Map.of("type", "OnDelete"));
    SailplanAssertions.assertThat(plan(next, ADOPTING)).isEmpty();
  }
}
