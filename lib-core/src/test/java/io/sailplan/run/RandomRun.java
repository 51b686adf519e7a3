package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.run.TestWorld.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A random plan of up to 30 steps against a random world: slow, refusing, forgetful servers, other
 * writers, controllers that finish or do not, late and stale observations, cancellations.
 */
final class RandomRun {
  static final String FOREIGN = "foreign";

  final Plan plan;
  final TestWorld world;
  final RunOptions options;
  final boolean interference;
  final Map<ObjectKey, String> before = new TreeMap<>();
  final TreeSet<ObjectKey> foreign = new TreeSet<>();
  final TreeSet<ObjectKey> madeReady = new TreeSet<>();
  private final Random random;
  private final Random luck;
  private final int trouble;
  private final TestServer setup = new TestServer();
  private final List<Runnable> replay = new ArrayList<>();
  private final Map<String, Step> steps = new LinkedHashMap<>();

  RandomRun(long seed) {
    random = new Random(seed);
    luck = new Random(seed + 1);
    trouble = random.nextInt(4) * 8;
    interference = random.nextInt(3) == 0;
    int objects = 1 + random.nextInt(12);
    for (int i = 0; i < objects && steps.size() < 28; i++) {
      object(i);
    }
    plan = Fixtures.plan(steps.values().toArray(new Step[0]));
    Random jitter = new Random(seed);
    options =
        RunOptions.standard()
            .concurrency(1 + random.nextInt(6))
            .jitter(jitter::nextDouble)
            .cancelGrace(Duration.ofSeconds(random.nextInt(20)));
    world = new TestWorld(plan, options);
    replay.forEach(Runnable::run);
    world.fates(this::fate).watchLag(Duration.ofMillis(random.nextInt(800)));
    if (random.nextInt(3) == 0) {
      world.cancelAt(Duration.ofMillis(random.nextInt(20_000)));
    }
    for (Step step : plan.steps()) {
      if (step instanceof Step.AwaitReady && random.nextInt(5) > 0) {
        becomesReady(step.target().key(), 1);
      }
      if (interference && random.nextInt(4) == 0) {
        disturbed(step.target().key());
      }
      if (random.nextInt(4) == 0) {
        isSeenLate(step.target().key());
      }
    }
  }

  private void object(int number) {
    Manifest object = manifest("o" + number, "new");
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        Step create = add(Fixtures.create(object, before()));
        if (random.nextBoolean()) {
          add(Fixtures.patch(object, "", List.of(PatchOperation.add("/data/p", "1")), create.id()));
        }
        if (random.nextBoolean()) {
          add(Fixtures.ready(object, create.id()));
        }
      }
      case 2 -> {
        LiveObject seen = existing(number);
        Step apply = add(Fixtures.apply(object, seen, before()));
        if (random.nextBoolean()) {
          add(Fixtures.ready(object, apply.id()));
        }
      }
      case 3 -> {
        LiveObject seen = existing(number);
        Step delete = add(Fixtures.delete(object, seen.uid(), before()));
        add(Fixtures.gone(object, seen.uid(), delete.id()));
      }
      case 4 -> {
        boolean rescue = random.nextInt(3) > 0;
        Step gate =
            add(
                Fixtures.gate(
                    "gate " + number,
                    rescue ? Step.Gate.Opens.ANY_FAILED : Step.Gate.Opens.ALL_SUCCEEDED,
                    before()));
        add(Fixtures.create(object, gate.id()));
      }
      default ->
          add(
              new Step.Unchanged(
                  "unchanged " + object.name(),
                  Fixtures.target(object),
                  "it is as declared",
                  List.of(before()),
                  false));
    }
  }

  private Manifest manifest(String name, String value) {
    return Fixtures.json(
        "{'apiVersion':'example.org/v1','kind':'Widget','metadata':{'name':'"
            + name
            + "','namespace':'shop'},'data':{'a':'"
            + value
            + "'}}");
  }

  private LiveObject existing(int number) {
    Request.Apply request = Request.Apply.of(manifest("o" + number, "old"), Fixtures.MANAGER);
    LiveObject made = setup.handle(request).object();
    before.put(made.key(), made.uid());
    replay.add(() -> world().server.handle(request));
    return made;
  }

  private TestWorld world() {
    return world;
  }

  private String[] before() {
    TreeSet<String> ids = new TreeSet<>();
    for (String id : steps.keySet()) {
      if (random.nextInt(6) == 0) {
        ids.add(id);
      }
    }
    return ids.toArray(new String[0]);
  }

  private Step add(Step step) {
    steps.put(step.id(), step);
    return step;
  }

  /** A controller notices the object after a while, and makes it ready. */
  private void becomesReady(ObjectKey key, int tries) {
    world.at(
        Duration.ofMillis((long) tries * (500 + random.nextInt(4000))),
        () -> {
          LiveObject live = world.server.find(key);
          if (live != null
              && !live.isTerminating()
              && !live.manifest().string("data", "a").equals("old")) {
            madeReady.add(key);
            world.server.put(live.manifest().with("Ready", "status", "phase"));
          }
        });
    if (tries < 20) {
      becomesReady(key, tries + 1);
    }
  }

  /** Somebody else makes, changes, touches, deletes or replaces the object. */
  private void disturbed(ObjectKey key) {
    int what = random.nextInt(4);
    world.at(
        Duration.ofMillis(random.nextInt(6000)),
        () -> {
          LiveObject live = world.server.find(key);
          Manifest base = live == null ? manifest(key.name(), "") : live.manifest();
          switch (what) {
            case 0 -> {
              foreign.add(key);
              world.server.put(base.with(FOREIGN, "data", "a"));
            }
            case 1 -> world.server.put(base.with("x", "metadata", "annotations", "touched"));
            case 2 -> {
              foreign.remove(key);
              world.server.remove(key);
            }
            default -> {
              foreign.add(key);
              world.server.remove(key);
              world.server.put(manifest(key.name(), FOREIGN));
            }
          }
        });
  }

  /** An observation from long before arrives late: a ready object that is older than any write. */
  private void isSeenLate(ObjectKey key) {
    world.at(
        Duration.ofMillis(random.nextInt(20_000)),
        () -> {
          LiveObject live = world.server.find(key);
          String uid = live == null ? "uid-1" : live.uid();
          world.tell(
              new RunEvent.Observed(
                  LiveObject.of(
                      manifest(key.name(), "new")
                          .with(uid, "metadata", "uid")
                          .with("1", "metadata", "resourceVersion")
                          .with("Ready", "status", "phase"))));
        });
  }

  private Fate fate(Request request, long number) {
    Duration latency = Duration.ofMillis(luck.nextInt(luck.nextInt(10) == 0 ? 8000 : 400));
    boolean effect = luck.nextBoolean();
    if (luck.nextInt(100) >= trouble) {
      return Fate.normal().after(latency);
    }
    int sort = luck.nextInt(request.isWrite() ? 10 : 5);
    Fate fate =
        switch (sort) {
          case 0 -> Fate.answers(text(429, "Too many requests, please try again later."));
          case 1 ->
              new Fate(
                  latency,
                  TestServer.error(503, "ServiceUnavailable", "no", Map.of()),
                  effect,
                  true);
          case 2 ->
              new Fate(
                  latency, TestServer.error(504, "Timeout", "too slow", Map.of()), effect, true);
          case 3 -> effect ? Fate.lostAfter() : Fate.lostBefore();
          case 4 -> luck.nextInt(4) == 0 ? Fate.never() : Fate.lostBefore();
          case 5 ->
              Fate.answers(
                  TestServer.error(
                      500,
                      "InternalError",
                      "Internal error occurred: failed calling webhook",
                      Map.of()));
          case 6 ->
              new Fate(
                  latency, TestServer.error(500, "InternalError", "etcd", Map.of()), effect, true);
          case 7 -> Fate.answers(TestServer.error(403, "Forbidden", "no", Map.of()));
          case 8 ->
              Fate.answers(TestServer.error(500, "", "failed to create typed patch", Map.of()));
          default -> Fate.answers(TestServer.error(422, "Invalid", "it is invalid", causes()));
        };
    return sort == 4 ? fate : fate.after(latency);
  }

  private static Map<String, Object> causes() {
    return Map.of("causes", List.of(Map.of("field", "spec.x", "message", "bad")));
  }

  private static Response text(int status, @Nullable String text) {
    return new Response(status, null, text == null ? "" : text, Duration.ofSeconds(1), List.of());
  }
}
