package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Plan;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Request;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients die anywhere, requests fail anyhow: another client brings it to the same end. */
class CrashTest {
  private static final int MOST_REQUESTS = 200;

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(Integer.getInteger("sailplan.seeds", 20));
  }

  @Test
  void the_client_dies_after_its_request_took_effect() {
    SimulatedCluster cluster = SimulatedCluster.create();
    cluster.faults().crashAfter(1);
    Manifest settings = Yaml.configMap("settings", "colour", "blue");
    assertThatExceptionOfType(ClientCrash.class)
        .isThrownBy(() -> cluster.send(Request.Apply.of(settings, "me")));
    assertThat(cluster.object(settings.key())).isPresent();
    assertThat(cluster.send(new Request.Get(settings.key())).status()).isEqualTo(200);
  }

  @Test
  void the_outcome_of_a_client_that_dies_is_its_death() {
    SimulatedCluster cluster = SimulatedCluster.create();
    Plan plan = Shop.deploy(cluster, Shop.of("shop/api:1"));
    cluster.faults().crashAfter(2);
    RunHandle handle = cluster.start(plan, RunOptions.standard(), progress -> {});
    assertThatExceptionOfType(ClientCrash.class)
        .isThrownBy(() -> handle.outcome().toCompletableFuture().join());
    assertThat(cluster.writes()).hasSize(2);
  }

  @Test
  void wherever_a_client_dies_the_next_one_finishes_its_work() {
    SimulatedCluster whole = SimulatedCluster.create();
    assertThat(whole.run(Shop.deploy(whole, Shop.of("shop/api:1")), progress -> {})).isSuccess();
    List<String> expected = content(whole);
    for (int requests = 1; requests < MOST_REQUESTS; requests++) {
      SimulatedCluster cluster = SimulatedCluster.create();
      Plan plan = Shop.deploy(cluster, Shop.of("shop/api:1"));
      cluster.faults().crashAfter(requests);
      try {
        cluster.run(plan, progress -> {});
        assertThat(requests).isGreaterThan(4);
        return; // it needs no more requests than this
      } catch (ClientCrash dead) {
        Plan rest = Shop.deploy(cluster, Shop.of("shop/api:1"));
        assertThat(cluster.run(rest, progress -> {}))
            .describedAs("after a crash at request %s", requests)
            .isSuccess();
        cluster.settle();
        assertThat(content(cluster)).isEqualTo(expected);
        assertThat(Shop.plan(cluster, Shop.of("shop/api:1"))).isPlan().isEmpty();
      }
    }
    fail("the run sends more than %s requests", MOST_REQUESTS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatever_fails_on_the_way_clients_that_go_on_get_there(long seed) {
    SimulatedCluster cluster = SimulatedCluster.builder().seed(seed).build();
    List<Fault> faults =
        List.of(
            Fault.answer(500),
            Fault.answer(429),
            Fault.answer(503),
            Fault.lostBefore(),
            Fault.lostAfter(),
            Fault.lostThenEffective(java.time.Duration.ofSeconds(2)),
            Fault.staleBy(3));
    for (int i = 0; i < faults.size(); i++) {
      cluster.faults().sometimes(0.05, seed * 31 + i).happens(faults.get(i));
    }
    boolean success = false;
    for (int client = 0; client < 20 && !success; client++) {
      success = isDeployed(cluster);
      cluster.advance(java.time.Duration.ofSeconds(5));
    }
    assertThat(success).describedAs("seed %s", seed).isTrue();
    cluster.faults().clear();
    cluster.settle();
    assertThat(Shop.plan(cluster, Shop.of("shop/api:1"))).isPlan().isEmpty();
  }

  /** One client: looks, plans and runs; gives up whenever something is in its way. */
  private static boolean isDeployed(SimulatedCluster cluster) {
    try {
      return Shop.plan(cluster, Shop.of("shop/api:1"))
          .plan()
          .map(plan -> cluster.run(plan, progress -> {}).isSuccess())
          .orElse(false);
    } catch (ClusterException unreachable) {
      return false;
    }
  }

  /** What the application consists of in the end, without what a cluster draws by chance. */
  private static List<String> content(SimulatedCluster cluster) {
    return cluster.snapshot().objects().stream()
        .filter(object -> object.key().namespace().equals("default"))
        .filter(
            object ->
                List.of("Secret", "ConfigMap", "Service", "Deployment")
                    .contains(object.key().kind()))
        .map(CrashTest::text)
        .toList();
  }

  private static String text(LiveObject object) {
    Manifest bare =
        object
            .manifest()
            .without("metadata", "managedFields")
            .without("metadata", "uid")
            .without("metadata", "creationTimestamp")
            .without("metadata", "resourceVersion")
            .without("status");
    return bare.toJson();
  }
}
