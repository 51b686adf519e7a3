package io.sailplan.testing;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.policy.Pruning;
import io.sailplan.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A cluster, what is done to it, and everything that ever was in it. */
final class Voyage {
  static final Policy POLICY =
      Policy.standard()
          .readyWithin(Duration.ofMinutes(2))
          .pruning(Pruning.unbounded())
          .deleting("Namespace", "PersistentVolumeClaim");

  private static final Set<String> RESTLESS = Set.of("Event", "Pod", "ReplicaSet");

  final SimulatedCluster cluster = SimulatedCluster.create();
  final List<State> history = new ArrayList<>();

  /** An object from then on; {@code manifest} is null once it is gone. */
  record State(Instant at, ObjectKey key, @org.jspecify.annotations.Nullable Manifest manifest) {}

  Voyage() {
    cluster.snapshot().objects().forEach(this::remember);
    cluster.trace(change -> history.add(new State(cluster.now(), change.key(), change.after())));
  }

  private void remember(LiveObject object) {
    history.add(new State(cluster.now(), object.key(), object.manifest()));
  }

  Plan plan(Operation operation) {
    return Planner.standard()
        .plan(
            PlanRequest.of(operation, cluster.observe(ObservationScope.of(operation, POLICY)))
                .by(POLICY)
                .at(cluster.now()))
        .orThrow();
  }

  Outcome run(Operation operation) {
    return cluster.run(plan(operation), progress -> {});
  }

  /** Runs a plan of which every step has to end well. */
  Voyage sail(Operation operation) {
    Outcome outcome = run(operation);
    if (!outcome.isSuccess()) {
      throw new AssertionError(operation.verb() + " failed: " + outcome.render());
    }
    return this;
  }

  /**
   * Returns what is there in the end, comparable: every object but what controllers name by chance,
   * without what differs from one time to the other. Of pods there is only the number for each
   * owner, so that nothing ran twice unnoticed.
   */
  Map<String, Object> end() {
    Map<String, Object> end = new TreeMap<>();
    for (LiveObject object : cluster.snapshot().objects()) {
      ObjectKey key = object.key();
      if (key.kind().equals("ReplicaSet") || key.kind().equals("Pod")) {
        end.merge(
            "number of " + key.kind() + " of " + owner(object),
            1,
            (a, b) -> (Integer) a + (Integer) b);
      } else if (!RESTLESS.contains(key.kind()) && !key.kind().equals("Node")) {
        end.put(key.toString(), comparable(object.manifest()));
      }
    }
    return end;
  }

  private static String owner(LiveObject object) {
    return object.owners().stream()
        .map(owner -> owner.kind() + " " + object.key().namespace() + "/" + owner.name())
        .findFirst()
        .orElse("nobody");
  }

  private static Map<String, Object> comparable(Manifest manifest) {
    Manifest bare =
        manifest
            .without("status")
            .without("metadata", "uid")
            .without("metadata", "resourceVersion")
            .without("metadata", "creationTimestamp")
            .without("metadata", "managedFields")
            .without("metadata", "ownerReferences");
    if (manifest.kind().equals("Job")) {
      // Its selector is its UID.
      bare = bare.without("spec", "selector").without("spec", "template", "metadata", "labels");
    }
    if (manifest.kind().equals("PersistentVolumeClaim")) {
      bare = bare.without("spec", "volumeName");
    }
    Map<String, Object> all = new TreeMap<>();
    all.put("content", bare.toJson());
    Map<String, Object> applied = new TreeMap<>();
    for (Map<String, ?> entry : Tree.objects(manifest, "metadata", "managedFields")) {
      if ("Apply".equals(entry.get("operation"))) {
        applied.put(Trees.string(entry.get("manager")), String.valueOf(entry.get("fieldsV1")));
      }
    }
    all.put("applied by", applied);
    return all;
  }

  /** Returns what exists, apart from events. */
  Set<ObjectKey> present() {
    Set<ObjectKey> keys = new java.util.TreeSet<>();
    for (LiveObject object : cluster.snapshot().objects()) {
      if (!object.key().kind().equals("Event")) {
        keys.add(object.key());
      }
    }
    return keys;
  }
}
