package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Claim;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import io.sailplan.policy.Policy;
import io.sailplan.policy.Pruning;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruneTest {
  private static final Policy POLICY = Policy.standard().pruning(Pruning.unbounded());

  private final Carried cluster = new Carried();

  @Test
  void what_was_used_goes_once_its_former_consumer_is_ready_without_it() {
    deploy(config("one") + api("one"));
    Plan plan = plan(config("two") + api("two"));
    assertThat(plan.step("delete ConfigMap/one").orElseThrow().after())
        .containsExactly("await Deployment/api", "create ConfigMap/two");
    assertThat(plan.step("await Deployment/api").orElseThrow().after())
        .containsExactly("apply Deployment/api");
    assertThat(plan.step("apply Deployment/api").orElseThrow().after())
        .containsExactly("create ConfigMap/two");
    finishes(plan, config("two") + api("two"));
  }

  @Test
  void a_consumer_that_goes_as_well_goes_first() {
    deploy(config("one") + api("one") + config("other"));
    Plan plan = plan(config("other"));
    assertThat(plan.step("delete ConfigMap/one").orElseThrow().after())
        .containsExactly("gone Deployment/api");
    assertThat(plan.step("delete Deployment/api").orElseThrow().after()).isEmpty();
    finishes(plan, config("other"));
  }

  @Test
  void every_deletion_names_the_object_that_was_seen() {
    deploy(config("one") + config("two"));
    Step.Delete delete = (Step.Delete) plan(config("two")).step("delete ConfigMap/one").get();
    assertThat(delete.precondition()).isEqualTo(Claim.of(cluster.get("ConfigMap", "one")));
  }

  @Test
  void the_index_covers_old_and_new_until_the_old_is_gone() {
    deploy(config("settings"));
    Plan plan = plan(secret("settings"));
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsExactly(
            "apply ConfigMap/sailplan-shop",
            "create Secret/settings",
            "delete ConfigMap/settings",
            "gone ConfigMap/settings",
            "narrow ConfigMap/sailplan-shop");
    assertThat(kinds(plan, "apply ConfigMap/sailplan-shop")).isEqualTo("ConfigMap,Secret");
    assertThat(kinds(plan, "narrow ConfigMap/sailplan-shop")).isEqualTo("Secret");
    finishes(plan, secret("settings"));
  }

  @Test
  void an_index_that_covers_all_is_written_once_and_last() {
    deploy(config("settings") + secret("settings"));
    assertThat(plan(secret("settings")).steps())
        .extracting(Step::id)
        .containsExactly(
            "delete ConfigMap/settings",
            "gone ConfigMap/settings",
            "keep Secret/settings",
            "narrow ConfigMap/sailplan-shop");
  }

  @Test
  void what_takes_the_place_of_a_workload_is_ready_before_that_goes() {
    deploy(config("one") + api("one"));
    String changed = (config("one") + api("one")).replace("kind: Deployment", "kind: DaemonSet");
    Plan plan = plan(changed);
    assertThat(plan.step("delete Deployment/api").orElseThrow().after())
        .contains("await DaemonSet/api");
  }

  @Test
  void an_object_that_moves_to_another_namespace_is_made_there_and_then_goes_here() {
    cluster.put(namespace("there"));
    deploy(config("one"));
    String moved = config("one").replace("name: one", "name: one, namespace: there");
    Plan plan = plan(moved);
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsExactly(
            "apply ConfigMap/sailplan-shop",
            "create ConfigMap/one",
            "delete ConfigMap/default/one",
            "gone ConfigMap/default/one",
            "narrow ConfigMap/sailplan-shop");
    finishes(plan, moved);
    assertThat(parent().annotations())
        .containsEntry("applyset.kubernetes.io/additional-namespaces", "there");
  }

  @Test
  void another_version_of_the_same_kind_is_the_same_object() {
    String scaler =
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: api}
        spec:
          maxReplicas: 3
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
        ---
        """;
    deploy(scaler);
    assertThat(plan(scaler.replace("autoscaling/v2", "autoscaling/v1")).steps())
        .extracting(Step::kind)
        .doesNotContain(StepKind.DELETE, StepKind.CREATE);
  }

  @Test
  void an_object_that_two_groups_serve_is_not_taken_for_two() {
    deploy(config("one") + config("two"));
    Manifest alias = cluster.get("ConfigMap", "two").manifest().with("legacy/v1", "apiVersion");
    Snapshot seen = cluster.snapshot().toBuilder().add(LiveObject.of(alias)).build();
    assertThat(request(config("one") + config("two"), seen, POLICY).orThrow().steps())
        .extracting(Step::kind)
        .containsOnly(StepKind.UNCHANGED);
  }

  @Test
  void what_something_declared_still_needs_stays_and_the_author_is_told() {
    deploy(config("one") + api("one"));
    Plan plan = plan(api("one"));
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.step("keep ConfigMap/one").orElseThrow().reason())
        .contains("Deployment/api needs it", "envFrom[0].configMapRef");
    assertThat(plan.warnings()).extracting(Problem::code).contains(ProblemCode.UNDECLARED_MEMBER);
  }

  @Test
  void what_is_going_already_is_waited_for_and_not_deleted_again() {
    deploy(config("one") + config("two"));
    cluster.put(
        cluster
            .get("ConfigMap", "one")
            .manifest()
            .with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"));
    assertThat(plan(config("two")).steps())
        .extracting(Step::id)
        .contains("gone ConfigMap/one")
        .doesNotContain("delete ConfigMap/one");
  }

  @Test
  void protected_kinds_stay_with_what_lives_in_them_unless_the_policy_names_them() {
    String all =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: team}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: files, namespace: team}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        """;
    deploy(all + config("one"));
    Plan none = plan(config("one"));
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.render())
        .contains("Namespace/team", "a Namespace is only deleted if the policy names the kind");
    Plan half = request(config("one"), cluster.snapshot(), POLICY.deleting("Namespace")).orThrow();
    assertThat(half.step("keep Namespace/team").orElseThrow().reason())
        .isEqualTo("PersistentVolumeClaim/files, which stays, needs it");
    Plan whole =
        request(
                config("one"),
                cluster.snapshot(),
                POLICY.deleting("Namespace", "PersistentVolumeClaim"))
            .orThrow();
    assertThat(whole.step("delete Namespace/team").orElseThrow().after())
        .containsExactly("gone PersistentVolumeClaim/files");
  }

  @ParameterizedTest
  @CsvSource({
    "helm.sh/resource-policy, keep",
    "'argocd.argoproj.io/sync-options', 'Validate=false,Prune=false'",
    "argocd.argoproj.io/sync-options, Prune=confirm",
    "kustomize.toolkit.fluxcd.io/prune, Disabled"
  })
  void the_marks_of_other_tools_keep_an_object(String key, String value) {
    deploy(config("two") + config("one") + marked(key, value));
    Plan plan = plan(config("two"));
    assertThat(plan.step("delete ConfigMap/one")).isPresent();
    assertThat(plan.step("keep ConfigMap/marked").orElseThrow().reason()).contains(key, value);
    finishes(plan, config("two"));
    assertThat(cluster.has("ConfigMap", "marked")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "client.lifecycle.config.k8s.io/deletion, detach",
    "kapp.k14s.io/delete-strategy, orphan"
  })
  void the_marks_of_other_tools_let_an_object_go_its_own_way(String key, String value) {
    deploy(config("one") + marked(key, value));
    Plan plan = plan(config("one"));
    assertThat(plan.step("detach ConfigMap/marked").orElseThrow().reason()).contains(key, value);
    finishes(plan, config("one"));
    assertThat(cluster.get("ConfigMap", "marked").manifest().labels())
        .doesNotContainKey(Membership.PART_OF);
  }

  @Test
  void what_is_kept_keeps_what_it_cannot_be_without() {
    String kept =
        api("one")
            .replace("name: api}", "name: api, annotations: {helm.sh/resource-policy: keep}}");
    deploy(config("one") + config("two") + kept);
    Plan plan = plan(config("two"));
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.step("keep ConfigMap/one").orElseThrow().reason())
        .isEqualTo("Deployment/api, which stays, needs it");
  }

  @Test
  void above_a_bound_the_plan_is_refused_with_ways_on() {
    StringBuilder many = new StringBuilder();
    for (int i = 10; i < 20; i++) {
      many.append(config("c" + i));
    }
    deploy(many.toString());
    Refusal share = refusal(config("c10") + config("c11"), new Pruning(true, 20, 50));
    assertThat(share.code()).isEqualTo(Refusal.Code.PRUNES_TOO_MUCH);
    assertThat(share.message())
        .isEqualTo(
            "8 of the 10 members of default/shop would be deleted, as they are not declared any"
                + " more: ConfigMap/c12, ConfigMap/c13, ConfigMap/c14, ConfigMap/c15,"
                + " ConfigMap/c16 and 3 more; the policy allows at most 50 %");
    assertThat(share.remedies())
        .extracting(Remedy::action)
        .containsExactly("check", "prune-more", "prune-none");
    assertThat(refusal(config("c10") + config("c11"), new Pruning(true, 7, 100)).message())
        .contains("at most 7");
    assertThat(
            request(
                    config("c10") + config("c11"),
                    cluster.snapshot(),
                    Policy.standard().pruning(new Pruning(true, 8, 80)))
                .plan())
        .isPresent();
  }

  @Test
  void an_application_that_declares_nothing_prunes_nothing_unless_no_bound_is_set() {
    deploy(config("one"));
    Application empty = Application.of("shop", List.of());
    for (Pruning bounded : List.of(Pruning.standard(), new Pruning(true, 100, 100))) {
      assertThat(request(empty, cluster.snapshot(), POLICY.pruning(bounded)).refusals())
          .extracting(Refusal::code)
          .containsExactly(Refusal.Code.PRUNES_TOO_MUCH);
    }
    assertThat(request(empty, cluster.snapshot(), POLICY).orThrow().steps())
        .extracting(Step::id)
        .contains("delete ConfigMap/one");
  }

  @Test
  void an_application_under_another_name_touches_nothing_of_the_old_one() {
    deploy(config("one") + config("two"));
    Application renamed = Application.read("store", config("three"));
    assertThat(request(renamed, cluster.snapshot(), POLICY).orThrow().steps())
        .extracting(Step::id)
        .containsExactly("create ConfigMap/sailplan-store", "create ConfigMap/three");
  }

  @Test
  void of_a_kind_that_could_not_be_listed_nothing_is_pruned_and_the_index_keeps_it() {
    deploy(config("one") + secret("two") + config("three"));
    Membership membership = new Membership("default", "shop");
    Look look =
        new Look.AtList(
            new GroupKind("", "Secret"), "default", Map.of(Membership.PART_OF, membership.id()));
    Snapshot blind = cluster.snapshot().toBuilder().refused(look, "forbidden").build();
    Plan plan = request(config("three"), blind, POLICY).orThrow();
    assertThat(plan.steps())
        .extracting(Step::id)
        .contains("delete ConfigMap/one", "keep Secret/two")
        .doesNotContain("delete Secret/two", "narrow ConfigMap/sailplan-shop");
    assertThat(plan.warnings())
        .filteredOn(warning -> warning.code() == ProblemCode.NOT_OBSERVED)
        .singleElement()
        .satisfies(warning -> assertThat(warning.toString()).contains("Secret", "forbidden"));
  }

  @Test
  void a_reference_to_what_goes_is_a_warning() {
    String scaler =
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: api}
        spec:
          maxReplicas: 3
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
        ---
        """;
    deploy(config("one") + api("one") + scaler);
    Plan plan = plan(config("one") + scaler);
    assertThat(plan.step("delete Deployment/api")).isPresent();
    assertThat(plan.warnings())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.DANGLING_REFERENCE);
  }

  private void deploy(String yaml) {
    cluster.run(plan(yaml));
  }

  private void finishes(Plan plan, String yaml) {
    cluster.run(plan);
    Plan next = plan(yaml);
    assertThat(next.isEmpty()).as(next.render()).isTrue();
  }

  private Plan plan(String yaml) {
    return request(yaml, cluster.snapshot(), POLICY).orThrow();
  }

  private Refusal refusal(String yaml, Pruning pruning) {
    List<Refusal> refusals =
        request(yaml, cluster.snapshot(), Policy.standard().pruning(pruning)).refusals();
    assertThat(refusals).hasSize(1);
    return refusals.get(0);
  }

  private static PlanResult request(String yaml, Snapshot seen, Policy policy) {
    return request(Application.read("shop", yaml), seen, policy);
  }

  private static PlanResult request(Application application, Snapshot seen, Policy policy) {
    return Planner.standard()
        .plan(PlanRequest.deploy(application, seen).by(policy).at(Carried.NOW));
  }

  private Manifest parent() {
    return cluster.get("ConfigMap", "sailplan-shop").manifest();
  }

  private static String kinds(Plan plan, String step) {
    Step.Apply apply = (Step.Apply) plan.step(step).orElseThrow();
    return ((io.sailplan.plan.Payload.Literal) apply.payload())
        .manifest()
        .annotations()
        .get(Membership.GROUP_KINDS);
  }

  private static Manifest namespace(String name) {
    return Manifest.parseJson(
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"},\"status\":{\"phase\":\"Active\"}}"
            .formatted(name));
  }

  private static String config(String name) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {a: b}\n---\n"
        .formatted(name);
  }

  private static String marked(String key, String value) {
    return config("marked, annotations: {\"%s\": \"%s\"}".formatted(key, value));
  }

  private static String secret(String name) {
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: %s}\n---\n".formatted(name);
  }

  private static String api(String config) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec:
              containers:
              - {name: api, image: "api:1", envFrom: [{configMapRef: {name: %s}}]}
        ---
        """
        .formatted(config);
  }
}
