package io.sailplan.testing;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps as many pods as a ReplicaSet, or a ReplicationController, asks for. */
final class ReplicaSetController extends Controller {
  /** Whom to delete first: what is not assigned, not running, not ready, and then what is new. */
  private static final Comparator<Manifest> DISPENSABLE =
      Comparator.<Manifest, Boolean>comparing(pod -> !pod.string("spec", "nodeName").isEmpty())
          .thenComparing(pod -> pod.string("status", "phase").equals("Running"))
          .thenComparing(PodTemplates::isReady)
          .thenComparing(
              pod -> pod.string("metadata", "creationTimestamp"), Comparator.reverseOrder())
          .thenComparing(Manifest::name);

  private final GroupKind kind;

  ReplicaSetController(ControllerClient client, GroupKind kind) {
    super(client, kind);
    this.kind = kind;
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    Manifest pod = change.after();
    if (pod != null
        && change.key().groupKind().equals(Kind.POD)
        && Owners.controller(pod) == null) {
      enqueueAll(kind, pod.namespace()); // an orphan: somebody may want it
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest set = client.get(key);
    if (set == null) {
      return;
    }
    String failure = "";
    if (!Owners.isTerminating(set)) {
      adoptOrphans(client, Kind.POD, set);
      failure = scale(set);
    }
    writeStatus(set, failure);
  }

  /** Takes over objects that the selector selects and nobody controls. */
  static void adoptOrphans(ControllerClient client, GroupKind kind, Manifest owner) {
    Object selector = owner.get("spec", "selector");
    if (owner.kind().equals("ReplicationController")) {
      selector = Tree.of("matchLabels", selector);
    }
    for (Manifest object : client.list(kind, owner.namespace())) {
      if (Owners.controller(object) == null
          && !Owners.isTerminating(object)
          && Selectors.selects(selector, object.labels())) {
        client.update(Owners.adopt(object, owner));
      }
    }
  }

  static long replicas(Manifest workload) {
    return workload.integer(1, "spec", "replicas");
  }

  private String scale(Manifest set) {
    List<Manifest> active =
        new ArrayList<>(
            client.owned(Kind.POD, set).stream().filter(PodTemplates::isActive).toList());
    long missing = replicas(set) - active.size();
    try {
      for (long i = 0; i < missing; i++) {
        Manifest pod =
            client.create(PodTemplates.pod(set, client.nameFor(set.name() + "-"), Map.of()));
        client.event(
            set,
            "Normal",
            "SuccessfulCreate",
            "Created pod: " + pod.name(),
            "replicaset-controller");
      }
    } catch (ApiError refused) {
      String message = refused.response().message();
      client.event(
          set, "Warning", "FailedCreate", "Error creating: " + message, "replicaset-controller");
      enqueueAt(set.key(), client.now().plusSeconds(1));
      return message;
    }
    active.sort(DISPENSABLE);
    for (long i = missing; i < 0; i++) {
      Manifest pod = active.remove(0);
      client.delete(pod);
      client.event(
          set, "Normal", "SuccessfulDelete", "Deleted pod: " + pod.name(), "replicaset-controller");
    }
    return "";
  }

  private void writeStatus(Manifest set, String failure) {
    List<Manifest> pods = client.owned(Kind.POD, set);
    List<Manifest> active = pods.stream().filter(PodTemplates::isActive).toList();
    long minReady = set.integer(0, "spec", "minReadySeconds");
    active.stream()
        .map(pod -> Availability.since(pod, minReady))
        .filter(Objects::nonNull)
        .filter(since -> since.isAfter(client.now()))
        .min(Comparator.naturalOrder())
        .ifPresent((Instant since) -> enqueueAt(set.key(), since));
    Conditions conditions = Conditions.of(set, client.now());
    if (failure.isEmpty()) {
      conditions.remove("ReplicaFailure");
    } else {
      conditions.set("ReplicaFailure", "True", "FailedCreate", failure);
    }
    client.updateStatus(
        set,
        Tree.of(
            "replicas", (long) active.size(),
            "fullyLabeledReplicas", nonZero(active.size()),
            "readyReplicas", nonZero(active.stream().filter(PodTemplates::isReady).count()),
            "availableReplicas",
                nonZero(
                    active.stream()
                        .filter(pod -> Availability.isAvailable(pod, minReady, client.now()))
                        .count()),
            "terminatingReplicas", terminating(pods),
            "observedGeneration", set.get("metadata", "generation"),
            "conditions", conditions.tree()));
  }

  /** Old-fashioned ReplicationControllers do not count them. */
  private @Nullable Long terminating(List<Manifest> pods) {
    return kind.equals(Kind.REPLICA_SET)
        ? Long.valueOf(pods.stream().filter(Owners::isTerminating).count())
        : null;
  }

  /** Returns null for zero, which the API leaves out. */
  static @Nullable Long nonZero(long count) {
    return count == 0 ? null : count;
  }
}
