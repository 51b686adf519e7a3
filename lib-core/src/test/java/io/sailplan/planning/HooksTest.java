package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static final String SETTINGS = config("settings", "", "colour: red");
  private static final String BEFORE = config("before", "helm.sh/hook: pre-install", "");
  private static final String UPGRADE = config("upgrade", "helm.sh/hook: pre-upgrade", "");
  private static final String AFTER =
      config("after", "helm.sh/hook: 'post-install,post-upgrade'", "");

  private final Carried cluster = new Carried();

  @Test
  void a_first_deployment_runs_hooks_of_installations_and_a_later_one_those_of_upgrades() {
    Plan first = deploy(SETTINGS + BEFORE + UPGRADE + AFTER);
    assertThat(ids(first))
        .contains("create ConfigMap/before", "create ConfigMap/after", "keep ConfigMap/upgrade");
    cluster.run(first);

    Plan later = deploy(changed() + BEFORE + UPGRADE + AFTER);
    assertThat(ids(later))
        .contains(
            "create ConfigMap/upgrade",
            "delete ConfigMap/after",
            "gone ConfigMap/after",
            "create ConfigMap/after",
            "keep ConfigMap/before");
  }

  @Test
  void an_installation_that_did_not_come_to_its_end_goes_on_as_one() {
    Plan first = deploy(SETTINGS + BEFORE + UPGRADE);
    List<Step> done = new ArrayList<>(first.steps());
    done.removeIf(step -> step.id().equals("end hooks"));
    cluster.run(Plan.of(first.operation(), done, List.of()));

    assertThat(ids(deploy(SETTINGS + BEFORE + UPGRADE)))
        .contains("create ConfigMap/before", "end hooks")
        .doesNotContain("create ConfigMap/upgrade", "begin hooks");
  }

  @Test
  void hooks_that_are_new_run_though_nothing_else_changes() {
    cluster.run(deploy(SETTINGS));
    assertThat(ids(deploy(SETTINGS + BEFORE + UPGRADE)))
        .contains("begin hooks", "create ConfigMap/upgrade", "end hooks")
        .doesNotContain("create ConfigMap/before");
  }

  @Test
  void an_upgrade_only_hook_does_not_run_after_an_installation_that_did_not_need_it() {
    cluster.run(deploy(SETTINGS + UPGRADE));
    Plan second = deploy(SETTINGS + UPGRADE);
    assertThat(second.isEmpty()).as(second.render()).isTrue();
  }

  @Test
  void what_is_adopted_was_installed_before() {
    cluster.apply(
        Manifest.parseJson(
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"settings\","
                + "\"namespace\":\"default\"},\"data\":{\"colour\":\"red\"}}"),
        "helm");
    Plan plan =
        plan(SETTINGS + BEFORE + UPGRADE, Policy.standard().adopting(Adoption.UNOWNED)).orThrow();
    assertThat(ids(plan))
        .contains("create ConfigMap/upgrade")
        .doesNotContain("create ConfigMap/before");
  }

  @Test
  void an_object_of_somebody_else_is_not_replaced_by_a_hook() {
    cluster.apply(
        Manifest.parseJson(
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"before\","
                + "\"namespace\":\"default\"}}"),
        "somebody");
    PlanResult result = plan(SETTINGS + BEFORE, Policy.standard());
    assertThat(result.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Refusal.Code.FOREIGN_OBJECT);
              assertThat(refusal.remedies()).hasSize(3);
            });
    assertThat(plan(SETTINGS + BEFORE, Policy.standard().adopting(Adoption.UNOWNED)).plan())
        .hasValueSatisfying(plan -> assertThat(ids(plan)).contains("delete ConfigMap/before"));
  }

  @Test
  void a_hook_that_runs_before_and_after_is_made_anew_in_between() {
    Plan plan =
        deploy(SETTINGS + config("both", "argocd.argoproj.io/hook: 'PreSync,PostSync'", ""));
    assertThat(ids(plan))
        .containsSubsequence(
            "create ConfigMap/both",
            "create ConfigMap/settings",
            "delete ConfigMap/both again",
            "gone ConfigMap/both again",
            "create ConfigMap/both again",
            "end hooks");
  }

  @Test
  void a_hook_that_needs_what_is_made_after_it_is_a_warning() {
    String job =
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: early, annotations: {helm.sh/hook: pre-install}}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
              - {name: m, image: "m:1", envFrom: [{configMapRef: {name: settings}}]}
        ---
        """;
    assertThat(deploy(SETTINGS + job).warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo(ProblemCode.CONTRADICTION);
              assertThat(warning.message())
                  .startsWith("Job/early runs before ConfigMap/settings is made, which it needs");
            });
  }

  @Test
  void what_a_hook_makes_is_not_missing() {
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec:
              containers:
              - {name: api, image: "api:1", envFrom: [{configMapRef: {name: before}}]}
        ---
        """;
    assertThat(deploy(deployment + BEFORE).warnings()).isEmpty();
    assertThat(deploy(deployment).warnings())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.DANGLING_REFERENCE);
  }

  @Test
  void a_member_that_becomes_a_hook_is_not_pruned() {
    cluster.run(deploy(SETTINGS + config("after", "", "a: b")));
    Plan plan = deploy(SETTINGS + AFTER);
    assertThat(ids(plan))
        .containsOnlyOnce("delete ConfigMap/after")
        .containsSubsequence("delete ConfigMap/after", "create ConfigMap/after");
  }

  @Test
  void hooks_that_are_declared_no_more_are_forgotten() {
    cluster.run(deploy(SETTINGS + AFTER));
    cluster.run(deploy(SETTINGS));
    Plan third = deploy(SETTINGS);
    assertThat(third.isEmpty()).as(third.render()).isTrue();
    assertThat(cluster.get("ConfigMap", "sailplan-shop").manifest().get("data", "hooks")).isNull();
  }

  @Test
  void what_is_pruned_last_waits_for_all_that_is_declared() {
    String old = config("old", "argocd.argoproj.io/sync-options: PruneLast=true", "a: b");
    String others = config("one", "", "a: b") + config("two", "", "a: b");
    cluster.run(deploy(SETTINGS + old + others));

    Step.Delete delete =
        (Step.Delete) deploy(changed() + others).step("delete ConfigMap/old").orElseThrow();
    assertThat(delete.after()).contains("apply ConfigMap/settings");
  }

  @Test
  void the_digest_that_is_remembered_does_not_tell_a_secret() {
    String secret =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: token, annotations: {helm.sh/hook: pre-install}}
        stringData: {token: %s}
        ---
        """;
    String one = change(deploy(SETTINGS + secret.formatted("one")));
    String other = change(deploy(SETTINGS + secret.formatted("other")));
    assertThat(one).isEqualTo(other).hasSize(64);
  }

  private static String change(Plan plan) {
    Step.Patch patch = (Step.Patch) plan.step("end hooks").orElseThrow();
    return (String) patch.changes().get(0).after();
  }

  private static String changed() {
    return SETTINGS.replace("red", "blue");
  }

  private static List<String> ids(Plan plan) {
    return plan.steps().stream().map(Step::id).toList();
  }

  private Plan deploy(String yaml) {
    return plan(yaml, Policy.standard()).orThrow();
  }

  private PlanResult plan(String yaml, Policy policy) {
    return Planner.standard()
        .plan(PlanRequest.deploy(Application.read("shop", yaml), cluster.snapshot()).by(policy));
  }

  private static String config(String name, String annotation, String data) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "
        + name
        + "\n"
        + (annotation.isEmpty() ? "" : "  annotations: {" + annotation + "}\n")
        + (data.isEmpty() ? "" : "data: {" + data + "}\n")
        + "---\n";
  }
}
