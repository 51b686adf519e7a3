package io.sailplan.testing;

import static io.sailplan.testing.ReplicaSetController.replicas;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves a Deployment's pods from its old ReplicaSets to the one of its template. */
final class DeploymentController extends Controller {
  static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  private static final String MOST = "deployment.kubernetes.io/max-replicas";
  private static final String SOURCE = "deployment-controller";

  DeploymentController(ControllerClient client) {
    super(client, Kind.DEPLOYMENT);
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    Manifest pod = change.before();
    if (pod != null && change.after() == null && change.key().groupKind().equals(Kind.POD)) {
      enqueueAll(Kind.DEPLOYMENT, pod.namespace()); // Recreate waits for the last old pod
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest deployment = client.get(key);
    if (deployment == null) {
      return;
    }
    if (!Owners.isTerminating(deployment)) {
      ReplicaSetController.adoptOrphans(client, Kind.REPLICA_SET, deployment);
      roll(deployment);
    }
    Manifest current = client.get(key);
    if (current != null) {
      new DeploymentStatus(client, current, newSet(current), sets(current)).write(this);
    }
  }

  private void roll(Manifest deployment) {
    boolean paused = Boolean.TRUE.equals(deployment.get("spec", "paused"));
    if (paused || isScaled(deployment)) {
      rescale(deployment);
      return;
    }
    if (deployment.string("spec", "strategy", "type").equals("Recreate")) {
      recreate(deployment);
    } else {
      Manifest fresh = ensureNewSet(deployment);
      if (!growNew(deployment, fresh)) {
        shrinkOld(deployment, fresh);
      }
    }
    cleanUp(deployment);
  }

  private void recreate(Manifest deployment) {
    Manifest fresh = newSet(deployment);
    List<Manifest> old = oldSets(deployment, fresh);
    boolean shrunk = false;
    for (Manifest set : old) {
      shrunk |= scale(deployment, set, 0);
    }
    boolean gone = old.stream().allMatch(set -> client.owned(Kind.POD, set).isEmpty());
    if (!shrunk && gone) {
      scale(deployment, ensureNewSet(deployment), replicas(deployment));
    }
  }

  /** Returns whether the number of replicas was changed since the sets were last scaled. */
  private boolean isScaled(Manifest deployment) {
    String desired = Long.toString(replicas(deployment));
    return sets(deployment).stream()
        .filter(set -> replicas(set) > 0)
        .anyMatch(set -> !desired.equals(set.annotations().get(DESIRED)));
  }

  /** Follows the number of replicas without rolling out. */
  private void rescale(Manifest deployment) {
    List<Manifest> active = sets(deployment).stream().filter(set -> replicas(set) > 0).toList();
    Manifest fresh = newSet(deployment);
    if (active.size() <= 1) {
      Manifest only =
          !active.isEmpty() ? active.get(0) : fresh != null ? fresh : latest(deployment);
      if (only != null) {
        scale(deployment, only, replicas(deployment));
      }
      return;
    }
    long total = active.stream().mapToLong(ReplicaSetController::replicas).sum();
    long allowed = replicas(deployment) > 0 ? replicas(deployment) + surge(deployment) : 0;
    for (Manifest set : active.stream().sorted(bySizeThenAge()).toList()) {
      long next = Math.max(0, replicas(set) + allowed - total);
      total += next - replicas(set);
      scale(deployment, set, next);
    }
  }

  private Manifest ensureNewSet(Manifest deployment) {
    Manifest fresh = newSet(deployment);
    List<Manifest> old = oldSets(deployment, fresh);
    long newest = old.stream().mapToLong(DeploymentController::revision).max().orElse(0);
    if (fresh == null) {
      fresh = createSet(deployment, old, newest + 1);
    } else if (revision(fresh) <= newest) {
      fresh =
          client.update(fresh.with(Long.toString(newest + 1), "metadata", "annotations", REVISION));
    }
    String revision = Long.toString(revision(fresh));
    Manifest current = client.get(deployment.key());
    if (current != null && !revision.equals(current.annotations().get(REVISION))) {
      client.updateAsStatus(current.with(revision, "metadata", "annotations", REVISION));
    }
    return fresh;
  }

  private Manifest createSet(Manifest deployment, List<Manifest> old, long revision) {
    String hash = PodTemplates.hash(deployment.get("spec", "template"));
    long total = old.stream().mapToLong(ReplicaSetController::replicas).sum();
    boolean recreates = deployment.string("spec", "strategy", "type").equals("Recreate");
    long first =
        recreates
            ? replicas(deployment)
            : Math.max(
                0,
                Math.min(replicas(deployment), replicas(deployment) + surge(deployment) - total));
    Map<String, @Nullable Object> template =
        Tree.mutableObject(Trees.object(deployment.get("spec", "template")));
    Map<String, @Nullable Object> selector =
        Tree.mutableObject(Trees.object(deployment.get("spec", "selector")));
    label(template, hash, "metadata", "labels");
    label(selector, hash, "matchLabels");
    Map<String, Object> annotations = new LinkedHashMap<>(deployment.annotations());
    annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
    annotations.putAll(annotations(deployment));
    annotations.put(REVISION, Long.toString(revision));
    Manifest set =
        client.create(
            Manifest.of(
                Tree.of(
                    "apiVersion",
                    "apps/v1",
                    "kind",
                    "ReplicaSet",
                    "metadata",
                    Tree.of(
                        "name", deployment.name() + "-" + hash,
                        "namespace", deployment.namespace(),
                        "labels", Trees.get(template, "metadata", "labels"),
                        "annotations", annotations,
                        "ownerReferences", List.of(Owners.reference(deployment))),
                    "spec",
                    Tree.of(
                        "replicas", first,
                        "minReadySeconds", deployment.get("spec", "minReadySeconds"),
                        "selector", selector,
                        "template", template))));
    scaled(deployment, "up", set.name(), 0, first);
    return set;
  }

  /** Adds pods to the new set as far as the surge allows; returns whether it did anything. */
  private boolean growNew(Manifest deployment, Manifest fresh) {
    long desired = replicas(deployment);
    if (replicas(fresh) >= desired) {
      return scale(deployment, fresh, desired);
    }
    long total = sets(deployment).stream().mapToLong(ReplicaSetController::replicas).sum();
    long room = desired + surge(deployment) - total;
    return room > 0
        && scale(deployment, fresh, replicas(fresh) + Math.min(room, desired - replicas(fresh)));
  }

  /** Takes pods from old sets as far as enough stay available; unhealthy ones first. */
  private void shrinkOld(Manifest deployment, Manifest fresh) {
    List<Manifest> all = sets(deployment);
    long total = all.stream().mapToLong(ReplicaSetController::replicas).sum();
    long least = replicas(deployment) - unavailable(deployment);
    long budget = total - least - (replicas(fresh) - available(fresh));
    List<Manifest> old = new ArrayList<>(oldSets(deployment, fresh));
    old.sort(byAge());
    for (Manifest set : old) {
      long unhealthy = Math.max(0, Math.min(budget, replicas(set) - available(set)));
      if (unhealthy > 0 && scale(deployment, set, replicas(set) - unhealthy)) {
        budget -= unhealthy;
      }
    }
    long spare = all.stream().mapToLong(DeploymentController::available).sum() - least;
    for (Manifest seen : old) {
      Manifest set = client.get(seen.key());
      long fewer = set == null ? 0 : Math.min(replicas(set), Math.min(spare, budget));
      if (set != null && fewer > 0 && scale(deployment, set, replicas(set) - fewer)) {
        spare -= fewer;
        budget -= fewer;
      }
    }
  }

  private boolean scale(Manifest deployment, Manifest set, long replicas) {
    Map<String, String> wanted = annotations(deployment);
    if (replicas(set) == replicas && set.annotations().entrySet().containsAll(wanted.entrySet())) {
      return false;
    }
    Manifest next = set.with(replicas, "spec", "replicas");
    for (Map.Entry<String, String> annotation : wanted.entrySet()) {
      next = next.with(annotation.getValue(), "metadata", "annotations", annotation.getKey());
    }
    client.update(next);
    if (replicas(set) != replicas) {
      scaled(
          deployment,
          replicas > replicas(set) ? "up" : "down",
          set.name(),
          replicas(set),
          replicas);
    }
    return replicas(set) != replicas;
  }

  private void scaled(Manifest deployment, String way, String set, long from, long to) {
    client.event(
        deployment,
        "Normal",
        "ScalingReplicaSet",
        "Scaled " + way + " replica set " + set + " from " + from + " to " + to,
        SOURCE);
  }

  /** Deletes old sets without pods beyond the history limit, once the rollout is complete. */
  private void cleanUp(Manifest deployment) {
    Manifest fresh = newSet(deployment);
    if (fresh == null || available(fresh) < replicas(deployment)) {
      return;
    }
    List<Manifest> empty =
        oldSets(deployment, fresh).stream()
            .filter(set -> replicas(set) == 0 && set.integer(0, "status", "replicas") == 0)
            .filter(set -> !Owners.isTerminating(set))
            .sorted(Comparator.comparing(DeploymentController::revision))
            .toList();
    long surplus = empty.size() - deployment.integer(10, "spec", "revisionHistoryLimit");
    for (int i = 0; i < surplus; i++) {
      client.delete(empty.get(i));
    }
  }

  private List<Manifest> sets(Manifest deployment) {
    return client.owned(Kind.REPLICA_SET, deployment);
  }

  private @Nullable Manifest newSet(Manifest deployment) {
    Object template = PodTemplates.withoutHash(deployment.get("spec", "template"));
    return sets(deployment).stream()
        .filter(set -> PodTemplates.withoutHash(set.get("spec", "template")).equals(template))
        .min(byAge())
        .orElse(null);
  }

  private List<Manifest> oldSets(Manifest deployment, @Nullable Manifest fresh) {
    return sets(deployment).stream()
        .filter(set -> fresh == null || !set.key().equals(fresh.key()))
        .toList();
  }

  private @Nullable Manifest latest(Manifest deployment) {
    return sets(deployment).stream()
        .max(Comparator.comparing(DeploymentController::revision))
        .orElse(null);
  }

  static long surge(Manifest deployment) {
    Object surge = deployment.get("spec", "strategy", "rollingUpdate", "maxSurge");
    return share(surge == null ? "25%" : surge, replicas(deployment), true);
  }

  static long unavailable(Manifest deployment) {
    Object most = deployment.get("spec", "strategy", "rollingUpdate", "maxUnavailable");
    long share = share(most == null ? "25%" : most, replicas(deployment), false);
    return Math.min(replicas(deployment), share == 0 && surge(deployment) == 0 ? 1 : share);
  }

  /** Returns a number, or a percentage of {@code of}. */
  static long share(Object value, long of, boolean up) {
    if (value instanceof Long number) {
      return number;
    }
    String text = String.valueOf(value);
    long percent = Long.parseLong(text.substring(0, text.length() - 1));
    return up ? (percent * of + 99) / 100 : percent * of / 100;
  }

  private static Map<String, String> annotations(Manifest deployment) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(DESIRED, Long.toString(replicas(deployment)));
    annotations.put(MOST, Long.toString(replicas(deployment) + surge(deployment)));
    return annotations;
  }

  private static void label(Map<String, @Nullable Object> tree, String hash, String... path) {
    Map<String, @Nullable Object> at = tree;
    for (String field : path) {
      at = Trees.object(at.computeIfAbsent(field, f -> new LinkedHashMap<String, Object>()));
    }
    at.put("pod-template-hash", hash);
  }

  private static long available(Manifest set) {
    return set.integer(0, "status", "availableReplicas");
  }

  private static long revision(Manifest set) {
    String revision = set.annotations().getOrDefault(REVISION, "0");
    return Long.parseLong(revision);
  }

  private static Comparator<Manifest> byAge() {
    return Comparator.<Manifest, String>comparing(
            set -> set.string("metadata", "creationTimestamp"))
        .thenComparing(DeploymentController::revision)
        .thenComparing(Manifest::name);
  }

  private static Comparator<Manifest> bySizeThenAge() {
    return Comparator.<Manifest>comparingLong(set -> -replicas(set)).thenComparing(byAge());
  }
}
