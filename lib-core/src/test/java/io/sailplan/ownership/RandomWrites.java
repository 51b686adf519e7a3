package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import java.time.Instant;
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
  private final Map<String, Manifest> last = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  RandomWrites(RealServer server, long seed) {
    this.server = server;
    this.random = new Random(seed);
    this.mutations = new Mutations(seed + 1);
    this.bases = bases();
    server.createNamespace("random");
    bases.forEach(base -> server.delete(Kinds.of(base), base));
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
                ? seed.with(true, "spec", "suspend").inNamespace("random")
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

  void step() {
    Manifest base = bases.get(random.nextInt(bases.size()));
    KindShape shape = Kinds.of(base);
    Manifest live = server.find(shape, base).orElse(null);
    if (live != null && random.nextInt(4) == 0) {
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
  private static Instant servedAt(RealServer.Answer answer) {
    Instant now = Instant.now();
    Instant newest = now.minusSeconds(1);
    for (ManagedEntry entry : ManagedFields.of(answer.body()).entries()) {
      if (entry.time() != null && entry.time().isAfter(newest)) {
        newest = entry.time();
      }
    }
    return newest.isAfter(now.minusSeconds(1)) ? newest : now;
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
