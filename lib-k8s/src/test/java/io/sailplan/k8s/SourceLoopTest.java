package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.reconcile.ReconcileEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The watches of a reconciler, against a server that answers what a test tells it to. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SourceLoopTest {
  private static final String MAPS = "GET /api/v1/namespaces/shop/configmaps";
  private static final Look ONE = new Look.AtObject(Samples.configMap("a"));
  private static final Look MINE = members("mine");

  private final LoopbackServer server = new LoopbackServer();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Calls calls = new Calls();
  private final CountDownLatch forever = new CountDownLatch(1);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Sources sources = sources();

  @AfterEach
  void close() {
    sources.close();
    forever.countDown();
    threads.shutdownNow();
    server.close();
  }

  @Test
  void says_that_it_has_missed_what_was_before_tells_what_is_there_and_then_what_changes()
      throws InterruptedException {
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> {
          LoopbackServer.Lines lines = reply.lines();
          lines.send(Samples.event("MODIFIED", Samples.object("a", "12")));
          lines.send(Samples.event("DELETED", Samples.object("a", "13")));
          forever.await();
        });
    sources.watch(ONE);
    assertTold("restored", "a@7", "a@12", "a gone@13");
    assertThat(server.received(MAPS).get(1).query())
        .containsEntry("fieldSelector", "metadata.name=a")
        .containsEntry("resourceVersion", "9");
  }

  @Test
  void after_a_cut_it_goes_on_from_where_it_was_and_has_missed_nothing()
      throws InterruptedException {
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> {
          reply.lines().send(Samples.event("MODIFIED", Samples.object("a", "12"))).send("{\"ty");
          throw new IOException("cut in the middle of a line");
        },
        (request, reply) -> {
          reply.lines().send(Samples.event("MODIFIED", Samples.object("a", "15")));
          forever.await();
        });
    sources.watch(ONE);
    assertTold("restored", "a@7", "a@12", "a@15");
    assertThat(server.received(MAPS))
        .extracting(request -> request.query().get("resourceVersion"))
        .containsExactly(null, "9", "12");
  }

  @Test
  void says_so_when_the_server_has_forgotten_where_it_was_and_tells_all_again()
      throws InterruptedException {
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) ->
            reply
                .lines()
                .send(
                    Samples.event(
                        "ERROR", Samples.status(410, "Expired", "too old resource version"))),
        list("50"), // it was deleted in between
        (request, reply) -> {
          reply.lines().send(Samples.event("ADDED", Samples.object("a", "55")));
          forever.await();
        });
    sources.watch(ONE);
    assertTold("restored", "a@7", "restored", "a gone@50", "a@55");
  }

  @Test
  void says_so_while_nothing_can_be_told() throws InterruptedException {
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> reply.json(503, Samples.status(503, "ServiceUnavailable", "later")),
        (request, reply) -> reply.json(503, Samples.status(503, "ServiceUnavailable", "later")),
        (request, reply) -> reply.json(503, Samples.status(503, "ServiceUnavailable", "later")),
        list("20", Samples.object("a", "18")),
        (request, reply) -> forever.await());
    sources.watch(ONE);
    assertTold("restored", "a@7", "lost", "restored", "a@18");
  }

  @Test
  void all_applications_share_one_watch_of_their_members_and_are_told_of_their_own()
      throws InterruptedException {
    CountDownLatch shared = new CountDownLatch(1);
    server.on(
        MAPS,
        list("9", member("a", "7", "mine"), member("b", "8", "theirs"), member("c", "6", "none")),
        (request, reply) -> {
          LoopbackServer.Lines lines = reply.lines();
          shared.await();
          lines.send(Samples.event("MODIFIED", member("c", "11", "none")));
          lines.send(Samples.event("MODIFIED", member("b", "12", "theirs")));
          lines.send(Samples.event("MODIFIED", member("a", "13", "theirs")));
          forever.await();
        });
    sources.watch(MINE);
    assertTold("restored", "a@7");
    sources.watch(members("theirs"));
    assertTold("restored", "b@8");
    sources.watch(MINE); // somebody else wants to know, too
    assertTold("restored", "a@7");
    shared.countDown();
    assertTold("b@12", "a@13");
    assertThat(server.received(MAPS)).hasSize(2);
    assertThat(server.received(MAPS).get(0).query())
        .containsEntry("labelSelector", Membership.PART_OF);
  }

  @Test
  void ends_its_request_once_nobody_wants_it_any_more() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    server.on(
        MAPS,
        list("9"),
        (request, reply) -> {
          reply.lines().send(Samples.bookmark("10"));
          begun.countDown();
          forever.await();
        });
    sources.watch(MINE);
    sources.watch(members("theirs"));
    begun.await();
    sources.unwatch(MINE);
    sources.unwatch(members("theirs"));
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  private void assertTold(String... expected) throws InterruptedException {
    for (String one : expected) {
      assertThat(told.take()).isEqualTo(one);
    }
  }

  private void tell(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.Changed changed) {
      told.add(changed.object().key().name() + "@" + changed.object().resourceVersion());
    } else if (event instanceof ReconcileEvent.Vanished gone) {
      told.add(gone.key().name() + " gone@" + gone.resourceVersion());
    } else {
      told.add(event instanceof ReconcileEvent.SourceLost ? "lost" : "restored");
    }
  }

  private static Look members(String application) {
    return new Look.AtList(
        new GroupKind("", "ConfigMap"), "shop", Map.of(Membership.PART_OF, application));
  }

  private static String member(String name, String version, String application) {
    return Manifest.parseJson(Samples.object(name, version))
        .with(application, "metadata", "labels", Membership.PART_OF)
        .toJson();
  }

  private static LoopbackServer.Handler list(String version, String... objects) {
    return (request, reply) -> reply.json(200, Samples.list(version, "", objects));
  }

  private Sources sources() {
    Wire wire =
        new Wire(
            Connection.through(
                new ApiClient().setBasePath(server.address()),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30)),
            Clock.systemUTC());
    Discovery discovery =
        new Discovery(new Reads(wire), new Parallel(threads, 1), calls, Duration.ofMillis(50));
    return new Sources(wire, discovery, calls, threads, Duration.ofSeconds(30), this::tell);
  }
}
