package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps one pod of a DaemonSet on each node that it may run on. */
final class DaemonSetController extends Controller {
  private static final String SOURCE = "daemonset-controller";

  DaemonSetController(ControllerClient client) {
    super(client, Kind.DAEMON_SET);
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    if (change.key().groupKind().equals(Kind.NODE)) {
      enqueueAll(Kind.DAEMON_SET, "");
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest set = client.get(key);
    if (set == null || Owners.isTerminating(set)) {
      return;
    }
    Manifest update = new Revisions(client, set).current();
    List<Manifest> eligible =
        client.list(Kind.NODE, "").stream()
            .filter(node -> Scheduler.matches(set.get("spec", "template", "spec"), node))
            .toList();
    Map<String, Manifest> byNode = byNode(set);
    for (Manifest node : eligible) {
      Manifest pod = byNode.remove(node.name());
      if (pod == null) {
        create(set, node.name(), update);
      } else if (!PodTemplates.isActive(pod) && !Owners.isTerminating(pod)) {
        client.delete(pod);
      }
    }
    byNode.values().stream().filter(PodTemplates::isActive).forEach(client::delete);
    if (!set.string("spec", "updateStrategy", "type").equals("OnDelete")) {
      roll(set, update, eligible.size());
    }
    writeStatus(set, update, eligible);
  }

  private void create(Manifest set, String node, Manifest revision) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(
        "controller-revision-hash", revision.labels().getOrDefault("controller-revision-hash", ""));
    labels.put("pod-template-generation", Long.toString(set.integer(1, "metadata", "generation")));
    Manifest pod = PodTemplates.pod(set, client.nameFor(set.name() + "-"), labels);
    Object affinity =
        Tree.of(
            "requiredDuringSchedulingIgnoredDuringExecution",
            Tree.of(
                "nodeSelectorTerms",
                List.of(
                    Tree.of(
                        "matchFields",
                        List.of(
                            Tree.of(
                                "key", "metadata.name",
                                "operator", "In",
                                "values", List.of(node)))))));
    Manifest made = client.create(pod.with(affinity, "spec", "affinity", "nodeAffinity"));
    client.event(set, "Normal", "SuccessfulCreate", "Created pod: " + made.name(), SOURCE);
  }

  /** Deletes pods of old revisions, as many at a time as may be unavailable. */
  private void roll(Manifest set, Manifest update, int nodes) {
    Object most = set.get("spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
    long allowed = Math.max(1, DeploymentController.share(most == null ? 1L : most, nodes, true));
    List<Manifest> old = new ArrayList<>();
    for (Manifest pod : client.owned(Kind.POD, set)) {
      boolean unavailable = Owners.isTerminating(pod) || !PodTemplates.isReady(pod);
      boolean outdated = !Revisions.isOf(pod, update);
      if (outdated && unavailable && !Owners.isTerminating(pod)) {
        client.delete(pod);
      } else if (outdated && !unavailable) {
        old.add(pod);
      }
      allowed -= unavailable ? 1 : 0;
    }
    for (int i = 0; i < old.size() && i < allowed; i++) {
      client.delete(old.get(i));
      client.event(set, "Normal", "SuccessfulDelete", "Deleted pod: " + old.get(i).name(), SOURCE);
    }
  }

  private void writeStatus(Manifest set, Manifest update, List<Manifest> eligible) {
    Map<String, Manifest> byNode = byNode(set);
    long minReady = set.integer(0, "spec", "minReadySeconds");
    long current = 0;
    long ready = 0;
    long available = 0;
    long updated = 0;
    for (Manifest node : eligible) {
      Manifest pod = byNode.remove(node.name());
      if (pod != null) {
        current++;
        ready += PodTemplates.isReady(pod) ? 1 : 0;
        available += Availability.isAvailable(pod, minReady, client.now()) ? 1 : 0;
        updated += Revisions.isOf(pod, update) ? 1 : 0;
      }
    }
    client.updateStatus(
        set,
        Tree.of(
            "currentNumberScheduled",
            current,
            "numberMisscheduled",
            (long) byNode.size(),
            "desiredNumberScheduled",
            (long) eligible.size(),
            "numberReady",
            ready,
            "observedGeneration",
            set.get("metadata", "generation"),
            "updatedNumberScheduled",
            ReplicaSetController.nonZero(updated),
            "numberAvailable",
            ReplicaSetController.nonZero(available),
            "numberUnavailable",
            ReplicaSetController.nonZero(eligible.size() - available)));
    new Revisions(client, set).cleanUp(client.owned(Kind.POD, set), update.name());
  }

  private Map<String, Manifest> byNode(Manifest set) {
    Map<String, Manifest> byNode = new TreeMap<>();
    client.owned(Kind.POD, set).forEach(pod -> byNode.put(node(pod), pod));
    return byNode;
  }

  /** Returns the node that the pod runs on, or is meant for. */
  static String node(Manifest pod) {
    String assigned = pod.string("spec", "nodeName");
    Object terms =
        pod.get(
            "spec",
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "nodeSelectorTerms");
    for (@Nullable Object term : assigned.isEmpty() ? Trees.list(terms) : List.of()) {
      for (Object field : Trees.list(Trees.get(term, "matchFields"))) {
        return Trees.string(Trees.list(Trees.get(field, "values")).get(0));
      }
    }
    return assigned;
  }
}
