package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.planning.PlanRequest;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import io.sailplan.run.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real run, driven over real connections, against a server that only keeps what it is sent. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunningTest {
  private final LoopbackServer server = new LoopbackServer();
  private final Map<String, String> stored = new ConcurrentHashMap<>();
  private final AtomicInteger version = new AtomicInteger(10);
  private final KubernetesCluster cluster =
      KubernetesCluster.builder().apiClient(new ApiClient().setBasePath(server.address())).build();

  /** What happens while the server works on a write. */
  private volatile LoopbackServer.Handler onWrite = (request, reply) -> {};

  @BeforeEach
  void keepWhatIsSent() {
    server.otherwise(
        (request, reply) -> {
          String path = request.line().substring(request.line().indexOf(' ') + 1);
          if (request.line().startsWith("PATCH")) {
            onWrite.answer(request, reply);
            boolean absent = !stored.containsKey(path);
            store(request, path);
            reply.json(absent ? 201 : 200, stored.get(path));
          } else if (stored.containsKey(path)) {
            reply.json(200, stored.get(path));
          } else {
            reply.json(404, Samples.status(404, "NotFound", "not found"));
          }
        });
  }

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  @Test
  void carries_out_a_plan_and_tells_what_happens() {
    List<Progress> progress = new ArrayList<>();

    Outcome outcome = cluster.run(plan(3), progress::add);

    assertThat(outcome.isSuccess()).as(explain(outcome)).isTrue();
    assertThat(stored.keySet())
        .contains("/api/v1/namespaces/shop/configmaps/m0", "/api/v1/namespaces/shop/configmaps/m2");
    assertThat(progress)
        .extracting(Progress::phase)
        .contains(Progress.Phase.STARTED, Progress.Phase.ENDED);
    assertThat(progress).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
  }

  @Test
  void keeps_no_more_requests_in_flight_than_allowed() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    onWrite =
        (request, reply) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          if (request.line().contains("/m")) {
            three.countDown();
            three.await(); // goes on only if three are in flight together
          }
          now.decrementAndGet();
        };

    Outcome outcome = cluster.run(plan(20), RunOptions.standard().concurrency(3), progress -> {});

    assertThat(outcome.isSuccess()).as(explain(outcome)).isTrue();
    assertThat(most).hasValue(3);
  }

  @Test
  void cancelling_starts_nothing_new_and_sees_to_its_end_what_is_in_flight() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    onWrite =
        (request, reply) -> {
          if (request.line().contains("/m")) {
            arrived.countDown();
            go.await();
          }
        };
    RunHandle run = cluster.start(plan(5), RunOptions.standard().concurrency(1), progress -> {});
    arrived.await();

    run.cancel();
    run.cancel();
    go.countDown();

    Outcome outcome = run.outcome().toCompletableFuture().get();
    assertThat(outcome.cancelled()).isTrue();
    assertThat(outcome.steps())
        .filteredOn(step -> step.step().id().contains("/m"))
        .extracting(step -> step.status())
        .contains(StepStatus.SUCCEEDED, StepStatus.CANCELLED)
        .doesNotContain(StepStatus.UNKNOWN);
    assertThat(stored.keySet().stream().filter(path -> path.contains("/m"))).hasSize(1);
  }

  @Test
  void an_interrupt_cancels_and_is_not_forgotten() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    onWrite =
        (request, reply) -> {
          arrived.countDown();
          go.await();
        };
    AtomicBoolean interrupted = new AtomicBoolean();
    FutureTask<Outcome> running =
        new FutureTask<>(
            () -> {
              Outcome outcome = cluster.run(plan(5), progress -> {});
              interrupted.set(Thread.currentThread().isInterrupted());
              return outcome;
            });
    Thread caller = new Thread(running);
    caller.start();
    arrived.await();

    caller.interrupt();
    go.countDown();

    assertThat(running.get().cancelled()).isTrue();
    assertThat(interrupted).isTrue();
  }

  @Test
  void a_write_whose_answer_was_lost_is_recognised() {
    AtomicBoolean cut = new AtomicBoolean();
    onWrite =
        (request, reply) -> {
          if (request.line().endsWith("/m1") && cut.compareAndSet(false, true)) {
            store(request, request.line().substring("PATCH ".length()));
            reply.cut();
          }
        };

    Outcome outcome = cluster.run(plan(3), progress -> {});

    assertThat(outcome.isSuccess()).as(explain(outcome)).isTrue();
    assertThat(server.received("PATCH /api/v1/namespaces/shop/configmaps/m1")).hasSize(1);
    assertThat(server.received("GET /api/v1/namespaces/shop/configmaps/m1")).isNotEmpty();
  }

  @Test
  void a_listener_that_fails_does_no_harm() {
    AtomicInteger told = new AtomicInteger();

    Outcome outcome =
        cluster.run(
            plan(2),
            progress -> {
              told.incrementAndGet();
              throw new IllegalStateException("listener");
            });

    assertThat(outcome.isSuccess()).as(explain(outcome)).isTrue();
    assertThat(told.get()).isGreaterThan(1);
  }

  @Test
  void closing_the_cluster_cancels_what_goes_on() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Semaphore never = new Semaphore(0);
    onWrite =
        (request, reply) -> {
          arrived.countDown();
          never.acquire();
        };
    RunHandle run =
        cluster.start(
            plan(3), RunOptions.standard().cancelGrace(Duration.ofMillis(50)), progress -> {});
    arrived.await();

    cluster.close();

    Outcome outcome = run.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(outcome.cancelled()).isTrue();
    assertThat(outcome.steps()).extracting(step -> step.status()).contains(StepStatus.UNKNOWN);
  }

  @Test
  void may_be_closed_by_its_own_listener() throws Exception {
    RunHandle run = cluster.start(plan(3), RunOptions.standard(), progress -> cluster.close());

    assertThat(run.outcome().toCompletableFuture().handle((outcome, failure) -> "ended").get())
        .isEqualTo("ended");
  }

  @Test
  void carries_requests_out_on_the_callers_executor() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (KubernetesCluster own =
        KubernetesCluster.builder()
            .apiClient(new ApiClient().setBasePath(server.address()))
            .executor(
                task -> {
                  tasks.incrementAndGet();
                  one.execute(task);
                })
            .build()) {
      assertThat(own.run(plan(3), progress -> {}).isSuccess()).isTrue();
    }
    assertThat(tasks.get()).isGreaterThanOrEqualTo(4);
    assertThat(one.isShutdown()).isFalse();
    one.shutdown();
  }

  /** Keeps an object, and who applied which fields of it. */
  private void store(LoopbackServer.Received request, String path) {
    Manifest sent =
        Manifest.parseJson(request.body())
            .without("metadata", "resourceVersion")
            .without("metadata", "managedFields");
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("manager", request.query().get("fieldManager"));
    entry.put("operation", "Apply");
    entry.put("apiVersion", sent.apiVersion());
    entry.put("fieldsType", "FieldsV1");
    entry.put(
        "fieldsV1",
        fields(
            sent.without("apiVersion")
                .without("kind")
                .without("metadata", "name")
                .without("metadata", "namespace")
                .tree()));
    stored.put(
        path,
        sent.with("uid-of-" + sent.name(), "metadata", "uid")
            .with(Integer.toString(version.incrementAndGet()), "metadata", "resourceVersion")
            .with(List.of(entry), "metadata", "managedFields")
            .toJson());
  }

  private static Map<String, Object> fields(Map<?, ?> tree) {
    Map<String, Object> fields = new LinkedHashMap<>();
    tree.forEach(
        (name, value) ->
            fields.put("f:" + name, value instanceof Map<?, ?> map ? fields(map) : Map.of()));
    return fields;
  }

  private static Plan plan(int objects) {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < objects; i++) {
      yaml.append("---\napiVersion: v1\nkind: ConfigMap\n")
          .append("metadata: {name: m" + i + ", namespace: shop}\ndata: {a: b}\n");
    }
    Application application = Application.read("app", yaml.toString()).inNamespace("shop");
    Snapshot nothing =
        Snapshot.of(
            List.of(
                LiveObject.of(
                    Manifest.parseJson(
                        """
                        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}"""))));
    return Planner.standard()
        .plan(PlanRequest.deploy(application, nothing).at(Instant.EPOCH))
        .orThrow();
  }

  private static String explain(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    outcome
        .failures()
        .forEach(step -> text.append(step.step().id() + ": " + step.explanation() + "\n"));
    return text.toString();
  }
}
