package io.sailplan.k8s.differential;

import io.sailplan.k8s.differential.Corpus.Place;
import io.sailplan.k8s.differential.Outcome.Verdict;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.ObservationScope;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Random cases, each made by its seed and number alone. */
final class Cases {
  private static final String SPACE = "differential";
  private static final String APART = "differential-apart";
  private static final String POD = GroupVersionKind.of("v1", "Pod").toString();
  private static final int WIDTH = 6;

  private final Server server;
  private final long seed;
  private final Corpus corpus = Corpus.load();
  private final ShapeCatalog catalog;
  private final ValuePools pools;
  private final List<GroupVersionKind> kinds;
  private final Map<GroupVersionKind, Snapshot> facts = new ConcurrentHashMap<>();

  Cases(Server server, long seed) {
    this.server = server;
    this.seed = seed;
    this.catalog = ShapeCatalog.builtIn().withCustomResources(corpus.definitions());
    this.pools = new ValuePools(corpus, catalog);
    furnish();
    this.kinds = List.copyOf(server.patchable().values());
  }

  /** What everything else needs, and the custom kinds; waits until these are served. */
  private void furnish() {
    for (Manifest manifest : Corpus.read("furniture.yaml")) {
      KindShape shape = catalog.find(manifest).orElseThrow();
      if (!server.apply(shape, manifest, "test", true).isSuccess()) {
        throw new IllegalStateException("cannot make " + manifest);
      }
    }
    for (String space : List.of(SPACE, "differential-limited")) {
      server.await(new ObjectKey("", "ServiceAccount", space, "default"), catalog);
    }
    for (Manifest definition : corpus.definitions()) {
      server.apply(catalog.find(definition).orElseThrow(), definition, "test", true);
    }
    for (Manifest object : corpus.objects()) {
      KindShape shape = catalog.find(object).orElseThrow();
      if (shape.custom()) {
        Manifest named = Corpus.named(object, new Place("first", SPACE, APART, 1));
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (server.apply(shape, named, "test", true).status() == 404
            && System.nanoTime() < deadline) {
          Thread.onSpinWait();
        }
        server.remove(shape, named);
      }
    }
  }

  /** The kinds of which the corpus has no object. */
  List<GroupVersionKind> missing() {
    return kinds.stream().filter(kind -> corpus.objects(kind).isEmpty()).toList();
  }

  Tally run(List<Integer> numbers) {
    // What a kind's server facts are is asked once, before anything of it exists.
    kinds.stream()
        .filter(kind -> !kind.toString().equals(POD))
        .forEach(kind -> facts(kind, corpus.objects(kind).get(0)));
    ExecutorService threads = Executors.newFixedThreadPool(WIDTH);
    try {
      List<Future<Outcome>> futures = new ArrayList<>();
      numbers.forEach(number -> futures.add(threads.submit(() -> run(number))));
      Tally tally = new Tally();
      for (Future<Outcome> future : futures) {
        tally.add(future.get());
      }
      return tally;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Outcome run(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    random.nextInt(); // neighbouring seeds begin alike
    GroupVersionKind kind = kinds.get(number % kinds.size());
    Outcome outcome = new Outcome(kind.toString(), number);
    KindShape shape = catalog.find(kind).orElseThrow();
    List<Manifest> objects = corpus.objects(kind);
    String name = "c" + number;
    Manifest start =
        Corpus.named(
            objects.get(random.nextInt(objects.size())), new Place(name, SPACE, APART, number));
    Mutations mutations = new Mutations(random, pools);
    Membership membership = new Membership(SPACE, name);
    try {
      History history = new History(server, random, mutations, shape, membership, start);
      String wrong = history.live();
      if (!wrong.isEmpty()) {
        outcome.ending = "broken";
        outcome.add(Verdict.BROKEN, Sorts.of(wrong), wrong);
        return outcome;
      }
      Manifest desired = history.desired();
      Snapshot known = facts(kind, desired);
      new Trial(server, known, shape, membership, desired, random, outcome).run();
    } catch (RuntimeException e) {
      outcome.ending = "broken";
      java.io.StringWriter trace = new java.io.StringWriter();
      e.printStackTrace(new java.io.PrintWriter(trace));
      outcome.add(Verdict.BROKEN, Sorts.of(String.valueOf(e)), trace.toString());
    } finally {
      server.remove(shape, start);
    }
    return outcome;
  }

  /**
   * What is known of the server when an object is planned: the same for all of a kind, but for
   * pods, of which each names other objects.
   */
  private Snapshot facts(GroupVersionKind kind, Manifest desired) {
    return kind.toString().equals(POD)
        ? observed(desired)
        : facts.computeIfAbsent(
            kind,
            unused ->
                observed(
                    Corpus.named(corpus.objects(kind).get(0), new Place("none", SPACE, APART, 1))));
  }

  private Snapshot observed(Manifest any) {
    Application application = Application.of("none", SPACE, List.of(Resource.of(any)));
    return server.cluster().observe(ObservationScope.of(application));
  }
}
