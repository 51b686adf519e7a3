package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.plan.StepKind;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories written for other tools, deployed to a cluster as they are. */
class DialectsTest {
  private final SimulatedCluster cluster = SimulatedCluster.create();

  @Test
  void waves_and_hooks_of_argo_run_in_their_order() {
    Application shop = read("argo");
    assertThat(deploy(shop)).isSuccess();

    assertThat(writes())
        .containsSubsequence(
            "Create Job/migrate",
            "Create ConfigMap/settings",
            "Create Deployment/db",
            "Create Job/seed",
            "Create Deployment/api",
            "Create Job/smoke-test")
        .contains("Delete Job/migrate")
        .doesNotContain("Create Job/alarm", "Create ConfigMap/notes");
    assertThat(exists("Job", "migrate")).isFalse();
    assertThat(exists("Job", "smoke-test")).isTrue();
  }

  @Test
  void hooks_of_helm_run_by_weight_and_are_deleted_as_they_say() {
    Application shop = read("helm");
    assertThat(deploy(shop)).isSuccess();

    assertThat(writes())
        .containsSubsequence(
            "Create ServiceAccount/shop-hooks",
            "Create Job/shop-migrate",
            "Create Deployment/shop",
            "Create Pod/shop-warm-cache");
    assertThat(exists("ServiceAccount", "shop-hooks")).isFalse();
    assertThat(exists("Job", "shop-migrate")).isFalse();
    assertThat(exists("Pod", "shop-warm-cache")).isTrue();
    assertThat(exists("Pod", "shop-test")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"argo", "helm", "cli-utils"})
  void deploying_again_what_is_unchanged_does_nothing(String name) {
    Application shop = read(name);
    assertThat(deploy(shop)).isSuccess();

    Plan second = plan(new Operation.Deploy(shop), Policy.standard());
    assertThat(second.isEmpty()).as(second.render()).isTrue();
    cluster.clearRequests();
    assertThat(cluster.run(second, progress -> {})).isSuccess();
    assertThat(cluster.requests()).isEmpty();
  }

  @Test
  void a_change_runs_the_hooks_again_and_replaces_what_they_have_left() {
    deploy(read("helm"));
    String before = uid("Pod", "shop-warm-cache");
    cluster.clearRequests();

    Application changed = read("helm", "shop/shop:1", "shop/shop:2");
    assertThat(deploy(changed)).isSuccess();

    assertThat(writes())
        .containsSubsequence(
            "Create ServiceAccount/shop-hooks",
            "Create Job/shop-migrate",
            "Apply Deployment/shop",
            "Delete Pod/shop-warm-cache",
            "Create Pod/shop-warm-cache");
    assertThat(uid("Pod", "shop-warm-cache")).isNotEqualTo(before);
    assertThat(plan(new Operation.Deploy(changed), Policy.standard()).isEmpty()).isTrue();
  }

  @Test
  void a_hook_that_fails_holds_back_all_that_comes_after_it_and_runs_again() {
    cluster.pods().ofImage("shop/migrate:1").are(PodBehaviour.fails(1));
    Application shop = read("helm");
    Outcome outcome = deploy(shop);

    assertThat(outcome).hasFailed("await Job/shop-migrate", "has failed");
    assertThat(exists("Deployment", "shop")).isFalse();
    assertThat(exists("Job", "shop-migrate")).as("hook-failed deletes it").isFalse();

    cluster.pods().ofImage("shop/migrate:1").are(PodBehaviour.ready());
    cluster.clearRequests();
    assertThat(deploy(shop)).isSuccess();
    assertThat(writes()).contains("Create Job/shop-migrate", "Create Deployment/shop");
  }

  @Test
  void what_is_for_failures_runs_after_one_and_only_then() {
    cluster.pods().ofImage("shop/api:1").are(PodBehaviour.crashLoop());
    Outcome outcome = deploy(read("argo"));

    assertThat(outcome.isSuccess()).isFalse();
    assertThat(writes()).contains("Create Job/alarm").doesNotContain("Create Job/smoke-test");
    assertThat(exists("Job", "alarm")).isTrue();
  }

  @Test
  void a_hook_after_the_members_that_failed_runs_again_though_nothing_else_changes() {
    cluster.pods().ofImage("shop/test:1").are(PodBehaviour.fails(1));
    Application shop = read("argo");
    assertThat(deploy(shop).isSuccess()).isFalse();

    cluster.pods().ofImage("shop/test:1").are(PodBehaviour.ready());
    cluster.clearRequests();
    assertThat(deploy(shop)).isSuccess();
    assertThat(writes()).contains("Create Job/smoke-test", "Create Job/migrate");
    assertThat(plan(new Operation.Deploy(shop), Policy.standard()).isEmpty()).isTrue();
  }

  @Test
  void a_deletion_runs_its_hooks_and_removes_what_others_have_left() {
    Application shop = read("helm");
    deploy(shop);
    cluster.clearRequests();
    assertThat(run(Operation.Delete.of(shop), Policy.standard())).isSuccess();

    assertThat(writes())
        .containsSubsequence(
            "Create Job/shop-backup", "Delete Deployment/shop", "Create ServiceAccount/shop-hooks");
    assertThat(exists("Pod", "shop-warm-cache")).isFalse();
    assertThat(exists("Deployment", "shop")).isFalse();
    assertThat(exists("ConfigMap", "shop-state")).as("resource-policy keep").isTrue();
  }

  @Test
  void dependencies_of_cli_utils_hold_back() {
    assertThat(deploy(read("cli-utils"))).isSuccess();
    assertThat(writes())
        .containsSubsequence(
            "Create Namespace/shop", "Create Deployment/db", "Create Deployment/api");
    assertThat(exists("ConfigMap", "inventory")).isFalse();

    Application changed = read("cli-utils", "colour: red", "colour: blue");
    Plan second = plan(new Operation.Deploy(changed), Policy.standard());
    assertThat(second.isEmpty()).as("it is never changed").isTrue();
  }

  @Test
  void groups_of_kapp_hold_back() {
    cluster.given(
        Yaml.manifest(
            "{apiVersion: v1, kind: Secret, metadata: {name: by-operator, namespace: default}}"),
        "operator");
    assertThat(deploy(read("kapp"))).isSuccess();
    assertThat(writes())
        .containsSubsequence("Create Deployment/queue", "Create Deployment/api")
        .containsSubsequence("Create ConfigMap/settings", "Create Job/migrate")
        .doesNotContain("Create Secret/by-operator", "Apply Secret/by-operator");
  }

  @Test
  void without_dialects_nothing_of_that_is_heard() {
    Plan plan = plan(new Operation.Deploy(read("argo")), Policy.standard().heeding());
    assertThat(plan.counts().get(StepKind.CREATE)).isEqualTo(9);
    assertThat(plan.step("begin hooks")).isEmpty();
  }

  private Outcome deploy(Application application) {
    return run(new Operation.Deploy(application), Policy.standard());
  }

  private Outcome run(Operation operation, Policy policy) {
    return cluster.run(plan(operation, policy), progress -> {});
  }

  private Plan plan(Operation operation, Policy policy) {
    return Planner.standard()
        .plan(
            PlanRequest.of(operation, cluster.observe(ObservationScope.of(operation, policy)))
                .by(policy)
                .at(cluster.now()))
        .orThrow();
  }

  private List<String> writes() {
    return cluster.writes().stream().map(DialectsTest::text).toList();
  }

  private static String text(SentRequest sent) {
    if (sent.request() instanceof Request.Apply apply) {
      Object version = apply.manifest().get("metadata", "resourceVersion");
      String verb = Request.Apply.CREATE_ONLY.equals(version) ? "Create " : "Apply ";
      return verb + apply.manifest().kind() + "/" + apply.manifest().name();
    }
    if (sent.request() instanceof Request.Delete delete) {
      return "Delete " + delete.key().kind() + "/" + delete.key().name();
    }
    return sent.request().getClass().getSimpleName();
  }

  private boolean exists(String kind, String name) {
    cluster.settle();
    return cluster.snapshot().objects().stream()
        .map(LiveObject::key)
        .anyMatch(key -> key.kind().equals(kind) && key.name().equals(name));
  }

  private String uid(String kind, String name) {
    return cluster.snapshot().objects().stream()
        .filter(object -> is(object.key(), kind, name))
        .map(LiveObject::uid)
        .findFirst()
        .orElseThrow();
  }

  private static boolean is(ObjectKey key, String kind, String name) {
    return key.kind().equals(kind) && key.name().equals(name);
  }

  private static Application read(String name, String... replaced) {
    try {
      String yaml =
          Files.readString(Path.of("../lib-core/src/test/resources/dialects", name + ".yaml"));
      for (int i = 0; i < replaced.length; i += 2) {
        yaml = yaml.replace(replaced[i], replaced[i + 1]);
      }
      return Application.read("shop", yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
