package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.RunEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchTest {
  private static final String MAPS = "GET /api/v1/namespaces/shop/configmaps";
  private static final Map<String, String> LABELS = Map.of("app", "shop");

  private final LoopbackServer server = new LoopbackServer();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Calls calls = new Calls();
  private final Mailbox mailbox = new Mailbox(new RunClock(Clock.systemUTC()));
  private final CountDownLatch forever = new CountDownLatch(1);
  private final Watches watches = watches();

  @AfterEach
  void close() {
    watches.close();
    forever.countDown();
    threads.shutdownNow();
    server.close();
  }

  @Test
  void tells_what_is_there_and_what_is_not_and_then_what_changes() throws InterruptedException {
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> {
          LoopbackServer.Lines lines = reply.lines();
          lines.send(Samples.event("ADDED", Samples.object("b", "10")));
          lines.send(Samples.event("ADDED", Samples.object("nobody-asked", "11")));
          lines.send(Samples.event("MODIFIED", Samples.object("a", "12")));
          lines.send(Samples.event("DELETED", Samples.object("b", "13")));
          forever.await();
        });
    watches.watch(Samples.configMap("a"), LABELS);
    watches.watch(Samples.configMap("b"), LABELS);

    List<String> seen = new ArrayList<>();
    while (!seen.containsAll(List.of("a@12", "b gone@13"))) {
      seen.add(text(mailbox.take()));
    }
    assertThat(seen).doesNotContain("nobody-asked@11");
    assertThat(server.received(MAPS)).hasSize(2);
    assertThat(server.received(MAPS).get(0).query())
        .containsEntry("labelSelector", "app=shop")
        .doesNotContainKey("watch");
    assertThat(server.received(MAPS).get(1).query())
        .containsEntry("labelSelector", "app=shop")
        .containsEntry("watch", "true")
        .containsEntry("allowWatchBookmarks", "true")
        .containsEntry("resourceVersion", "9");
    assertThat(Integer.parseInt(server.received(MAPS).get(1).query().get("timeoutSeconds")))
        .isBetween(30, 60);
  }

  @Test
  void goes_on_from_where_a_watch_was_cut() throws InterruptedException {
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
    watches.watch(Samples.configMap("a"), LABELS);

    until("a@15");
    assertThat(server.received(MAPS))
        .extracting(request -> request.query().get("resourceVersion"))
        .containsExactly(null, "9", "12");
  }

  @Test
  void goes_on_from_a_bookmark_after_an_ordinary_end() throws InterruptedException {
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> reply.lines().send(Samples.bookmark("40")),
        (request, reply) -> {
          reply.lines().send(Samples.event("MODIFIED", Samples.object("a", "41")));
          forever.await();
        });
    watches.watch(Samples.configMap("a"), LABELS);

    until("a@41");
    assertThat(server.received(MAPS))
        .extracting(request -> request.query().get("resourceVersion"))
        .containsExactly(null, "9", "40");
  }

  @Test
  void lists_again_after_the_server_has_forgotten_where_it_was() throws InterruptedException {
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
        (request, reply) -> reply.json(410, Samples.status(410, "Expired", "too old")),
        list("60", Samples.object("a", "55")),
        (request, reply) -> forever.await());
    watches.watch(Samples.configMap("a"), LABELS);

    until("a gone@50");
    until("a@55");
  }

  @Test
  void tells_of_a_later_key_at_once_without_another_list() throws InterruptedException {
    server.on(
        MAPS,
        list("9", Samples.object("a", "7"), Samples.object("b", "8")),
        (request, reply) -> forever.await());
    watches.watch(Samples.configMap("a"), LABELS);
    until("a@7");

    watches.watch(Samples.configMap("b"), LABELS);
    watches.watch(Samples.configMap("c"), LABELS);

    until("b@8");
    until("c gone@9");
    watches.watch(Samples.configMap("a"), LABELS); // and again, if it is asked for again
    until("a@7");
  }

  @Test
  void watches_by_name_what_has_no_labels_until_there_are_many() throws InterruptedException {
    server.on(
        MAPS,
        (request, reply) -> {
          if (request.query().containsKey("watch")) {
            forever.await();
          }
          String field = request.query().getOrDefault("fieldSelector", "=m8");
          String name = field.substring(field.indexOf('=') + 1);
          reply.json(200, Samples.list("9", "", Samples.object(name, "7")));
        });
    for (int i = 0; i < 9; i++) {
      watches.watch(Samples.configMap("m" + i), Map.of());
      until("m" + i + "@7");
    }
    assertThat(server.received(MAPS))
        .filteredOn(request -> !request.query().containsKey("watch"))
        .extracting(request -> request.query().get("fieldSelector"))
        .containsExactly(
            "metadata.name=m0",
            "metadata.name=m1",
            "metadata.name=m2",
            "metadata.name=m3",
            "metadata.name=m4",
            "metadata.name=m5",
            "metadata.name=m6",
            "metadata.name=m7",
            null);
  }

  @Test
  void reads_objects_one_by_one_where_lists_are_forbidden() throws InterruptedException {
    server.on(
        MAPS, (request, reply) -> reply.json(403, Samples.status(403, "Forbidden", "no lists")));
    server.on(
        MAPS + "/a",
        (request, reply) -> reply.json(404, Samples.status(404, "NotFound", "not yet")),
        (request, reply) -> reply.json(200, Samples.object("a", "5")));
    watches.watch(Samples.configMap("a"), LABELS);

    until("a gone@");
    until("a@5");
  }

  @Test
  void waits_for_a_kind_that_is_not_served_yet() throws InterruptedException {
    ObjectKey widget = new ObjectKey("example.com", "Widget", "shop", "w");
    String widgets = "GET /apis/example.com/v1/namespaces/shop/widgets";
    server.on(
        widgets,
        (request, reply) -> {
          if (request.query().containsKey("watch")) {
            forever.await();
          }
          reply.json(
              200,
              """
              {"kind":"WidgetList","apiVersion":"example.com/v1",
               "metadata":{"resourceVersion":"9"},
               "items":[{"metadata":{"name":"w","namespace":"shop","resourceVersion":"7"}}]}""");
        });
    watches.watch(widget, LABELS);
    until("w gone@");

    server.always(
        "GET /apis",
        Samples.discovery(
            Samples.group(
                "example.com",
                Samples.version("v1", Samples.resource("widgets", "Widget", "Namespaced")))));

    until("w@7");
  }

  @Test
  void of_one_object_ends_with_it() throws InterruptedException {
    CountDownLatch ended = watched(Map.of());

    watches.unwatch(Samples.configMap("a"));

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void of_many_objects_ends_with_the_run() throws InterruptedException {
    CountDownLatch ended = watched(LABELS);

    watches.unwatch(Samples.configMap("a"));
    watches.close();

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void of_many_objects_stays_for_the_next_of_them() throws InterruptedException {
    CountDownLatch letGo = new CountDownLatch(1);
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> {
          LoopbackServer.Lines lines = reply.lines();
          lines.send(Samples.bookmark("9"));
          letGo.await();
          lines.send(Samples.event("ADDED", Samples.object("b", "11")));
          forever.await();
        });
    watches.watch(Samples.configMap("a"), LABELS);
    until("a@7");
    for (int i = 0; i < 100; i++) {
      watches.unwatch(Samples.configMap("a"));
      watches.watch(Samples.configMap("a"), LABELS);
      until("a@7");
    }
    watches.unwatch(Samples.configMap("a"));
    letGo.countDown();
    watches.watch(Samples.configMap("b"), LABELS);

    until("b@11");
    assertThat(server.received(MAPS)).hasSize(2);
  }

  @Test
  void that_ran_out_while_nobody_asked_begins_with_a_list_when_somebody_does()
      throws InterruptedException {
    CountDownLatch letGo = new CountDownLatch(1);
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> {
          reply.lines().send(Samples.bookmark("9"));
          letGo.await();
        },
        list("50", Samples.object("a", "40")),
        (request, reply) -> forever.await());
    watches.watch(Samples.configMap("a"), LABELS);
    until("a@7");
    watches.unwatch(Samples.configMap("a"));
    letGo.countDown();
    while (!rests()) {
      Thread.onSpinWait();
    }

    watches.watch(Samples.configMap("a"), LABELS);

    assertThat(text(mailbox.take())).isEqualTo("a@40");
  }

  /** Watches one object; what is returned comes to zero when the server sees the watch end. */
  private CountDownLatch watched(Map<String, String> labels) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    server.on(
        MAPS,
        list("9", Samples.object("a", "7")),
        (request, reply) -> {
          LoopbackServer.Lines lines = reply.lines();
          try {
            while (true) {
              lines.send(Samples.bookmark("9")); // fails when the client has gone
              begun.countDown();
            }
          } catch (IOException gone) {
            ended.countDown();
          }
        });
    watches.watch(Samples.configMap("a"), labels);
    until("a@7");
    begun.await();
    return ended;
  }

  private static boolean rests() {
    return Thread.getAllStackTraces().values().stream()
        .map(List::of)
        .filter(stack -> stack.stream().anyMatch(WatchTest::isLoop))
        .anyMatch(stack -> stack.get(0).getClassName().equals(Object.class.getName()));
  }

  private static boolean isLoop(StackTraceElement frame) {
    return frame.getClassName().equals(WatchLoop.class.getName())
        && frame.getMethodName().equals("isWanted");
  }

  private static LoopbackServer.Handler list(String version, String... objects) {
    return (request, reply) -> reply.json(200, Samples.list(version, "", objects));
  }

  /** Takes events until this one comes. */
  private void until(String wanted) throws InterruptedException {
    while (!text(mailbox.take()).equals(wanted)) {
      Thread.onSpinWait();
    }
  }

  private static String text(RunEvent event) {
    return event instanceof RunEvent.Observed observed
        ? observed.object().key().name() + "@" + observed.object().resourceVersion()
        : ((RunEvent.Vanished) event).key().name()
            + " gone@"
            + ((RunEvent.Vanished) event).resourceVersion();
  }

  private Watches watches() {
    Wire wire =
        new Wire(
            Connection.through(
                new ApiClient().setBasePath(server.address()),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30)),
            Clock.systemUTC());
    Discovery discovery =
        new Discovery(new Reads(wire), new Parallel(threads, 1), calls, Duration.ofMillis(50));
    return new Watches(wire, discovery, mailbox, calls, threads, Duration.ofSeconds(30));
  }
}
