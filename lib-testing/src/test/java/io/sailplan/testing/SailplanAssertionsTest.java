package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static io.sailplan.testing.SailplanAssertions.assertThatProblems;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sailplan.Planner;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ApiResources;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.run.Outcome;
import io.sailplan.run.StepStatus;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Each assertion passes where it should, and shows what it saw where it should not. */
class SailplanAssertionsTest {
  private final SimulatedCluster cluster = SimulatedCluster.create();
  private final Plan plan = Shop.deploy(cluster, Shop.of("shop/api:1"));

  private static ThrowableAssertAlternative<AssertionError> fails(ThrowingCallable assertion) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion);
  }

  private PlanResult refused() {
    cluster.given(Yaml.deployment("api", 1, "someone/else:1"), "someone");
    return Shop.plan(cluster, Shop.of("shop/api:1"));
  }

  private PlanResult invalid() {
    return new PlanResult.Invalid(List.of(duplicate()));
  }

  private static Problem duplicate() {
    return Problem.error(ProblemCode.DUPLICATE_KEY, "key \"image\" is written twice")
        .hint("Keep one of them.");
  }

  private Outcome failed() {
    cluster.pods().all().are(PodBehaviour.imagePullError());
    return cluster.run(plan, progress -> {});
  }

  private Outcome succeeded() {
    return cluster.run(plan, progress -> {});
  }

  @Test
  void a_plan_is_a_plan() {
    assertThat(new PlanResult.Planned(plan)).isPlan();
    fails(() -> assertThat(invalid()).isPlan())
        .withMessageContaining("Expected a plan, but the input is wrong")
        .withMessageContaining("key \"image\" is written twice");
  }

  @Test
  void a_refusal_is_a_refusal() {
    assertThat(refused()).isRefused();
    fails(() -> assertThat(new PlanResult.Planned(plan)).isRefused())
        .withMessageContaining("Expected a refusal, but there is a plan")
        .withMessageContaining(plan.render());
  }

  @Test
  void a_refusal_has_a_code_and_a_subject() {
    PlanResult refused = refused();
    assertThat(refused).isRefused(Refusal.Code.FOREIGN_OBJECT);
    assertThat(refused).isRefused(Refusal.Code.FOREIGN_OBJECT, "Deployment/api");
    fails(() -> assertThat(refused).isRefused(Refusal.Code.TERMINATING))
        .withMessageContaining("Expected the refusal TERMINATING")
        .withMessageContaining("FOREIGN_OBJECT");
    fails(() -> assertThat(refused).isRefused(Refusal.Code.FOREIGN_OBJECT, "Secret/db"))
        .withMessageContaining("of Secret/db")
        .withMessageContaining("api");
  }

  @Test
  void a_refusal_offers_remedies() {
    PlanResult refused = refused();
    assertThat(refused).offers(refused.refusals().get(0).remedies().get(0).action());
    fails(() -> assertThat(refused).offers("prayer")).withMessageContaining("remedy prayer");
  }

  @Test
  void wrong_input_is_wrong() {
    assertThat(invalid()).isInvalid().hasProblem(ProblemCode.DUPLICATE_KEY);
    fails(() -> assertThat(new PlanResult.Planned(plan)).isInvalid())
        .withMessageContaining(plan.render());
  }

  @Test
  void an_empty_plan_is_empty() {
    assertThat(Plan.of(plan.operation(), List.of(), List.of())).isEmpty().hasNoWrites();
    fails(() -> assertThat(plan).isEmpty())
        .withMessageContaining("Expected an empty plan")
        .withMessageContaining(plan.render());
  }

  @Test
  void a_plan_that_writes_has_writes() {
    succeeded();
    assertThat(Shop.deploy(cluster, Shop.of("shop/api:1"))).hasNoWrites();
    fails(() -> assertThat(plan).hasNoWrites())
        .withMessageContaining("create Deployment/api")
        .withMessageContaining(plan.render());
  }

  @Test
  void steps_are_told_by_what_they_do() {
    assertThat(plan).creates("Secret/db", "Deployment/api").awaits("Deployment/api");
    fails(() -> assertThat(plan).creates("Secret/other")).withMessageContaining("Secret/other");
    fails(() -> assertThat(plan).awaits("Secret/other")).withMessageContaining("Secret/other");
    fails(() -> assertThat(plan).applies("Deployment/api")).withMessageContaining(plan.render());
    fails(() -> assertThat(plan).patches("Deployment/api")).withMessageContaining(plan.render());
    fails(() -> assertThat(plan).deletes("Deployment/api")).withMessageContaining(plan.render());
    fails(() -> assertThat(plan).awaitsGone("Deployment/api")).withMessageContaining(plan.render());
  }

  @Test
  void changes_are_applied_and_others_left_alone() {
    succeeded();
    Plan change = Shop.deploy(cluster, Shop.of("shop/api:2"));
    assertThat(change).applies("Deployment/api").leavesAlone("Secret/db");
    fails(() -> assertThat(change).leavesAlone("Deployment/api"))
        .withMessageContaining("Expected Deployment/api to be left alone");
  }

  @Test
  void what_is_deleted_is_awaited_until_it_is_gone() {
    succeeded();
    Plan removal =
        Planner.standard()
            .plan(PlanRequest.delete(Shop.of("shop/api:1"), cluster.snapshot()).at(cluster.now()))
            .orThrow();
    assertThat(removal)
        .deletes("Deployment/api", "Secret/db")
        .awaitsGone("Deployment/api")
        .inOrder("Deployment/api", "Secret/db");
    assertThat(cluster.run(removal, progress -> {})).isSuccess();
  }

  @Test
  void all_steps_can_be_named() {
    succeeded();
    Plan change = Shop.deploy(cluster, Shop.of("shop/api:2"));
    assertThat(change).hasOnlySteps("apply Deployment/api", "await Deployment/api");
    fails(() -> assertThat(change).hasOnlySteps("apply Deployment/api"))
        .withMessageContaining("await Deployment/api");
  }

  @Test
  void order_means_that_one_waits_for_the_other() {
    assertThat(plan).inOrder("Secret/db", "Deployment/api");
    fails(() -> assertThat(plan).inOrder("Deployment/api", "Secret/db"))
        .withMessageContaining(
            "Expected \"create Secret/db\" to wait for \"create Deployment/api\"")
        .withMessageContaining(plan.render());
    fails(() -> assertThat(plan).inOrder("ConfigMap/settings", "Secret/db"))
        .withMessageContaining("nothing makes it");
    fails(() -> assertThat(plan).inOrder("Secret/other")).withMessageContaining("found none");
  }

  @Test
  void a_plan_has_warnings_and_a_text() {
    Plan warned =
        Plan.of(
            plan.operation(),
            plan.steps(),
            List.of(Problem.warning(ProblemCode.UNKNOWN_KIND, "a kind")));
    assertThat(warned).warns(ProblemCode.UNKNOWN_KIND).says("Deployment/api");
    fails(() -> assertThat(plan).warns(ProblemCode.CYCLE)).withMessageContaining("cycle");
    fails(() -> assertThat(plan).says("no such text")).withMessageContaining("no such text");
  }

  @Test
  void a_success_is_a_success() {
    assertThat(succeeded())
        .isSuccess()
        .hasStatus("create Secret/db", StepStatus.SUCCEEDED)
        .hasSkippedOnly();
  }

  @Test
  void a_failure_shows_why_where_success_was_expected() {
    Outcome failed = failed();
    assertThat(failed).hasFailed("await Deployment/api").hasFailed("await Deployment/api", "image");
    fails(() -> assertThat(failed).isSuccess())
        .withMessageContaining("Expected success")
        .withMessageContaining(failed.render());
    fails(() -> assertThat(failed).hasFailed("await Deployment/api", "out of memory"))
        .withMessageContaining("out of memory");
    fails(() -> assertThat(failed).hasFailed("create Secret/db"))
        .withMessageContaining("ended as SUCCEEDED");
    fails(() -> assertThat(failed).hasFailed("no such step"))
        .withMessageContaining("Expected a step \"no such step\"");
    fails(() -> assertThat(failed).hasStatus("create Secret/db", StepStatus.STALE))
        .withMessageContaining("STALE");
    fails(() -> assertThat(failed).hasSkippedOnly("create Secret/db"))
        .withMessageContaining("skipped");
    fails(() -> assertThat(failed).isCancelled()).withMessageContaining("cancelled");
  }

  @Test
  void a_graph_shows_its_edges() {
    ResourceGraph graph =
        ResourceGraph.compile(
                Shop.of("shop/api:1"), ApiResources.of(cluster.snapshot().served().orElseThrow()))
            .orThrow();
    assertThat(graph)
        .hasEdge("Deployment/api", "Secret/db")
        .hasEdge("Deployment/api", "Secret/db", "secretRef")
        .hasNoEdge("Secret/db", "Deployment/api")
        .isOrdered("Secret/db", "Deployment/api");
    fails(() -> assertThat(graph).hasEdge("Secret/db", "Deployment/api"))
        .withMessageContaining("Expected Secret/db to need Deployment/api")
        .withMessageContaining("Deployment/api → Secret/db");
    fails(() -> assertThat(graph).hasNoEdge("Deployment/api", "Secret/db"))
        .withMessageContaining("not to need");
    fails(() -> assertThat(graph).hasEdge("Deployment/api", "Secret/db", "no such reason"))
        .withMessageContaining("no such reason");
    fails(() -> assertThat(graph).isOrdered("Deployment/api", "Secret/db"))
        .withMessageContaining("Expected the order");
  }

  @Test
  void problems_are_shown_all() {
    List<Problem> problems = List.of(duplicate());
    assertThatProblems(problems)
        .hasProblem(ProblemCode.DUPLICATE_KEY)
        .hasProblem(ProblemCode.DUPLICATE_KEY, "Keep one of them");
    assertThatProblems(List.of()).isEmpty().hasNoErrors();
    fails(() -> assertThatProblems(problems).isEmpty()).withMessageContaining("written twice");
    fails(() -> assertThatProblems(problems).hasNoErrors()).withMessageContaining("written twice");
    fails(() -> assertThatProblems(problems).hasProblem(ProblemCode.CYCLE))
        .withMessageContaining("Expected a problem cycle")
        .withMessageContaining("written twice");
    fails(() -> assertThatProblems(problems).hasProblem(ProblemCode.DUPLICATE_KEY, "thrice"))
        .withMessageContaining("thrice");
  }

  @Test
  void null_is_never_as_expected() {
    fails(() -> assertThat((Plan) null).isEmpty());
    fails(() -> assertThat((PlanResult) null).isPlan());
    fails(() -> assertThat((Outcome) null).isSuccess());
    fails(() -> assertThat((ResourceGraph) null).isOrdered());
    fails(() -> assertThatProblems(null).isEmpty());
  }
}
