package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is foretold of new pods, as far as is known what admission looks at. */
class NewPodTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: tool}
      spec: {containers: [{name: main, image: "shop/tool:1"}]}
      """;
  private static final String NAMESPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: default, labels: {pod-security.kubernetes.io/enforce: baseline}}
      """;
  private static final String ACCOUNT =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: default, namespace: default}
      """;
  private static final String LIMITS =
      """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: NAME, namespace: default}
      spec: {limits: [{type: Container, default: {cpu: 500m}, defaultRequest: {cpu: 100m}}]}
      """;
  private static final String PRIORITY =
      """
      apiVersion: scheduling.k8s.io/v1
      kind: PriorityClass
      metadata: {name: NAME}
      value: 9
      globalDefault: true
      """;

  private static final String MAX = "type: Container, max: {cpu: \"2\"},";

  @Test
  void it_is_proven_where_all_that_admission_looks_at_was_seen() {
    assertThat(certainties(POD, NAMESPACE, ACCOUNT)).containsOnly("proven");
  }

  @Test
  void it_gets_the_amounts_of_the_limit_range_and_the_default_priority() {
    Plan plan = plan(POD, seen(NAMESPACE, ACCOUNT, LIMITS, PRIORITY));
    assertThat(changes(plan))
        .extracting(change -> change.path() + " " + change.after())
        .contains(
            ".spec.containers[name=\"main\"].resources.limits.cpu 500m",
            ".spec.containers[name=\"main\"].resources.requests.cpu 100m",
            ".spec.priority 9",
            ".spec.priorityClassName name");
    assertThat(certainties(plan)).containsOnly("proven");
  }

  @Test
  void several_limit_ranges_complete_it_in_an_order_that_nobody_knows() {
    assertThat(certainties(POD, NAMESPACE, ACCOUNT, LIMITS, LIMITS.replace("NAME", "other")))
        .containsOnly(
            "assumed: several LimitRanges may complete it, in an order that is not known");
  }

  @Test
  void what_this_plan_changes_besides_may_come_before_or_after_it() {
    String both = POD + "---\n" + LIMITS;
    assertThat(certaintiesOf("tool", plan(both, seen(NAMESPACE, ACCOUNT))))
        .containsOnly("assumed: the LimitRange name is changed by this plan");
    assertThat(certaintiesOf("tool", plan(both, seen(NAMESPACE, ACCOUNT, LIMITS))))
        .containsOnly("proven");
  }

  @Test
  void its_service_account_comes_before_it() {
    String both =
        ACCOUNT.replace("name: default, namespace: default", "name: robot")
            + "imagePullSecrets: [{name: pull}]\n---\n"
            + POD.replace("spec: {", "spec: {serviceAccountName: robot, ");
    Plan plan = plan(both, seen(NAMESPACE));
    assertThat(changes(plan))
        .extracting(change -> change.path().toString())
        .contains(".spec.imagePullSecrets[name=\"pull\"]");
    assertThat(certaintiesOf("tool", plan)).containsOnly("proven");
  }

  @Test
  void the_default_account_of_a_new_namespace_is_for_a_controller_to_make() {
    assertThat(certainties(POD, NAMESPACE))
        .containsOnly("assumed: the ServiceAccount default is made by a controller");
  }

  @Test
  void what_was_not_looked_at_may_change_it() {
    Snapshot seen =
        observed(POD, List.of("LimitRange", "PriorityClass", "ServiceAccount"), NAMESPACE, ACCOUNT);
    assertThat(certainties(plan(POD, seen)))
        .singleElement()
        .asString()
        .contains("the ServiceAccount default is not known: ")
        .contains("whether a PriorityClass changes it is not known: 403 Forbidden")
        .contains("whether a LimitRange changes it is not known: 403 Forbidden");
    assertThat(certainties(plan(POD, observed(POD, List.of(), NAMESPACE, ACCOUNT))))
        .containsOnly("proven");
  }

  @Test
  void what_a_limit_range_forbids_is_refused_with_a_remedy() {
    String greedy = POD.replace("tool:1\"}", "tool:1\", resources: {limits: {cpu: 3}}}");
    List<Refusal> refusals =
        result(greedy, seen(NAMESPACE, ACCOUNT, LIMITS.replace("type: Container,", MAX)))
            .refusals();
    assertThat(refusals)
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.message())
                  .isEqualTo(
                      "the server would reject Pod default/tool: maximum cpu usage per Container"
                          + " is 2, but limit is 3");
              assertThat(refusal.remedies()).isNotEmpty();
            });
  }

  @Test
  void what_is_special_about_a_pod_or_its_account_is_not_foretold() {
    String mirror =
        POD.replace("name: tool}", "name: tool, annotations: {kubernetes.io/config.mirror: a}}");
    assertThat(certainties(mirror, NAMESPACE, ACCOUNT))
        .containsOnly("assumed: plugins treat it as a pod that a node has made by itself");
    String strict =
        ACCOUNT.replace(
            "namespace: default",
            "namespace: default, annotations: {kubernetes.io/enforce-mountable-secrets: \"true\"}");
    assertThat(certainties(POD, NAMESPACE, strict))
        .containsOnly("assumed: its ServiceAccount default lets pods have only some secrets");
  }

  @Test
  void it_may_not_meet_the_level_of_its_namespace() {
    String host = POD.replace("spec: {", "spec: {hostNetwork: true, ");
    String reason =
        "assumed: PodSecurity may refuse it: it does not surely meet what its namespace may demand";
    assertThat(certainties(host, NAMESPACE, ACCOUNT)).containsOnly(reason);
    assertThat(certainties(host, NAMESPACE.replace("baseline", "privileged"), ACCOUNT))
        .containsOnly("proven");
    assertThat(certainties(POD, NAMESPACE.replace("baseline", "restricted"), ACCOUNT))
        .containsOnly(reason);
    String unsaid =
        NAMESPACE.replace(", labels: {pod-security.kubernetes.io/enforce: baseline}", "");
    assertThat(certainties(POD, unsaid, ACCOUNT)).containsOnly(reason);
  }

  private static List<String> certainties(String declared, String... live) {
    return certainties(plan(declared, seen(live)));
  }

  private static List<String> certainties(Plan plan) {
    return changes(plan).stream().map(change -> change.certainty().toString()).distinct().toList();
  }

  private static List<String> certaintiesOf(String name, Plan plan) {
    return plan.steps().stream()
        .filter(step -> step.target().name().equals(name))
        .flatMap(step -> changes(step).stream())
        .map(change -> change.certainty().toString())
        .distinct()
        .toList();
  }

  private static List<FieldChange> changes(Plan plan) {
    List<FieldChange> changes = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (!step.target().name().equals("sailplan-shop")) {
        changes.addAll(changes(step));
      }
    }
    assertThat(changes).isNotEmpty();
    return changes;
  }

  private static List<FieldChange> changes(Step step) {
    return step instanceof Step.Create create ? create.changes() : List.of();
  }

  private static Plan plan(String declared, Snapshot seen) {
    return result(declared, seen).orThrow();
  }

  private static PlanResult result(String declared, Snapshot seen) {
    return Planning.plan(
        PlanRequest.deploy(Application.read("shop", named(declared)), seen)
            .by(Policy.standard().adopting(Adoption.ALL))
            .at(Instant.parse("2026-01-02T03:04:05Z")));
  }

  private static Snapshot seen(String... live) {
    return Snapshot.of(objects(live)).toBuilder().server(facts()).build();
  }

  /** What is seen by looking, where some kinds may not be looked at. */
  private static Snapshot observed(String declared, List<String> refused, String... live) {
    ObservationScope scope = ObservationScope.of(Application.read("shop", named(declared)));
    Snapshot.Builder builder = Snapshot.builder().server(facts());
    Snapshot seen = builder.build();
    for (List<Look> looks = scope.next(seen); !looks.isEmpty(); looks = scope.next(seen)) {
      for (Look look : looks) {
        if (refused.contains(look.groupKind().kind())) {
          builder.refused(look, "403 Forbidden");
        } else {
          builder.looked(
              look,
              objects(live).stream()
                  .filter(object -> look.covers(object.key(), Map.of()))
                  .toList());
        }
      }
      seen = builder.build();
    }
    return seen;
  }

  private static List<LiveObject> objects(String... manifests) {
    List<LiveObject> objects = new ArrayList<>();
    for (String manifest : manifests) {
      objects.add(
          LiveObject.of(Application.read("one", named(manifest)).resources().get(0).manifest()));
    }
    return objects;
  }

  private static String named(String manifest) {
    return manifest.replace("NAME", "name");
  }

  private static ServerFacts facts() {
    ShapeCatalog catalog = ShapeCatalog.builtIn();
    return ServerFacts.of("v1.36.0", Map.of("api/v1", catalog.schemaHash("v1").orElseThrow()));
  }
}
