package io.sailplan.testing;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Propagation;
import io.sailplan.shape.KindShape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How controllers see and change the cluster: through the same server as everybody, under their own
 * names as field managers, and untouched by the faults that clients suffer.
 */
final class ControllerClient {
  static final String MANAGER = "kube-controller-manager";

  private final World world;
  private final Writes writes;
  private final Deletion deletion;

  ControllerClient(World world, Writes writes, Deletion deletion) {
    this.world = world;
    this.writes = writes;
    this.deletion = deletion;
  }

  Timeline timeline() {
    return world.timeline();
  }

  Instant now() {
    return world.now();
  }

  @Nullable Manifest get(ObjectKey key) {
    return world.store().get(key);
  }

  List<Manifest> list(GroupKind kind, String namespace) {
    return world.store().list(kind, namespace);
  }

  List<Manifest> all() {
    return world.store().all();
  }

  /** Returns the objects of a kind that {@code owner} controls. */
  List<Manifest> owned(GroupKind kind, Manifest owner) {
    return list(kind, owner.namespace()).stream()
        .filter(object -> Owners.controls(owner, object))
        .toList();
  }

  boolean isNamespaced(GroupKind kind) {
    return !world.kinds().serves(kind) || world.kinds().preferred(kind).namespaced();
  }

  /** Returns {@code deployments.apps}; {@code pods.} for the core group, as conditions write it. */
  String pluralOf(GroupKind kind) {
    return world.kinds().serves(kind)
        ? world.kinds().preferred(kind).resource().plural() + "." + kind.group()
        : kind.toString();
  }

  String nameFor(String prefix) {
    return prefix + world.uids().suffix();
  }

  /** Returns the number in the node's name; 0 if it has none. */
  int nodeNumber(String node) {
    String digits = node.substring(node.lastIndexOf('-') + 1);
    return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
  }

  Manifest create(Manifest object) {
    return createAs(object, MANAGER);
  }

  Manifest createAs(Manifest object, String manager) {
    return writes.create(object, manager).object().manifest();
  }

  Manifest update(Manifest object) {
    return writes.replace(object, MANAGER, "").object().manifest();
  }

  /** Writes metadata by way of the status, as the controller of Deployments does. */
  void updateAsStatus(Manifest object) {
    writes.replace(object, MANAGER, "status");
  }

  void updateStatus(Manifest object, Map<String, @Nullable Object> status) {
    updateStatusAs(object, status, MANAGER);
  }

  void updateStatusAs(Manifest object, Map<String, @Nullable Object> status, String manager) {
    Manifest live = get(object.key());
    if (live != null && Owners.uid(live).equals(Owners.uid(object))) {
      KindShape shape = world.kinds().preferred(object.key().groupKind());
      writes.change(shape, live, live.with(status, "status"), manager, "status");
    }
  }

  /** Assigns a pod to a node, as a binding does. */
  void bind(Manifest pod, String node, @Nullable Object conditions) {
    Manifest bound = pod.with(node, "spec", "nodeName").with(conditions, "status", "conditions");
    world.store().put(pod.key(), bound);
  }

  void delete(Manifest object) {
    deleteBy(object, Propagation.BACKGROUND);
  }

  void deleteInForeground(Manifest object) {
    deleteBy(object, Propagation.FOREGROUND);
  }

  void deleteBy(Manifest object, Propagation propagation) {
    if (get(object.key()) != null) {
      deletion.delete(object.key(), Owners.uid(object), "", propagation, false);
    }
  }

  /** Deletes without grace. */
  void deleteNow(Manifest object) {
    if (get(object.key()) != null) {
      deletion.delete(object.key(), Owners.uid(object), "", Propagation.BACKGROUND, true);
    }
  }

  /** Takes the last finalizer off a namespace that is empty: it is gone. */
  void finishNamespace(Manifest namespace) {
    Manifest empty = namespace.without("spec", "finalizers");
    writes.removeIfFinished(world.store().put(namespace.key(), empty));
  }

  /** Tells of something; the same thing told again is counted. */
  void event(Manifest about, String type, String reason, String message, String source) {
    String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
    Manifest home = world.namespace(namespace);
    if (home == null || Owners.isTerminating(home)) {
      return;
    }
    String name = about.name() + "." + Uids.hash(Owners.uid(about) + type + reason + message);
    Manifest known = get(new ObjectKey("", "Event", namespace, name));
    String time = Tree.time(now());
    if (known != null) {
      Manifest counted =
          known.with(known.integer(1, "count") + 1, "count").with(time, "lastTimestamp");
      writes.replace(counted, source, "");
      return;
    }
    createAs(
        Manifest.of(
            Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "Event",
                "metadata",
                Tree.of("name", name, "namespace", namespace),
                "involvedObject",
                Tree.of(
                    "apiVersion", about.apiVersion(),
                    "kind", about.kind(),
                    "name", about.name(),
                    "namespace", about.namespace().isEmpty() ? null : about.namespace(),
                    "resourceVersion", about.get("metadata", "resourceVersion"),
                    "uid", Owners.uid(about)),
                "type",
                type,
                "reason",
                reason,
                "message",
                message,
                "count",
                1L,
                "firstTimestamp",
                time,
                "lastTimestamp",
                time,
                "source",
                Tree.of("component", source),
                "reportingComponent",
                source)),
        source);
  }
}
