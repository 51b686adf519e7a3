package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.ApiResource;
import io.sailplan.model.Application;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.policy.Pruning;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployTest {
  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: db}
      stringData: {password: hunter2hunter2}
      ---
      """;
  private static final String API =
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
            - {name: api, image: "api:1", envFrom: [{secretRef: {name: db}}]}
      ---
      """;
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: migrate}
      spec:
        ttlSecondsAfterFinished: 0
        template:
          spec: {restartPolicy: Never, containers: [{name: m, image: "migrate:1"}]}
      ---
      """;

  private static final String DEFAULT_NAMESPACE =
      "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"default\"}}";

  private final Carried cluster = new Carried();

  @Test
  void a_new_application_is_made_in_the_order_of_its_needs() {
    Plan plan = plan(app(API + SECRET));
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsExactly(
            "create ConfigMap/sailplan-shop",
            "create Secret/db",
            "create Deployment/api",
            "await Deployment/api");
    assertThat(plan.step("create Deployment/api").orElseThrow().after())
        .containsExactly("create ConfigMap/sailplan-shop", "create Secret/db");
    assertThat(plan.step("await Deployment/api").orElseThrow().after())
        .containsExactly("create Deployment/api");
  }

  @Test
  void the_parent_names_the_kinds_and_the_members_carry_its_id() {
    Plan plan = plan(app(API + SECRET));
    cluster.run(plan);
    LiveObject parent = cluster.get("ConfigMap", "sailplan-shop");
    assertThat(parent.manifest().annotations())
        .containsEntry("applyset.kubernetes.io/contains-group-kinds", "Deployment.apps,Secret")
        .containsEntry("applyset.kubernetes.io/tooling", "sailplan/v1");
    assertThat(cluster.get("Secret", "db").manifest().labels())
        .containsEntry(
            "applyset.kubernetes.io/part-of",
            parent.manifest().labels().get("applyset.kubernetes.io/id"));
  }

  @Test
  void what_is_as_declared_and_ready_needs_nothing() {
    Application shop = app(API + SECRET);
    Plan again = plan(shop, cluster.run(plan(shop)).snapshot());
    assertThat(again.isEmpty()).as(again.render()).isTrue();
    assertThat(again.render()).contains("Nothing to do: 2 objects are as they should be.");
  }

  @Test
  void what_stands_as_declared_is_not_judged_by_rules_that_came_later() {
    String config =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {%s: x}
        """;
    Application today = app(config.formatted("taken"));
    Snapshot deployed = cluster.run(plan(today)).snapshot();
    Snapshot.Builder old = deployed.toBuilder();
    for (LiveObject object : deployed.objects()) {
      String json = object.manifest().toJson().replace("taken", "not taken any more");
      old.add(LiveObject.of(Manifest.parseJson(json)));
    }
    Application declared = app(config.formatted("not taken any more"));
    assertThat(plan(declared, old.build()).isEmpty()).isTrue();
    assertThat(Planner.standard().plan(PlanRequest.deploy(declared, deployed)).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.INVALID_NAME);
  }

  @Test
  void a_changed_field_is_one_apply_with_just_that_change() {
    cluster.run(plan(app(API + SECRET)));
    Plan plan = plan(app(API.replace("api:1", "api:2") + SECRET), cluster.snapshot());
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsExactly("apply Deployment/api", "await Deployment/api", "keep Secret/db");
    Step.Apply apply = (Step.Apply) plan.step("apply Deployment/api").orElseThrow();
    assertThat(apply.changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.path())
                  .hasToString(".spec.template.spec.containers[name=\"api\"].image");
              assertThat(change.before()).isEqualTo("api:1");
              assertThat(change.after()).isEqualTo("api:2");
            });
    LiveObject live = cluster.get("Deployment", "api");
    assertThat(apply.precondition())
        .isInstanceOfSatisfying(
            Precondition.Unchanged.class,
            unchanged -> {
              assertThat(unchanged.uid()).isEqualTo(live.uid());
              assertThat(unchanged.resourceVersion()).isEqualTo(live.resourceVersion());
            });
  }

  @Test
  void a_changed_secret_is_shown_as_changed_and_never_shown() {
    cluster.run(plan(app(SECRET)));
    Plan plan = plan(app(SECRET.replace("hunter2hunter2", "correct horse")), cluster.snapshot());
    assertThat(plan.render()).contains("(secret, changes)").doesNotContain("horse", "hunter2");
    assertThat(plan.toJson()).doesNotContain("horse", "hunter2");
    assertThat(plan.steps().toString()).doesNotContain("horse", "hunter2");
  }

  @Test
  void a_copy_of_a_secret_in_its_annotations_is_as_secret() {
    String copied =
        SECRET.replace(
            "{name: db}",
            "{name: db, annotations: {kubectl.kubernetes.io/last-applied-configuration: '"
                + "{\"kind\":\"Secret\",\"stringData\":{\"password\":\"hunter2hunter2\"}}', team: blue}}");
    cluster.run(plan(app(SECRET)));
    Plan added = plan(app(copied), cluster.snapshot());
    assertThat(added.render()).contains("last-applied-configuration", "\"blue\"");
    assertThat(added.render() + added.toJson()).doesNotContain("hunter2");

    cluster.run(added);
    LiveObject live = cluster.get("Secret", "db");
    String others = Json.write(live.manifest().get("metadata", "managedFields"));
    Snapshot taken =
        cluster.snapshot().toBuilder()
            .add(
                LiveObject.of(
                    live.manifest()
                        .with(
                            Json.read(others.replace("sailplan/default/shop", "someone")),
                            "metadata",
                            "managedFields")))
            .build();
    PlanResult refused =
        result(app(copied.replace("hunter2", "hunter3")), taken, Policy.standard());
    assertThat(refused.toString() + ((PlanResult.Refused) refused).refusals())
        .contains("last-applied-configuration")
        .doesNotContain("hunter2", "hunter3");
  }

  @Test
  void an_object_that_is_as_declared_but_not_ready_is_waited_for() {
    Application shop = app(API + SECRET);
    cluster.run(plan(shop));
    cluster.put(
        cluster.get("Deployment", "api").manifest().with(0L, "status", "availableReplicas"));
    Plan plan = plan(shop, cluster.snapshot());
    assertThat(plan.steps())
        .filteredOn(step -> step.kind() != StepKind.UNCHANGED)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.id()).isEqualTo("await Deployment/api");
              assertThat(step.reason()).startsWith("it is as declared, but not ready: ");
            });
  }

  @Test
  void a_field_that_someone_else_owns_is_refused_by_name_and_value() {
    Application shop =
        app(API.replace("spec:\n  selector", "spec:\n  replicas: 2\n  selector") + SECRET);
    cluster.run(plan(shop));
    cluster.apply(
        LiveObject.of(cluster.get("Deployment", "api").manifest())
            .manifest()
            .without("metadata", "managedFields")
            .without("metadata", "resourceVersion")
            .without("metadata", "uid")
            .without("status")
            .without("metadata", "generation")
            .with(5L, "spec", "replicas"),
        "hpa");
    PlanResult result = result(shop, cluster.snapshot(), Policy.standard());
    assertThat(result.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Refusal.Code.FIELD_CONFLICT);
              assertThat(refusal.message()).contains(".spec.replicas", "hpa", "5", "2");
            });
    Plan forced = result(shop, cluster.snapshot(), Policy.standard().forcing()).orThrow();
    Step.Apply apply = (Step.Apply) forced.step("apply Deployment/api").orElseThrow();
    assertThat(apply.force()).isTrue();
    assertThat(apply.changes())
        .anySatisfy(change -> assertThat(change.path()).hasToString(".spec.replicas"));
  }

  @Test
  void an_object_of_nobody_is_refused_unless_the_policy_adopts_it() {
    Application shop = app(SECRET);
    cluster.put(shop.resources().get(0).manifest().inNamespace("default"));
    assertThat(result(shop, cluster.snapshot(), Policy.standard()).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.FOREIGN_OBJECT);
    Plan plan =
        result(shop, cluster.snapshot(), Policy.standard().adopting(Adoption.UNOWNED)).orThrow();
    assertThat(plan.step("apply Secret/db").orElseThrow().reason()).contains("becomes a member");
  }

  @Test
  void an_object_of_another_application_is_only_adopted_by_the_widest_policy() {
    Application shop = app(SECRET);
    cluster.run(plan(Application.read("other", SECRET)));
    for (Adoption adoption : List.of(Adoption.MEMBERS_ONLY, Adoption.UNOWNED)) {
      assertThat(result(shop, cluster.snapshot(), Policy.standard().adopting(adoption)).refusals())
          .extracting(Refusal::code)
          .containsExactly(Refusal.Code.FOREIGN_OBJECT);
    }
    PlanResult all =
        result(shop, cluster.snapshot(), Policy.standard().adopting(Adoption.ALL).forcing());
    assertThat(all.plan()).isPresent();
  }

  @Test
  void what_nobody_looked_at_is_refused_and_never_taken_for_absent() {
    Snapshot blind =
        Snapshot.builder()
            .looked(
                new Look.AtObject(new ObjectKey("", "ConfigMap", "default", "sailplan-shop")),
                List.of())
            .refused(new Look.AtObject(new ObjectKey("", "Secret", "default", "db")), "forbidden")
            .build();
    assertThat(result(app(SECRET), blind, Policy.standard()).refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_OBSERVED);
              assertThat(refusal.message()).contains("forbidden");
            });
  }

  @Test
  void an_object_that_is_going_is_waited_out_and_made_anew() {
    Application shop = app(SECRET);
    cluster.run(plan(shop));
    LiveObject going = cluster.get("Secret", "db");
    cluster.put(going.manifest().with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"));
    Plan plan = plan(shop, cluster.snapshot());
    assertThat(plan.steps())
        .extracting(Step::id)
        .containsExactly("gone Secret/db", "create Secret/db");
    assertThat(((Step.AwaitGone) plan.steps().get(0)).uid()).isEqualTo(going.uid());
  }

  @Test
  void a_namespace_that_is_going_takes_its_content_with_it() {
    String namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n---\n";
    Application shop = app(namespace + SECRET.replace("name: db", "name: db, namespace: team"));
    cluster.run(plan(shop));
    cluster.put(
        cluster
            .get("Namespace", "team")
            .manifest()
            .with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"));
    assertThat(plan(shop, cluster.snapshot()).steps())
        .extracting(Step::id)
        .containsExactly(
            "gone Namespace/team",
            "create Namespace/team",
            "await Namespace/team",
            "create Secret/db");
  }

  @Test
  void a_namespace_that_is_going_and_not_ours_is_refused() {
    cluster.put(
        Manifest.parseJson(
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"default\","
                + "\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}"));
    assertThat(result(app(SECRET), cluster.snapshot(), Policy.standard()).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.TERMINATING);
  }

  @Test
  void a_missing_namespace_is_refused_once_the_cluster_was_asked() {
    Application shop = app(SECRET).inNamespace("team");
    assertThat(result(shop, Snapshot.empty(), Policy.standard()).plan()).isPresent();
    Snapshot asked =
        Snapshot.empty().toBuilder().served(ShapeCatalog.builtIn().apiResources()).build();
    assertThat(result(shop, asked, Policy.standard()).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.MISSING);
  }

  @Test
  void the_home_namespace_cannot_be_a_member() {
    Application shop =
        app("apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n---\n" + SECRET)
            .inNamespace("team");
    assertThat(result(shop, Snapshot.empty(), Policy.standard()).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.HOME_IS_MEMBER);
  }

  @Test
  void a_parent_that_another_tool_keeps_is_refused() {
    Application shop = app(SECRET);
    cluster.run(plan(shop));
    cluster.put(
        cluster
            .get("ConfigMap", "sailplan-shop")
            .manifest()
            .with("kubectl/v1.36.0", "metadata", "annotations", "applyset.kubernetes.io/tooling"));
    assertThat(result(shop, cluster.snapshot(), Policy.standard()).refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Refusal.Code.FOREIGN_PARENT);
              assertThat(refusal.message()).contains("kubectl");
            });
  }

  @Test
  void a_job_that_removes_itself_is_run_once_for_each_content() {
    Application shop = app(JOB);
    Plan first = plan(shop);
    assertThat(first.steps())
        .extracting(Step::id)
        .containsExactly(
            "create ConfigMap/sailplan-shop",
            "create Job/migrate",
            "await Job/migrate",
            "record Job/migrate");
    assertThat(((Step.AwaitReady) first.step("await Job/migrate").orElseThrow()).goneIsDone())
        .isTrue();
    cluster.run(first).remove("Job", "migrate");
    assertThat(plan(shop, cluster.snapshot()).isEmpty()).isTrue();
    assertThat(plan(app(JOB.replace("migrate:1", "migrate:2")), cluster.snapshot()).steps())
        .extracting(Step::id)
        .contains("create Job/migrate", "record Job/migrate");
  }

  @Test
  void a_success_that_a_crash_kept_from_being_remembered_is_remembered_by_the_next_plan() {
    Application shop = app(JOB);
    Plan first = plan(shop);
    cluster.run(
        Plan.of(
            first.operation(),
            first.steps().stream().filter(step -> step.kind() != StepKind.PATCH).toList(),
            List.of()));
    assertThat(plan(shop, cluster.snapshot()).steps())
        .extracting(Step::id)
        .containsExactly("keep Job/migrate", "record Job/migrate");
  }

  @Test
  void a_job_that_is_not_declared_any_more_is_forgotten() {
    cluster.run(plan(app(JOB + SECRET))).remove("Job", "migrate");
    Plan plan = plan(app(SECRET), cluster.snapshot());
    assertThat(plan.steps()).extracting(Step::id).contains("forget ConfigMap/sailplan-shop");
    assertThat(plan(app(SECRET), cluster.run(plan).snapshot()).isEmpty()).isTrue();
  }

  @Test
  void a_member_that_is_not_declared_any_more_stays_if_the_policy_says_so_and_is_told() {
    cluster.run(plan(app(API + SECRET)));
    Policy prunesNothing = Policy.standard().pruning(Pruning.none());
    Plan plan = result(app(SECRET), cluster.snapshot(), prunesNothing).orThrow();
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.warnings())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.UNDECLARED_MEMBER);
  }

  @Test
  void a_reference_to_what_does_not_exist_is_a_warning() {
    assertThat(plan(app(API)).warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo(ProblemCode.DANGLING_REFERENCE);
              assertThat(warning.message()).contains("Secret default/db");
            });
  }

  @Test
  void of_a_kind_without_shape_no_field_is_foretold_and_an_own_write_is_recognised() {
    Application shop =
        app("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 3}\n");
    List<ApiResource> served = new ArrayList<>(ShapeCatalog.builtIn().apiResources());
    served.add(
        new ApiResource(
            GroupVersionKind.of("example.com/v1", "Widget"), "widgets", true, true, false));
    Snapshot nothing =
        Snapshot.of(List.of(LiveObject.of(Manifest.parseJson(DEFAULT_NAMESPACE)))).toBuilder()
            .served(served)
            .build();
    Plan plan = plan(shop, nothing);
    Step.Create create = (Step.Create) plan.step("create Widget/w").orElseThrow();
    assertThat(create.changes())
        .singleElement()
        .satisfies(change -> assertThat(change.certainty()).isEqualTo(new Certainty.Unknown()));

    Manifest sent = ((Payload.Literal) create.payload()).manifest();
    String fields =
        """
        [{"manager":"sailplan/default/shop","operation":"Apply","apiVersion":"example.com/v1","fieldsType":"FieldsV1",
          "fieldsV1":{"f:metadata":{"f:labels":{"f:applyset.kubernetes.io/part-of":{}}},"f:spec":{"f:size":{}}}}]
        """;
    LiveObject written =
        LiveObject.of(sent.with(Json.read(fields.strip()), "metadata", "managedFields"));
    Plan again = plan(shop, nothing.toBuilder().add(written).build());
    assertThat(again.step("keep Widget/w")).isPresent();
  }

  @Test
  void of_an_object_that_was_seen_in_another_version_no_field_and_no_conflict_is_foretold() {
    Application shop =
        app(
            """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: api}
            spec:
              maxReplicas: 3
              targetCPUUtilizationPercentage: 50
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
            """);
    cluster.run(plan(shop));
    Manifest written = cluster.get("HorizontalPodAutoscaler", "api").manifest();
    Object metrics =
        Json.read(
            "[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":"
                + "{\"type\":\"Utilization\",\"averageUtilization\":50}}}]");
    String owner =
        "[{'manager':'kubectl','operation':'Update','apiVersion':'autoscaling/v1','fieldsType':'FieldsV1',"
            + "'fieldsV1':{'f:spec':{'f:targetCPUUtilizationPercentage':{}}}}]";
    LiveObject seen =
        LiveObject.of(
            written
                .with("autoscaling/v2", "apiVersion")
                .without("spec", "targetCPUUtilizationPercentage")
                .with(metrics, "spec", "metrics")
                .with(Json.read(owner.replace('\'', '"')), "metadata", "managedFields"));
    Plan plan = plan(shop, cluster.snapshot().toBuilder().add(seen).build());
    Step.Apply apply = (Step.Apply) plan.step("apply HorizontalPodAutoscaler/api").orElseThrow();
    assertThat(apply.changes())
        .singleElement()
        .satisfies(change -> assertThat(change.certainty()).isEqualTo(new Certainty.Unknown()));
  }

  private static Application app(String yaml) {
    return Application.read("shop", yaml);
  }

  private static Plan plan(Application application) {
    return plan(application, Snapshot.empty());
  }

  private static Plan plan(Application application, Snapshot snapshot) {
    return result(application, snapshot, Policy.standard()).orThrow();
  }

  private static PlanResult result(Application application, Snapshot snapshot, Policy policy) {
    return Planner.standard()
        .plan(PlanRequest.deploy(application, snapshot).by(policy).at(Carried.NOW));
  }
}
