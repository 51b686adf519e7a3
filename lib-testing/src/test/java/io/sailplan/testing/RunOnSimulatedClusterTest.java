package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans are observed, made and run, without a cluster and without waiting. */
class RunOnSimulatedClusterTest {
  private static final ObjectKey API = new ObjectKey("apps", "Deployment", "default", "api");

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @Test
  void an_application_is_deployed_and_then_there_is_nothing_to_do() {
    Plan plan = Shop.deploy(cluster, Shop.of("shop/api:1"));
    assertThat(plan).creates("Secret/db", "Deployment/api").inOrder("Secret/db", "Deployment/api");
    assertThat(cluster.run(plan, progress -> {})).isSuccess();
    assertThat(available()).isEqualTo(2);
    assertThat(Shop.plan(cluster, Shop.of("shop/api:1"))).isPlan().isEmpty();
  }

  @Test
  void a_run_tells_what_happens_in_virtual_time() {
    List<Progress> told = new ArrayList<>();
    Outcome outcome = cluster.run(Shop.deploy(cluster, Shop.of("shop/api:1")), told::add);
    assertThat(told).isNotEmpty();
    assertThat(told).extracting(Progress::at).isSorted();
    assertThat(outcome.took()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void a_run_that_was_started_goes_on_whenever_time_passes() {
    RunHandle handle =
        cluster.start(
            Shop.deploy(cluster, Shop.of("shop/api:1")), RunOptions.standard(), progress -> {});
    assertThat(handle.outcome().toCompletableFuture().isDone()).isFalse();
    cluster.advance(Duration.ofMinutes(1));
    assertThat(handle.outcome().toCompletableFuture().isDone()).isTrue();
    assertThat(handle.outcome().toCompletableFuture().join()).isSuccess();
  }

  @Test
  void waiting_for_an_outcome_lets_time_pass() {
    RunHandle handle =
        cluster.start(
            Shop.deploy(cluster, Shop.of("shop/api:1")), RunOptions.standard(), progress -> {});
    assertThat(handle.outcome().toCompletableFuture().join()).isSuccess();
  }

  @Test
  void a_cancelled_run_says_so() {
    cluster.pods().all().are(PodBehaviour.neverReady());
    RunHandle handle =
        cluster.start(
            Shop.deploy(cluster, Shop.of("shop/api:1")), RunOptions.standard(), progress -> {});
    cluster.advance(Duration.ofSeconds(5));
    handle.cancel();
    assertThat(handle.outcome().toCompletableFuture().join()).isCancelled();
  }

  @Test
  void closing_cancels_what_still_runs() {
    cluster.pods().all().are(PodBehaviour.neverReady());
    RunHandle handle =
        cluster.start(
            Shop.deploy(cluster, Shop.of("shop/api:1")), RunOptions.standard(), progress -> {});
    cluster.advance(Duration.ofSeconds(5));
    cluster.close();
    assertThat(handle.outcome().toCompletableFuture().join()).isCancelled();
  }

  @Test
  void a_failed_rollout_says_why() {
    cluster.pods().ofImage("shop/api:2").are(PodBehaviour.crashLoop());
    assertThat(cluster.run(Shop.deploy(cluster, Shop.of("shop/api:1")), progress -> {}))
        .isSuccess();
    Outcome outcome = cluster.run(Shop.deploy(cluster, Shop.of("shop/api:2")), progress -> {});
    assertThat(outcome).hasFailed("await Deployment/api", "keeps crashing");
    assertThat(available()).isEqualTo(2);
  }

  @Test
  void a_listener_may_read_but_not_let_time_pass() {
    Plan plan = Shop.deploy(cluster, Shop.of("shop/api:1"));
    assertThatThrownBy(() -> cluster.run(plan, progress -> cluster.advance(Duration.ofSeconds(9))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("listener");
  }

  @Test
  void two_runs_at_once_lose_no_update() {
    Plan first = Shop.deploy(cluster, Shop.of("shop/api:1"));
    Plan second = Shop.deploy(cluster, Shop.of("shop/api:2"));
    RunHandle one = cluster.start(first, RunOptions.standard(), progress -> {});
    RunHandle two = cluster.start(second, RunOptions.standard(), progress -> {});
    Outcome won = one.outcome().toCompletableFuture().join();
    Outcome lost = two.outcome().toCompletableFuture().join();
    assertThat(won).isSuccess();
    assertThat(lost.isSuccess()).isFalse();
    assertThat(Shop.plan(cluster, Shop.of("shop/api:1"))).isPlan().isEmpty();
  }

  private long available() {
    return cluster
        .object(API)
        .map(api -> api.manifest().integer(0, "status", "availableReplicas"))
        .orElse(0L);
  }
}
