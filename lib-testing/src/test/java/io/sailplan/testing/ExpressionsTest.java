package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Input;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Templating;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.SavedPlan;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reads other resources is planned as far as it can be, and carried through in one run. */
class ExpressionsTest {
  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: db}
      stringData: {password: hunter2hunter2}
      """;
  private static final String FOLLOWER =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: follower}
      spec:
        selector: {matchLabels: {app: follower}}
        template:
          metadata:
            labels: {app: follower}
            annotations: {follows: "${db.metadata.resourceVersion}"}
          spec: {containers: [{name: main, image: "follower:1"}]}
      """;
  private static final String BYSTANDER =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: bystander}
      spec:
        selector: {matchLabels: {app: bystander}}
        template:
          metadata: {labels: {app: bystander}}
          spec: {containers: [{name: main, image: "bystander:1"}]}
      """;

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @Test
  void a_field_that_only_the_server_can_tell_is_planned_as_deferred_and_filled_in_by_the_run() {
    Application shop = shop(SECRET, FOLLOWER, BYSTANDER);

    Plan plan = plan(shop);

    FieldChange follows = change(plan, "create follower", "follows");
    assertThat(follows.certainty()).isEqualTo(new Certainty.Deferred("create db"));
    assertThat(plan.render()).contains("known after create db");
    assertThat(plan).inOrder("db", "follower");
    assertThat(run(plan)).isSuccess();
    assertThat(annotation("follower", "follows")).isEqualTo(live("Secret", "db").resourceVersion());
    assertThat(plan(shop)).isEmpty();
  }

  @Test
  void a_change_is_carried_through_in_one_run_and_rolls_only_what_follows() {
    run(plan(shop(SECRET, FOLLOWER, BYSTANDER)));
    Application changed =
        shop(SECRET.replace("hunter2hunter2", "other0other0"), FOLLOWER, BYSTANDER);

    Plan plan = plan(changed);
    assertThat(plan.steps().stream().map(Step::id))
        .contains("apply db", "apply follower", "keep bystander");
    assertThat(run(plan)).isSuccess();

    assertThat(annotation("follower", "follows")).isEqualTo(live("Secret", "db").resourceVersion());
    assertThat(live("apps", "Deployment", "follower").generation()).isEqualTo(2);
    assertThat(live("apps", "Deployment", "bystander").generation()).isEqualTo(1);
    assertThat(plan(changed)).isEmpty();
  }

  @Test
  void ten_levels_take_one_run() {
    List<String> chain = new ArrayList<>(List.of(map("m0", "value: \"first\"")));
    for (int i = 1; i <= 10; i++) {
      chain.add(map("m" + i, "value: \"${m" + (i - 1) + ".metadata.uid}\""));
    }
    Application shop = shop(chain.toArray(String[]::new));

    assertThat(run(plan(shop))).isSuccess();

    for (int i = 1; i <= 10; i++) {
      assertThat(live("ConfigMap", "m" + i).manifest().string("data", "value"))
          .isEqualTo(live("ConfigMap", "m" + (i - 1)).uid());
    }
    assertThat(plan(shop)).isEmpty();
  }

  @Test
  void what_a_declared_object_says_of_itself_is_known_at_once() {
    Plan plan =
        plan(
            shop(
                map("a", "host: \"db.example\""),
                map("b", "url: \"postgres://${a.data.host}:5432/shop\"")));

    assertThat(sent(plan, "create b").string("data", "url"))
        .isEqualTo("postgres://db.example:5432/shop");
    assertThat(plan).inOrder("a", "b");
  }

  @Test
  void a_value_made_from_a_secret_is_never_in_the_plan() {
    Application shop =
        shop(SECRET, map("settings", "url: \"postgres://shop:${string(db.data.password)}@db\""));

    Plan plan = plan(shop);
    Outcome outcome = run(plan);

    assertThat(outcome).isSuccess();
    assertThat(live("ConfigMap", "settings").manifest().string("data", "url"))
        .isEqualTo("postgres://shop:hunter2hunter2@db");
    Plan nothing = plan(shop);
    assertThat(nothing).isEmpty();
    Plan change = plan(shop(SECRET, map("settings", "url: \"${string(db.data.password)}\"")));
    for (String text :
        List.of(
            plan.render(),
            plan.toJson(),
            plan.toString(),
            sent(plan, "create settings").toString(),
            sent(plan, "create settings").toJson(),
            outcome.render(),
            nothing.render(),
            change.render(),
            change.toJson(),
            sent(change, "apply settings").toJson())) {
      assertThat(text).doesNotContain("hunter2hunter2");
    }
  }

  @Test
  void a_field_that_comes_later_is_waited_for() {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: front, annotations: {kubelet.test.sailplan.io/address: 192.0.2.7}}
        spec: {type: LoadBalancer, selector: {app: front}, ports: [{port: 80}]}
        """;
    Application shop =
        shop(service, map("address", "ip: \"${front.status.loadBalancer.ingress[0].ip}\""));

    assertThat(run(plan(shop))).isSuccess();

    assertThat(live("ConfigMap", "address").manifest().string("data", "ip")).isNotEmpty();
    assertThat(plan(shop)).isEmpty();
  }

  @Test
  void a_field_that_never_comes_is_named_at_the_deadline() {
    Application shop =
        shop(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: front}
            spec: {selector: {app: front}, ports: [{port: 80}]}
            """,
            map("address", "ip: \"${front.status.loadBalancer.ingress[0].ip}\""));

    assertThat(run(plan(shop)).render()).contains("front.status.loadBalancer.ingress");
  }

  @Test
  void an_object_of_others_is_read_from_the_snapshot() {
    cluster.given(
        Manifest.parseJson(
            """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"platform","namespace":"default"},
             "data":{"domain":"shop.example"}}"""),
        "kubectl");
    Application shop =
        shop(map("settings", "host: \"www.${platform.data.domain}\""))
            .withExternal(
                "platform",
                new Input.External(GroupVersionKind.of("v1", "ConfigMap"), "", "platform"));

    Plan plan = plan(shop);

    assertThat(sent(plan, "create settings").string("data", "host")).isEqualTo("www.shop.example");
    assertThat(run(plan)).isSuccess();
  }

  @Test
  void inputs_decide_what_there_is_and_how_often() {
    Application shop =
        Application.of(
                "shop",
                List.of(
                    template("zone", map("zone-${z}", "name: \"${z}\""))
                        .templated(
                            new Templating(
                                List.of(), List.of(new Templating.Dimension("z", "input.zones")))),
                    template("debug", map("debug", "on: \"true\""))
                        .templated(new Templating(List.of("input.debug"), List.of())),
                    template("report", map("report", "debug: \"${debug.data.on}\""))))
            .withInput("input", Input.of(Map.of("zones", List.of("a", "b"), "debug", false)));

    Plan plan = plan(shop);

    assertThat(plan.steps().stream().map(Step::id))
        .contains("create zone[0]", "create zone[1]")
        .doesNotContain("create debug", "create report");
    assertThat(run(plan)).isSuccess();
    assertThat(live("ConfigMap", "zone-b").manifest().string("data", "name")).isEqualTo("b");
    assertThat(plan(shop)).isEmpty();
  }

  @Test
  void a_saved_plan_fills_in_what_it_waits_for_as_well() {
    Application shop = shop(map("a", "x: \"1\""), map("b", "uid: \"${a.metadata.uid}\""));

    Plan plan = plan(shop);
    Plan read =
        SavedPlan.read("plan", SavedPlan.of(plan).orThrow().toJson()).orThrow().open().orThrow();

    assertThat(read).isEqualTo(plan);
    assertThat(run(read)).isSuccess();
    assertThat(live("ConfigMap", "b").manifest().string("data", "uid"))
        .isEqualTo(live("ConfigMap", "a").uid());
  }

  @Test
  void everything_wrong_with_expressions_is_told_at_once() {
    PlanResult result =
        result(
            shop(
                SECRET,
                map("a", "x: \"${dbb.metadata.uid}\""),
                map("b", "x: \"${db.metadata.nam}\""),
                map("c", "x: \"${c.metadata.uid}\""),
                map("d-${db.metadata.resourceVersion}", "x: \"${1 +}\"")));

    assertThat(((PlanResult.Invalid) result).problems().stream().map(Problem::message))
        .anySatisfy(text -> assertThat(text).startsWith("a, .data.x"))
        .anySatisfy(text -> assertThat(text).startsWith("b, .data.x"))
        .anySatisfy(text -> assertThat(text).startsWith("c: it reads itself"))
        .anySatisfy(text -> assertThat(text).contains("without end"));
  }

  @Test
  void a_refusal_shows_no_value_made_from_a_secret() {
    Application shop = shop(SECRET, map("settings", "url: \"${string(db.data.password)}\""));
    assertThat(run(plan(shop))).isSuccess();
    cluster.given(
        Manifest.parseJson(
            """
            {"apiVersion":"v1","kind":"ConfigMap","data":{"url":"by-hand-with-hunter2hunter2"},
             "metadata":{"name":"settings","namespace":"default"}}"""),
        "kubectl-edit");

    PlanResult refused = result(shop);

    assertThat(refused).isRefused(Refusal.Code.FIELD_CONFLICT, "settings");
    assertThat(refused.refusals().toString())
        .contains(".data.url")
        .doesNotContain("hunter2hunter2", "by-hand");
  }

  @Test
  void what_is_made_from_one_of_many_secrets_is_never_in_the_plan() {
    Resource keys =
        template("keys", SECRET.replace("name: db", "name: \"key-${z}\""))
            .templated(
                new Templating(List.of(), List.of(new Templating.Dimension("z", "input.zones"))));
    Application shop =
        Application.of(
                "shop",
                List.of(
                    keys,
                    template("copy", map("copy", "one: \"${string(keys[0].data.password)}\""))))
            .withInput("input", Input.of(Map.of("zones", List.of("a", "b"))));

    Plan plan = plan(shop);

    assertThat(sent(plan, "create copy").toJson()).doesNotContain("hunter2hunter2");
    assertThat(run(plan)).isSuccess();
    assertThat(live("ConfigMap", "copy").manifest().string("data", "one"))
        .isEqualTo("hunter2hunter2");
    assertThat(plan(shop)).isEmpty();
  }

  @Test
  void the_name_of_a_secret_is_no_secret() {
    Plan plan = plan(shop(SECRET, map("settings", "secret: \"${db.metadata.name}\"")));

    assertThat(sent(plan, "create settings").string("data", "secret")).isEqualTo("db");
  }

  @Test
  void a_hook_that_reads_what_only_the_run_can_tell_is_a_problem() {
    String hook =
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate, annotations: {helm.sh/hook: pre-install}}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: m, image: "m:1", args: ["${db.metadata.resourceVersion}"]}]
        """;

    assertThat(result(shop(SECRET, hook))).isInvalid().hasProblem(ProblemCode.UNDECIDED, "hook");
  }

  @Test
  void what_was_composed_is_deleted() {
    Application shop =
        shop(SECRET, FOLLOWER, map("m-${input.name}", "x: \"${db.metadata.uid}\""))
            .withInput("input", Input.of(Map.of("name", "one")));
    assertThat(run(plan(shop))).isSuccess();

    Operation delete = Operation.Delete.of(shop);
    Plan plan =
        Planner.standard()
            .plan(
                PlanRequest.of(delete, cluster.observe(ObservationScope.of(delete, Voyage.POLICY)))
                    .by(Voyage.POLICY)
                    .at(cluster.now()))
            .orThrow();

    assertThat(run(plan)).isSuccess();
    assertThat(cluster.object(new ObjectKey("", "ConfigMap", "default", "m-one"))).isEmpty();
    assertThat(cluster.object(new ObjectKey("apps", "Deployment", "default", "follower")))
        .isEmpty();
  }

  private Application shop(String... manifests) {
    List<Resource> resources = new ArrayList<>();
    for (String yaml : manifests) {
      resources.add(template("", yaml));
    }
    return Application.of("shop", resources);
  }

  private static Resource template(String id, String yaml) {
    Resource resource =
        Resource.of(ManifestReader.standard().read("shop.yaml", yaml).orThrow().get(0).manifest())
            .templated(Templating.PLAIN);
    String name = resource.manifest().name();
    return resource.withId(
        id.isEmpty() ? name.contains("$") ? name.substring(0, name.indexOf('-')) : name : id);
  }

  private static String map(String name, String data) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: "%s"}
        data:
          %s
        """
        .formatted(name, data);
  }

  private PlanResult result(Application application) {
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster.observe(ObservationScope.of(deploy, Voyage.POLICY)))
                .by(Voyage.POLICY)
                .at(cluster.now()));
  }

  private Plan plan(Application application) {
    return result(application).orThrow();
  }

  private Outcome run(Plan plan) {
    return cluster.run(plan, progress -> {});
  }

  private LiveObject live(String kind, String name) {
    return live("", kind, name);
  }

  private LiveObject live(String group, String kind, String name) {
    return cluster.object(new ObjectKey(group, kind, "default", name)).orElseThrow();
  }

  private String annotation(String deployment, String key) {
    return live("apps", "Deployment", deployment)
        .manifest()
        .string("spec", "template", "metadata", "annotations", key);
  }

  private static Manifest sent(Plan plan, String step) {
    Step found = plan.step(step).orElseThrow();
    Payload payload =
        found instanceof Step.Create create ? create.payload() : ((Step.Apply) found).payload();
    return payload.manifest();
  }

  private static FieldChange change(Plan plan, String step, String field) {
    return ((Step.Create) plan.step(step).orElseThrow())
        .changes().stream()
            .filter(change -> change.path().toString().endsWith(field))
            .findFirst()
            .orElseThrow();
  }
}
