package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Permissions;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.reconcile.Finding;
import io.sailplan.reconcile.ReconcilePolicy;
import io.sailplan.run.Cluster;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/testing.md}: each stands there just as it is compiled here. */
class TestingGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "testing.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/sailplan/testing/TestingGuideTest.java");

  private final Application shop = Shop.of("shop/api:1");
  private final Application shopWithNewImage = Shop.of("shop/api:2");
  private final Instant now = SimulatedCluster.START;

  @Test
  void a_plan_without_a_cluster() {
    // guide: plan
    PlanResult result = Planner.standard().plan(PlanRequest.deploy(shop, Snapshot.empty()).at(now));
    assertThat(result)
        .isPlan()
        .creates("Secret/db", "Deployment/api")
        .inOrder("Secret/db", "Deployment/api");
    // end
  }

  private static Plan plan(SimulatedCluster cluster, Application application) {
    // guide: helper
    Snapshot seen = cluster.observe(ObservationScope.of(application));
    return Planner.standard()
        .plan(PlanRequest.deploy(application, seen).at(cluster.now()))
        .orThrow();
    // end
  }

  @Test
  void a_whole_rollout() {
    // guide: run
    SimulatedCluster cluster = SimulatedCluster.create();
    Outcome outcome = cluster.run(plan(cluster, shop), progress -> {});
    assertThat(outcome).isSuccess();
    assertThat(plan(cluster, shop)).isEmpty();
    // end
  }

  @Test
  void a_rollout_that_fails() {
    // guide: pods
    SimulatedCluster cluster = SimulatedCluster.create();
    cluster.pods().ofImage("shop/api:2").are(PodBehaviour.crashLoop());
    assertThat(cluster.run(plan(cluster, shop), progress -> {})).isSuccess();
    assertThat(cluster.run(plan(cluster, shopWithNewImage), progress -> {}))
        .hasFailed("await Deployment/api", "keeps crashing");
    // end
  }

  @Test
  void a_server_that_fails() {
    // guide: faults
    SimulatedCluster cluster = SimulatedCluster.create();
    Plan plan = plan(cluster, shop);
    cluster.faults().onWrite(1).happens(Fault.answer(503));
    cluster.faults().onWrite(2).happens(Fault.lostAfter());
    cluster.faults().onWrite(3).happens(Fault.tooManyRequests(Duration.ofSeconds(10)));
    assertThat(cluster.run(plan, progress -> {})).isSuccess();
    // end
  }

  @Test
  void a_client_that_dies() {
    // guide: crash
    SimulatedCluster cluster = SimulatedCluster.create();
    Plan plan = plan(cluster, shop);
    cluster.faults().crashAfter(3);
    assertThatThrownBy(() -> cluster.run(plan, progress -> {})).isInstanceOf(ClientCrash.class);

    assertThat(cluster.run(plan(cluster, shop), progress -> {})).isSuccess();
    // end
  }

  @Test
  void time_that_passes() {
    // guide: time
    SimulatedCluster cluster = SimulatedCluster.create();
    cluster.pods().all().are(PodBehaviour.readyAfter(Duration.ofMinutes(3)));
    RunHandle run = cluster.start(plan(cluster, shop), RunOptions.standard(), progress -> {});
    cluster.advance(Duration.ofMinutes(2));
    assertThat(run.outcome().toCompletableFuture().isDone()).isFalse();
    cluster.advance(Duration.ofMinutes(2));
    assertThat(run.outcome().toCompletableFuture().join()).isSuccess();
    // end
  }

  @Test
  void an_application_that_is_kept_as_it_is_declared() {
    // guide: reconcile
    SimulatedCluster cluster = SimulatedCluster.create();
    SimulatedReconciler reconciler = SimulatedReconciler.on(cluster, ReconcilePolicy.standard());
    reconciler.declare(shop, Policy.standard());
    cluster.advance(Duration.ofHours(1));
    assertThat(plan(cluster, shop)).isEmpty();
    assertThat(reconciler.findings()).last().isEqualTo(new Finding.Settled(true));
    // end
  }

  @Test
  void requests_that_were_sent() {
    // guide: requests
    SimulatedCluster cluster = SimulatedCluster.create();
    cluster.run(plan(cluster, shop), progress -> {});
    cluster.clearRequests();
    cluster.run(plan(cluster, shop), progress -> {});
    assertThat(cluster.writes()).isEmpty();
    // end
  }

  @Test
  void others_who_change_things() {
    // guide: others
    SimulatedCluster cluster = SimulatedCluster.create();
    cluster.given(Yaml.configMap("settings", "colour", "red"), "somebody-else");
    cluster.send(Request.Apply.of(Yaml.deployment("web", 2, "shop/web:1"), "me"));
    cluster.settle();
    assertThat(cluster.snapshot().objects())
        .anyMatch(object -> object.key().toString().startsWith("Pod default/web-"));
    // end
  }

  @Test
  void somebody_who_may_not_do_everything() {
    // guide: permissions
    SimulatedCluster cluster = SimulatedCluster.create();
    Plan plan = plan(cluster, shop);
    Permissions needed = plan.permissions().needed();
    Permissions less = needed.where(access -> !access.verb().equals("create"));
    Cluster restricted = cluster.as("somebody", less);
    assertThat(restricted.denied(needed)).isNotEmpty();
    assertThat(restricted.run(plan, progress -> {}).isSuccess()).isFalse();
    // end
  }

  @Test
  void the_guide_shows_what_is_compiled() throws IOException {
    List<String> shown = blocks(Files.readString(GUIDE), "```java\n", "```");
    List<String> compiled = regions(Files.readString(SOURCE));
    assertThat(shown).isNotEmpty().isEqualTo(compiled);
  }

  private static List<String> regions(String source) {
    List<String> regions = new ArrayList<>();
    for (String region : blocks(source, "// guide: ", "// end")) {
      String code = region.substring(region.indexOf('\n') + 1);
      regions.add(code.stripTrailing().stripIndent() + "\n");
    }
    return regions.stream().filter(region -> region.contains(";")).toList();
  }

  private static List<String> blocks(String text, String start, String end) {
    List<String> blocks = new ArrayList<>();
    for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at)) {
      int from = at + start.length();
      at = text.indexOf(end, from);
      blocks.add(text.substring(from, at));
    }
    return blocks;
  }
}
