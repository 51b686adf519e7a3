package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Well-known applications are deployed, something happens, and they are planned again. The plans
 * are golden files; each is run, or where it is refused, the plan that forces conflicts, and after
 * that nothing is left to do.
 */
class ReplanTest {
  @ParameterizedTest
  @ValueSource(strings = {"guestbook", "cassandra", "ingress-nginx", "metallb", "online-boutique"})
  void says_what_has_to_be_done_and_then_nothing(String name) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Change change : Change.values()) {
      text.append("### After ").append(change.title()).append("\n\n");
      text.append(replan(read(name), change)).append('\n');
    }
    check("replans/" + name + ".txt", text.toString());
  }

  private static String replan(Application application, Change change) {
    SimulatedCluster cluster = SimulatedCluster.create();
    Programs.play(cluster);
    run(cluster, plan(cluster, change.before(application), Policy.standard()).orThrow());
    change
        .requests(application, cluster.snapshot())
        .forEach(
            request ->
                assertThat(cluster.send(request).status()).as(request.toString()).isEqualTo(200));
    cluster.advance(Duration.ofMinutes(1));

    Application after = change.after(application);
    PlanResult result = plan(cluster, after, Policy.standard());
    String text = text(result);
    if (result.plan().isEmpty()) {
      result = plan(cluster, after, Policy.standard().forcing());
      text += "\nBy force:\n\n" + text(result);
    }
    Plan plan = result.orThrow();
    if (!plan.isEmpty()) {
      run(cluster, plan);
    }
    Plan next = plan(cluster, after, Policy.standard()).orThrow();
    assertThat(next.isEmpty()).as(change + ": " + next.render()).isTrue();
    cluster.clearRequests();
    assertThat(cluster.run(next, progress -> {}).isSuccess()).isTrue();
    assertThat(cluster.writes()).isEmpty();
    return text;
  }

  private static String text(PlanResult result) {
    return result
        .plan()
        .map(Plan::render)
        .orElseGet(
            () ->
                result.refusals().stream()
                    .map(refusal -> refusal + "\n")
                    .collect(Collectors.joining()));
  }

  private static void run(SimulatedCluster cluster, Plan plan) {
    Outcome outcome = cluster.run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(plan.render() + outcome.render()).isTrue();
  }

  private static PlanResult plan(SimulatedCluster cluster, Application application, Policy policy) {
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster.observe(ObservationScope.of(deploy, policy)))
                .by(policy)
                .at(cluster.now()));
  }

  private static Application read(String name) throws IOException {
    Path file = Path.of(System.getProperty("sailplan.data"), "manifests", name + ".yaml");
    return Application.read(name, Files.readString(file, StandardCharsets.UTF_8));
  }

  private static void check(String name, String text) throws IOException {
    Path file = Path.of("src/test/resources").resolve(name);
    if (Boolean.getBoolean("sailplan.golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
