package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Look;
import io.sailplan.model.Lookup;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.run.ClusterException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveTest {
  private static final String SECRETS = "/api/v1/namespaces/shop/secrets";
  private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
  private static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");

  private final LoopbackServer server = new LoopbackServer();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Calls calls = new Calls();
  private final Reads reads =
      new Reads(
          new Wire(
              Connection.through(
                  new ApiClient().setBasePath(server.address()),
                  Duration.ofSeconds(20),
                  Duration.ofSeconds(20)),
              Clock.systemUTC()));
  private final Parallel parallel = new Parallel(threads, 8);
  private final Observer observer =
      new Observer(reads, new Discovery(reads, parallel, calls, Duration.ofMinutes(1)), parallel);

  @AfterEach
  void close() {
    calls.cancel();
    threads.shutdownNow();
    server.close();
  }

  @Test
  void absent_and_refused_and_not_looked_at_are_three_things() {
    server.always("GET " + MAPS + "/there", Samples.object("there", "7"));
    server.on(
        "GET " + MAPS + "/hidden",
        (request, reply) -> reply.json(403, Samples.status(403, "Forbidden", "not for you")));

    Snapshot seen = observe(named("there"), named("gone"), named("hidden"));

    assertThat(seen.find(Samples.configMap("there"))).isPresent();
    assertThat(seen.lookup(Samples.configMap("gone"))).isInstanceOf(Lookup.Absent.class);
    assertThat(seen.refused().get(named("hidden"))).contains("not for you").contains("403");
    assertThat(seen.lookup(Samples.configMap("other"))).isInstanceOf(Lookup.NotLookedAt.class);
  }

  @Test
  void what_is_not_served_is_absent() {
    ObjectKey widget = new ObjectKey("example.com", "Widget", "shop", "w");

    Snapshot seen =
        observe(
            new Look.AtObject(widget),
            new Look.AtList(widget.groupKind(), "shop", Map.of("a", "b")));

    assertThat(seen.lookup(widget)).isInstanceOf(Lookup.Absent.class);
    assertThat(seen.hasTaken(new Look.AtList(widget.groupKind(), "shop", Map.of("a", "b"))))
        .isTrue();
    assertThat(server.received("GET /apis")).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void what_an_api_holds_whose_server_does_not_answer_is_not_looked_at() {
    String gone = "{\"version\":\"v1\",\"freshness\":\"Stale\"}";
    String stale =
        Samples.version("v1", Samples.resource("things", "Thing", "Namespaced"))
            .replaceFirst("\\{", "{\"freshness\":\"Stale\",");
    server.always(
        "GET /apis",
        Samples.discovery(
            Samples.group("gone.example.com", gone), Samples.group("stale.example.com", stale)));
    server.on(
        "GET /apis/stale.example.com/v1/namespaces/shop/things/one",
        (request, reply) -> reply.send(503, "text/plain", "service unavailable\n"));
    server.on(
        "GET /apis/stale.example.com/v1/namespaces/shop/things",
        (request, reply) ->
            reply.json(
                503,
                Samples.status(
                    503,
                    "ServiceUnavailable",
                    "error trying to reach service: connection refused")));
    server.always("GET " + MAPS + "/there", Samples.object("there", "7"));
    ObjectKey unknown = new ObjectKey("gone.example.com", "Thing", "shop", "one");
    ObjectKey known = new ObjectKey("stale.example.com", "Thing", "shop", "one");
    Look all = new Look.AtList(known.groupKind(), "shop", Map.of());

    Snapshot seen =
        observe(named("there"), new Look.AtObject(unknown), new Look.AtObject(known), all);

    assertThat(seen.unavailable()).containsOnlyKeys("gone.example.com/v1", "stale.example.com/v1");
    assertThat(seen.lookup(unknown)).isInstanceOf(Lookup.NotLookedAt.class);
    assertThat(seen.lookup(known)).isInstanceOf(Lookup.NotLookedAt.class);
    assertThat(seen.refused().get(all)).contains("error trying to reach service");
    assertThat(seen.find(Samples.configMap("there"))).isPresent();
    assertThat(server.received("GET /apis/stale.example.com/v1/namespaces/shop/things/one"))
        .hasSize(1);
  }

  @Test
  void tells_what_the_server_serves_preferred_versions_first() {
    assertThat(observe(named("x")).served().orElseThrow())
        .extracting(resource -> resource.kind().apiVersion() + " " + resource.plural())
        .containsExactly(
            "v1 configmaps",
            "v1 namespaces",
            "v1 pods",
            "v1 secrets",
            "apps/v1 deployments",
            "autoscaling/v2 horizontalpodautoscalers",
            "autoscaling/v1 horizontalpodautoscalers");
  }

  @Test
  void lists_by_label_page_by_page() {
    server.on(
        "GET " + MAPS,
        (request, reply) -> reply.json(200, Samples.list("9", "p2", Samples.object("a", "1"))),
        (request, reply) -> reply.json(200, Samples.list("9", "", Samples.object("b", "2"))));

    Snapshot seen = observe(new Look.AtList(CONFIG_MAP, "shop", Map.of("app", "shop")));

    assertThat(seen.objects()).extracting(one -> one.key().name()).containsExactly("a", "b");
    assertThat(server.received("GET " + MAPS))
        .allSatisfy(one -> assertThat(one.query()).containsEntry("labelSelector", "app=shop"));
  }

  @Test
  void asks_on_as_long_as_the_scope_wants_more() {
    server.always("GET " + MAPS + "/first", Samples.object("first", "1"));
    server.always("GET " + MAPS + "/second", Samples.object("second", "2"));

    Snapshot seen =
        observer.observe(
            so_far ->
                so_far.find(Samples.configMap("first")).isEmpty()
                    ? List.of(named("first"))
                    : so_far.hasTaken(named("second")) ? List.of() : List.of(named("second")),
            calls);

    assertThat(seen.objects()).hasSize(2);
  }

  @Test
  void takes_many_looks_at_once_but_not_more_than_eight() throws Exception {
    CountDownLatch eight = new CountDownLatch(8);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore gate = new Semaphore(0);
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String namespace = "n" + i;
      looks.add(new Look.AtObject(new ObjectKey("", "ConfigMap", namespace, "a")));
      server.on(
          "GET /api/v1/namespaces/" + namespace + "/configmaps/a",
          (request, reply) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            eight.countDown();
            gate.acquire();
            now.decrementAndGet();
            reply.json(404, Samples.status(404, "NotFound", "no"));
          });
    }
    threads.execute(
        () -> {
          try {
            eight.await(); // if fewer ever came, the test would not end in time
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          gate.release(30);
        });

    observe(looks.toArray(Look[]::new));

    assertThat(most).hasValue(8);
  }

  @Test
  void works_with_an_executor_that_never_has_a_thread_free() {
    Observer alone =
        new Observer(
            reads,
            new Discovery(reads, parallel, calls, Duration.ofMinutes(1)),
            new Parallel(task -> {}, 8));

    assertThat(alone.observe(once(named("a"), named("b")), calls).objects()).isEmpty();
    assertThat(server.received("GET " + MAPS + "/b")).hasSize(1);
  }

  @Test
  void reads_many_named_objects_by_one_short_list() {
    server.always("GET " + MAPS, Samples.list("9", "", Samples.object("m3", "5")));
    Look[] looks = many(Observer.MANY);

    Snapshot seen = observe(looks);

    assertThat(seen.objects()).extracting(one -> one.key().name()).containsExactly("m3");
    assertThat(looks).allMatch(seen::hasTaken);
    assertThat(server.received().stream().filter(one -> one.line().contains("configmaps/")))
        .isEmpty();
  }

  @Test
  void reads_many_named_objects_one_by_one_in_a_crowded_namespace() {
    server.always("GET " + MAPS, Samples.list("9", "more", Samples.object("x", "5")));
    server.always("GET " + MAPS + "/m3", Samples.object("m3", "5"));

    Snapshot seen = observe(many(Observer.MANY));

    assertThat(seen.objects()).extracting(one -> one.key().name()).containsExactly("m3");
    assertThat(server.received("GET " + MAPS)).hasSize(1);
    assertThat(server.received().stream().filter(one -> one.line().contains("configmaps/")))
        .hasSize(Observer.MANY);
  }

  @Test
  void reads_many_named_objects_one_by_one_where_lists_are_forbidden() {
    server.on(
        "GET " + MAPS,
        (request, reply) -> reply.json(403, Samples.status(403, "Forbidden", "no lists")));

    Snapshot seen = observe(many(Observer.MANY));

    assertThat(seen.refused()).isEmpty();
    assertThat(seen.lookup(Samples.configMap("m0"))).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void asks_for_the_names_of_secrets_and_reads_only_those_that_are_wanted_and_exist() {
    server.always(
        "GET " + SECRETS,
        """
        {"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"9"},
         "rows":[{"cells":["s3","Opaque",1,"5d"],"object":null},
                 {"cells":["foreign","Opaque",1,"5d"],"object":null}]}""");
    server.always("GET " + SECRETS + "/s3", secret("s3"));
    Look[] looks = secrets(20);

    Snapshot seen = observe(looks);

    assertThat(seen.objects()).extracting(one -> one.key().name()).containsExactly("s3");
    assertThat(looks).allMatch(seen::hasTaken);
    assertThat(server.received().stream().filter(one -> one.line().contains("secrets/")))
        .hasSize(1);
    LoopbackServer.Received list = server.received("GET " + SECRETS).get(0);
    assertThat(list.headers().get("accept")).startsWith("application/json;as=Table");
    assertThat(list.query()).containsEntry("includeObject", "None").containsEntry("limit", "60");
  }

  @Test
  void reads_secrets_one_by_one_where_their_names_are_not_to_be_had() {
    Look[] looks = secrets(20); // the server knows no list, and answers 404

    Snapshot seen = observe(looks);

    assertThat(looks).allMatch(seen::hasTaken);
    assertThat(server.received("GET " + SECRETS + "/s19")).hasSize(1);
  }

  private static Look[] secrets(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> new Look.AtObject(new ObjectKey("", "Secret", "shop", "s" + i)))
        .toArray(Look[]::new);
  }

  private static String secret(String name) {
    return """
        {"kind":"Secret","apiVersion":"v1",
         "metadata":{"name":"%s","namespace":"shop","resourceVersion":"5"}}"""
        .formatted(name);
  }

  @Test
  void asks_a_busy_server_again() {
    server.on(
        "GET " + MAPS + "/a",
        (request, reply) -> reply.header("Retry-After", "0").send(429, "text/plain", "busy"),
        (request, reply) -> reply.header("Retry-After", "0").send(503, "text/plain", "busy"),
        (request, reply) -> reply.json(200, Samples.object("a", "1")));

    assertThat(observe(named("a")).objects()).hasSize(1);
  }

  @Test
  void gives_up_on_a_server_that_stays_broken() {
    server.on(
        "GET " + MAPS + "/a",
        (request, reply) -> reply.json(500, Samples.status(500, "InternalError", "etcd is down")));

    assertThatThrownBy(() -> observe(named("a")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("ConfigMap shop/a")
        .hasMessageContaining("etcd is down");
  }

  private Snapshot observe(Look... looks) {
    return observer.observe(once(looks), calls);
  }

  private static Function<Snapshot, List<Look>> once(Look... looks) {
    return seen ->
        Arrays.stream(looks)
            .filter(look -> !seen.hasTaken(look) && !seen.refused().containsKey(look))
            .toList();
  }

  private static Look named(String name) {
    return new Look.AtObject(Samples.configMap(name));
  }

  private static Look[] many(int count) {
    return IntStream.range(0, count).mapToObj(i -> named("m" + i)).toArray(Look[]::new);
  }
}
