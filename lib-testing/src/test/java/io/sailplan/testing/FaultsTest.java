package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static final Manifest SETTINGS = Yaml.configMap("settings", "colour", "blue");
  private static final ObjectKey KEY = SETTINGS.key();

  private final SimulatedCluster cluster = SimulatedCluster.create();

  private Response write() {
    return cluster.send(Request.Apply.of(SETTINGS, "me"));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500, 503, 504})
  void an_answer_replaces_the_work(int status) {
    cluster.faults().onWrite(1).happens(Fault.answer(status));
    assertThat(write().status()).isEqualTo(status);
    assertThat(cluster.object(KEY)).isEmpty();
    assertThat(write().status()).isEqualTo(201);
  }

  @Test
  void too_many_requests_say_when_to_come_back() {
    cluster.faults().onRequest(1).happens(Fault.tooManyRequests(Duration.ofSeconds(7)));
    assertThat(write().retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void a_request_lost_before_has_no_effect() {
    cluster.faults().onWrite(1).happens(Fault.lostBefore());
    assertThatExceptionOfType(ClusterException.class).isThrownBy(this::write);
    assertThat(cluster.object(KEY)).isEmpty();
    assertThat(cluster.requests()).extracting(SentRequest::status).containsExactly(0);
  }

  @Test
  void a_request_lost_after_has_its_effect() {
    cluster.faults().onWrite(1).happens(Fault.lostAfter());
    assertThatExceptionOfType(ClusterException.class).isThrownBy(this::write);
    assertThat(cluster.object(KEY)).isPresent();
    assertThat(cluster.requests()).extracting(SentRequest::fault).containsExactly("lost after");
  }

  @Test
  void a_request_can_take_effect_when_its_client_has_given_up() {
    cluster.faults().onWrite(1).happens(Fault.lostThenEffective(Duration.ofSeconds(3)));
    assertThatExceptionOfType(ClusterException.class).isThrownBy(this::write);
    cluster.advance(Duration.ofSeconds(2));
    assertThat(cluster.object(KEY)).isEmpty();
    cluster.advance(Duration.ofSeconds(2));
    assertThat(cluster.object(KEY)).isPresent();
  }

  @Test
  void a_stale_read_shows_an_earlier_state() {
    write();
    cluster.send(Request.Apply.of(SETTINGS.with("red", "data", "colour"), "me"));
    cluster.faults().onEvery(request -> !request.isWrite()).happens(Fault.staleBy(1));
    Response old = cluster.send(new Request.Get(KEY));
    assertThat(old.object().manifest().string("data", "colour")).isEqualTo("blue");
    cluster.faults().clear();
    Response now = cluster.send(new Request.Get(KEY));
    assertThat(now.object().manifest().string("data", "colour")).isEqualTo("red");
  }

  @Test
  void a_stale_read_may_miss_what_is_there_and_see_what_is_gone() {
    write();
    cluster.faults().onFirst(request -> request instanceof Request.Get).happens(Fault.staleBy(1));
    assertThat(cluster.send(new Request.Get(KEY)).status()).isEqualTo(404);
    cluster.send(new Request.Delete(KEY, "", "", io.sailplan.plan.Propagation.BACKGROUND));
    cluster.faults().onFirst(request -> request instanceof Request.Get).happens(Fault.staleBy(1));
    assertThat(cluster.send(new Request.Get(KEY)).status()).isEqualTo(200);
  }

  @Test
  void rules_count_from_when_they_are_made_and_the_first_counts() {
    write();
    cluster.faults().onWrite(2).happens(Fault.answer(500));
    cluster.faults().onEvery(Request::isWrite).happens(Fault.answer(503));
    assertThat(write().status()).isEqualTo(503);
    assertThat(write().status()).isEqualTo(500);
    cluster.faults().clear();
    assertThat(write().status()).isEqualTo(200);
  }

  @Test
  void chance_comes_from_the_seed() {
    assertThat(statuses(7)).isEqualTo(statuses(7)).isNotEqualTo(statuses(8));
  }

  private static java.util.List<Integer> statuses(long seed) {
    SimulatedCluster cluster = SimulatedCluster.create();
    cluster.faults().sometimes(0.5, seed).happens(Fault.answer(500));
    java.util.List<Integer> statuses = new java.util.ArrayList<>();
    for (int i = 0; i < 64; i++) {
      statuses.add(cluster.send(new Request.Get(KEY)).status());
    }
    return statuses;
  }

  @Test
  void a_run_waits_as_long_as_the_server_asks() {
    cluster.faults().onWrite(1).happens(Fault.tooManyRequests(Duration.ofSeconds(8)));
    Instant before = cluster.now();
    assertThat(cluster.run(Shop.deploy(cluster, Shop.of("shop/api:1")), progress -> {}))
        .isSuccess();
    assertThat(Duration.between(before, cluster.now())).isGreaterThan(Duration.ofSeconds(8));
  }

  @Test
  void a_delayed_request_takes_its_time() {
    cluster.faults().onEvery(Request::isWrite).happens(Fault.delay(Duration.ofSeconds(2)));
    Instant before = cluster.now();
    assertThat(cluster.run(Shop.deploy(cluster, Shop.of("shop/api:1")), progress -> {}))
        .isSuccess();
    assertThat(Duration.between(before, cluster.now())).isGreaterThan(Duration.ofSeconds(4));
  }

  @Test
  void a_run_survives_watches_that_are_cut() {
    cluster.pods().all().are(PodBehaviour.readyAfter(Duration.ofSeconds(3)));
    var plan = Shop.deploy(cluster, Shop.of("shop/api:1"));
    cluster.faults().cutWatchesFor(Duration.ofSeconds(40));
    Instant before = cluster.now();
    assertThat(cluster.run(plan, progress -> {})).isSuccess();
    assertThat(Duration.between(before, cluster.now())).isGreaterThan(Duration.ofSeconds(39));
  }

  @Test
  void observing_is_patient() {
    cluster.faults().onRequest(1).happens(Fault.answer(503));
    cluster.faults().onRequest(2).happens(Fault.lostBefore());
    assertThat(Shop.plan(cluster, Shop.of("shop/api:1"))).isPlan();
  }

  @Test
  void observing_gives_up_in_the_end() {
    cluster.faults().onEvery(request -> true).happens(Fault.answer(503));
    assertThatThrownBy(() -> Shop.plan(cluster, Shop.of("shop/api:1")))
        .isInstanceOf(ClusterException.class);
  }

  @Test
  void a_read_that_is_forbidden_is_not_looked_at() {
    cluster
        .faults()
        .onEvery(request -> request instanceof Request.Get get && get.key().kind().equals("Secret"))
        .happens(Fault.answer(403));
    var seen = cluster.observe(io.sailplan.planning.ObservationScope.of(Shop.of("shop/api:1")));
    assertThat(seen.refused()).isNotEmpty();
    assertThat(seen.lookup(new ObjectKey("", "Secret", "default", "db")))
        .isInstanceOf(io.sailplan.model.Lookup.NotLookedAt.class);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.answer(200))
        .withMessageStartingWith("status ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster.faults().onRequest(0))
        .withMessageStartingWith("number ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster.faults().sometimes(2, 0))
        .withMessageStartingWith("probability ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster.faults().crashAfter(0))
        .withMessageStartingWith("requests ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.staleBy(0))
        .withMessageStartingWith("revisions ");
  }
}
