package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random applies and updates by several managers, each compared with its prediction. */
final class RandomWrites {
  private static final List<String> APPLIERS = List.of("one", "two", "three");

  private final RealServer server;
  private final Random random;
  private final Mutations mutations;
  private final List<Manifest> bases;
  private final ShapeCatalog catalog;
  private final Map<String, Manifest> last = new LinkedHashMap<>();
  private Instant started = Instant.EPOCH;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  RandomWrites(RealServer server, long seed) {
    this.server = server;
    this.random = new Random(seed);
    this.mutations = new Mutations(seed + 1);
    this.bases = bases();
    server.createNamespace("random");
    Manifest definition = Seeds.widget().get(0);
    server.apply(Kinds.of(definition), definition, "random", true, "");
    this.catalog = ShapeCatalog.builtIn().withCustomResources(List.of(definition));
    Manifest widget = Seeds.widget().get(1);
    bases.add(widget);
    awaitKind(widget);
    bases.forEach(base -> server.delete(shape(base), base));
  }

  /** Kinds that no controller touches: otherwise every answer would be a race. */
  private static List<Manifest> bases() {
    List<Manifest> bases = new ArrayList<>();
    for (Manifest seed : Seeds.all()) {
      boolean quiet =
          List.of(
                  "ConfigMap",
                  "Secret",
                  "PodTemplate",
                  "Role",
                  "RoleBinding",
                  "NetworkPolicy",
                  "Service",
                  "LimitRange",
                  "CronJob",
                  "Lease",
                  "Ingress")
              .contains(seed.kind());
      if (quiet && !seed.name().equals("s-balancer")) {
        bases.add(
            seed.kind().equals("CronJob")
                ? seed.with("0 0 29 2 *", "spec", "schedule").inNamespace("random")
                : seed.inNamespace("random"));
      }
      if (seed.kind().equals("Deployment") && seed.name().equals("s")) {
        bases.add(
            Manifest.of(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "PodTemplate",
                    "metadata",
                    Map.of("name", "big", "namespace", "random"),
                    "template",
                    Values.map(seed.get("spec", "template")))));
      }
    }
    return bases;
  }

  /** The server takes a moment to serve a new kind. */
  private void awaitKind(Manifest object) {
    String dryRun = "&dryRun=All";
    for (int i = 0; i < 1000; i++) {
      if (server.apply(shape(object), object, "random", true, dryRun).ok()) {
        return;
      }
    }
    throw new IllegalStateException("the custom kind is not served");
  }

  private KindShape shape(Manifest object) {
    return catalog.find(object).orElseThrow();
  }

  void step() {
    Manifest base = bases.get(random.nextInt(bases.size()));
    KindShape shape = shape(base);
    Manifest live = server.find(shape, base).orElse(null);
    started = Instant.now();
    if (live != null && shape.custom() && random.nextInt(3) == 0) {
      status(live, shape);
    } else if (live != null && random.nextInt(4) == 0) {
      update(live, shape);
    } else {
      apply(base, live, shape);
    }
  }

  private void apply(Manifest base, Manifest live, KindShape shape) {
    String manager = APPLIERS.get(random.nextInt(APPLIERS.size()));
    String key = base.key() + " " + manager;
    Manifest from = random.nextInt(3) == 0 ? last.getOrDefault(key, base) : base;
    Manifest desired =
        random.nextInt(5) == 0 ? from : mutations.mutate(from, 1 + random.nextInt(4));
    if (random.nextInt(4) == 0) {
      desired = Canonical.canonical(desired, shape);
    }
    last.put(key, desired);
    boolean force = random.nextInt(3) == 0;
    RealServer.Answer answer = server.apply(shape, desired, manager, force, "");
    ApplyRequest request =
        new ApplyRequest(live, desired, manager, force, "", shape, servedAt(answer));
    check(
        desired, live, answer, ServerSideApply.apply(request), shape, manager + " force " + force);
  }

  /** Writes the status as a controller does; what it changes elsewhere is ignored. */
  private void status(Manifest live, KindShape shape) {
    Manifest next =
        mutations
            .mutate(live.without("metadata", "managedFields"), 1)
            .with("p" + random.nextInt(3), "status", "phase");
    String manager = random.nextBoolean() ? "controller" : "other-controller";
    RealServer.Answer answer =
        server.send(
            "PUT",
            RealServer.path(shape, next) + "/status?fieldManager=" + manager,
            "application/json",
            next.toJson());
    ApplyResult predicted =
        ServerSideUpdate.update(
            UpdateRequest.of(live, next, manager, shape, servedAt(answer)).on("status"));
    check(next, live, answer, predicted, shape, "status by " + manager);
  }

  private void update(Manifest live, KindShape shape) {
    Manifest next =
        mutations.mutate(live.without("metadata", "managedFields"), 1 + random.nextInt(2));
    String manager = "updater-" + random.nextInt(13);
    RealServer.Answer answer = server.put(shape, next, manager);
    ApplyResult predicted =
        ServerSideUpdate.update(UpdateRequest.of(live, next, manager, shape, servedAt(answer)));
    check(next, live, answer, predicted, shape, "put by " + manager);
  }

  /** The second in which the server wrote: the order of managers depends on it. */
  private Instant servedAt(RealServer.Answer answer) {
    Instant second = started.truncatedTo(ChronoUnit.SECONDS);
    Instant newest = started;
    for (ManagedEntry entry : ManagedFields.of(answer.body()).entries()) {
      if (entry.time() != null && !entry.time().isBefore(second)) {
        newest = entry.time().isAfter(newest) ? entry.time() : newest;
      }
    }
    return newest;
  }

  private void check(
      Manifest written,
      Manifest live,
      RealServer.Answer answer,
      ApplyResult predicted,
      KindShape shape,
      String what) {
    // What validation refuses is not predicted.
    boolean invalid = answer.status() == 422 || answer.status() == 400;
    outcomes.merge(answer.status() + " " + predicted.getClass().getSimpleName(), 1, Integer::sum);
    if (invalid && !(predicted instanceof ApplyResult.Conflicted)) {
      return;
    }
    boolean noop =
        answer.ok()
            && live != null
            && answer
                .body()
                .string("metadata", "resourceVersion")
                .equals(live.string("metadata", "resourceVersion"));
    List<String> lines = new ArrayList<>(Differences.of(predicted, answer, shape));
    if (predicted instanceof ApplyResult.Applied applied
        && answer.ok()
        && applied.changed() == noop) {
      lines.add("predicted changed " + applied.changed() + " but not so");
    }
    if (!lines.isEmpty()) {
      differences.add(
          what
              + " "
              + written.key()
              + "\n  "
              + String.join("\n  ", lines)
              + "\n  written "
              + written.toJson()
              + "\n  live "
              + (live == null ? "none" : live.toJson()));
    }
  }

  List<String> differences() {
    return differences;
  }

  String summary() {
    return outcomes.toString();
  }
}
