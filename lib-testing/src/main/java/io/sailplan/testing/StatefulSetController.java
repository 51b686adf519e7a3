package io.sailplan.testing;

import static io.sailplan.testing.ReplicaSetController.nonZero;
import static io.sailplan.testing.ReplicaSetController.replicas;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the numbered pods of a StatefulSet, one after the other, each with its claims. */
final class StatefulSetController extends Controller {
  private static final String SOURCE = "statefulset-controller";

  StatefulSetController(ControllerClient client) {
    super(client, Kind.STATEFUL_SET);
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest set = client.get(key);
    if (set == null || Owners.isTerminating(set)) {
      return; // a revision made now would hold up the deletion that waits for all of them
    }
    Manifest update = new Revisions(client, set).current();
    String currentName = set.string("status", "currentRevision");
    Manifest current =
        client.owned(Kind.CONTROLLER_REVISION, set).stream()
            .filter(revision -> revision.name().equals(currentName))
            .findFirst()
            .orElse(update);
    work(set, current, update);
    writeStatus(set, current, update);
  }

  private void work(Manifest set, Manifest current, Manifest update) {
    boolean ordered = !set.string("spec", "podManagementPolicy").equals("Parallel");
    long start = set.integer(0, "spec", "ordinals", "start");
    long end = start + replicas(set);
    NavigableMap<Long, Manifest> pods = pods(set);
    for (long ordinal = start; ordinal < end; ordinal++) {
      Manifest pod = pods.get(ordinal);
      if (pod == null) {
        create(set, ordinal, usesUpdate(set, ordinal, current) ? update : current);
        if (ordered) {
          return;
        }
      } else if (!Owners.isTerminating(pod) && isFinished(pod)) {
        client.delete(pod);
        return;
      } else if (ordered && (Owners.isTerminating(pod) || !isAvailable(set, pod))) {
        return;
      }
    }
    if (shrink(set, pods, start, end, ordered)) {
      return;
    }
    if (!set.string("spec", "updateStrategy", "type").equals("OnDelete")) {
      update(set, pods(set), end, update);
    }
  }

  /** Deletes pods beyond the wanted number, the highest first; returns whether any are left. */
  private boolean shrink(
      Manifest set, NavigableMap<Long, Manifest> pods, long start, long end, boolean ordered) {
    boolean left = false;
    for (Map.Entry<Long, Manifest> entry : pods.descendingMap().entrySet()) {
      Manifest pod = entry.getValue();
      if (entry.getKey() >= start && entry.getKey() < end) {
        continue;
      }
      left = true;
      if (!Owners.isTerminating(pod)) {
        delete(set, pod, isDelete(set, "whenScaled"));
      }
      if (ordered) {
        return true;
      }
    }
    return left;
  }

  /** Deletes the highest pod of an old revision, if all above it are new and available. */
  private void update(Manifest set, NavigableMap<Long, Manifest> pods, long end, Manifest update) {
    long partition = set.integer(0, "spec", "updateStrategy", "rollingUpdate", "partition");
    for (Map.Entry<Long, Manifest> entry : pods.descendingMap().entrySet()) {
      Manifest pod = entry.getValue();
      if (entry.getKey() < partition || entry.getKey() >= end) {
        continue;
      }
      if (Owners.isTerminating(pod)) {
        return;
      }
      if (!Revisions.isOf(pod, update)) {
        delete(set, pod, false);
        return;
      }
      if (!isAvailable(set, pod)) {
        return;
      }
    }
  }

  private boolean usesUpdate(Manifest set, long ordinal, Manifest current) {
    long partition = set.integer(0, "spec", "updateStrategy", "rollingUpdate", "partition");
    boolean onDelete = set.string("spec", "updateStrategy", "type").equals("OnDelete");
    return onDelete || ordinal >= partition || current.name().isEmpty();
  }

  private void create(Manifest set, long ordinal, Manifest revision) {
    String name = set.name() + "-" + ordinal;
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("apps.kubernetes.io/pod-index", Long.toString(ordinal));
    labels.put("controller-revision-hash", revision.name());
    labels.put("statefulset.kubernetes.io/pod-name", name);
    Object template = Trees.get(revision.get("data"), "spec", "template");
    Manifest owner = set.with(template, "spec", "template").without("spec", "template", "$patch");
    Manifest pod =
        PodTemplates.pod(owner, name, labels)
            .with(name, "spec", "hostname")
            .with(set.string("spec", "serviceName"), "spec", "subdomain");
    List<Object> volumes = new ArrayList<>();
    for (Map<String, @Nullable Object> claim : Tree.objects(set, "spec", "volumeClaimTemplates")) {
      String volume = Trees.string(Trees.get(claim, "metadata", "name"));
      ensureClaim(set, claim, volume + "-" + name);
      volumes.add(
          Tree.of(
              "name", volume, "persistentVolumeClaim", Tree.of("claimName", volume + "-" + name)));
    }
    for (Map<String, @Nullable Object> volume : Tree.objects(pod, "spec", "volumes")) {
      if (volumes.stream()
          .noneMatch(own -> java.util.Objects.equals(volume.get("name"), Trees.get(own, "name")))) {
        volumes.add(volume);
      }
    }
    if (!volumes.isEmpty()) {
      pod = pod.with(volumes, "spec", "volumes");
    }
    try {
      client.create(pod);
    } catch (ApiError refused) {
      client.event(
          set,
          "Warning",
          "FailedCreate",
          "create Pod "
              + name
              + " in StatefulSet "
              + set.name()
              + " failed error: "
              + refused.response().message(),
          SOURCE);
      throw refused;
    }
    client.event(
        set,
        "Normal",
        "SuccessfulCreate",
        "create Pod " + name + " in StatefulSet " + set.name() + " successful",
        SOURCE);
  }

  private void ensureClaim(Manifest set, Map<String, @Nullable Object> template, String name) {
    ObjectKey key = new ObjectKey("", "PersistentVolumeClaim", set.namespace(), name);
    if (client.get(key) != null) {
      return;
    }
    Map<String, @Nullable Object> labels =
        new LinkedHashMap<>(Trees.object(Trees.get(template, "metadata", "labels")));
    labels.putAll(Trees.object(set.get("spec", "selector", "matchLabels")));
    boolean owned = isDelete(set, "whenDeleted");
    client.create(
        Manifest.of(
            Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "PersistentVolumeClaim",
                "metadata",
                Tree.of(
                    "name",
                    name,
                    "namespace",
                    set.namespace(),
                    "labels",
                    labels,
                    "annotations",
                    Trees.get(template, "metadata", "annotations"),
                    "ownerReferences",
                    owned ? List.of(claimOwner(set)) : null),
                "spec",
                Trees.get(template, "spec"))));
  }

  private void delete(Manifest set, Manifest pod, boolean withClaims) {
    client.delete(pod);
    client.event(
        set,
        "Normal",
        "SuccessfulDelete",
        "delete Pod " + pod.name() + " in StatefulSet " + set.name() + " successful",
        SOURCE);
    if (withClaims) {
      for (Map<String, @Nullable Object> claim :
          Tree.objects(set, "spec", "volumeClaimTemplates")) {
        String name = Trees.string(Trees.get(claim, "metadata", "name")) + "-" + pod.name();
        Manifest found =
            client.get(new ObjectKey("", "PersistentVolumeClaim", set.namespace(), name));
        if (found != null) {
          client.delete(found);
        }
      }
    }
  }

  private void writeStatus(Manifest set, Manifest current, Manifest update) {
    List<Manifest> pods = List.copyOf(pods(set).values());
    List<Manifest> alive = pods.stream().filter(pod -> !Owners.isTerminating(pod)).toList();
    long updated = alive.stream().filter(pod -> Revisions.isOf(pod, update)).count();
    long ready = alive.stream().filter(PodTemplates::isReady).count();
    boolean complete =
        updated == alive.size() && updated == replicas(set) && ready == replicas(set);
    Manifest base = complete ? update : current;
    long ofBase = alive.stream().filter(pod -> Revisions.isOf(pod, base)).count();
    client.updateStatus(
        set,
        Tree.of(
            "observedGeneration", set.get("metadata", "generation"),
            "replicas", (long) pods.size(),
            "readyReplicas", nonZero(ready),
            "currentReplicas", nonZero(ofBase),
            "updatedReplicas", nonZero(updated),
            "currentRevision", base.name(),
            "updateRevision", update.name(),
            "collisionCount", 0L,
            "availableReplicas", alive.stream().filter(pod -> isAvailable(set, pod)).count()));
    new Revisions(client, set).cleanUp(pods, base.name(), update.name());
  }

  private boolean isAvailable(Manifest set, Manifest pod) {
    long minReady = set.integer(0, "spec", "minReadySeconds");
    Instant since = Availability.since(pod, minReady);
    if (since != null && since.isAfter(client.now())) {
      enqueueAt(set.key(), since);
    }
    return Availability.isAvailable(pod, minReady, client.now());
  }

  private NavigableMap<Long, Manifest> pods(Manifest set) {
    TreeMap<Long, Manifest> pods = new TreeMap<>();
    for (Manifest pod : client.owned(Kind.POD, set)) {
      String ordinal = pod.name().substring(pod.name().lastIndexOf('-') + 1);
      if (ordinal.matches("[0-9]{1,9}")) {
        pods.put(Long.valueOf(ordinal), pod);
      }
    }
    return pods;
  }

  private static boolean isFinished(Manifest pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Failed") || phase.equals("Succeeded");
  }

  private static boolean isDelete(Manifest set, String when) {
    return set.string("spec", "persistentVolumeClaimRetentionPolicy", when).equals("Delete");
  }

  private static Map<String, @Nullable Object> claimOwner(Manifest set) {
    Map<String, @Nullable Object> owner = Owners.reference(set);
    owner.remove("controller");
    owner.remove("blockOwnerDeletion");
    return owner;
  }
}
