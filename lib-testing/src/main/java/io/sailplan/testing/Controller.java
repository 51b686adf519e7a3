package io.sailplan.testing;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.OwnerReference;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something that looks at objects again whenever they, or what they own, have changed, and brings
 * the cluster nearer to what they ask for.
 */
abstract class Controller {
  /** How long a controller takes to notice; a real one needs some milliseconds. */
  private static final Duration REACTION = Duration.ofMillis(5);

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final int MOST_DOUBLINGS = 10;

  final ControllerClient client;
  private final GroupKind kind;
  private final Set<ObjectKey> queued = new LinkedHashSet<>();
  private final Map<ObjectKey, Integer> failures = new TreeMap<>();
  private final Map<ObjectKey, Instant> wakes = new TreeMap<>();

  Controller(ControllerClient client, GroupKind kind) {
    this.client = client;
    this.kind = kind;
  }

  /** Looks at one object; the object may be gone. */
  abstract void reconcile(ObjectKey key);

  /** Looks at what the change concerns: by default the object, and the one that controls it. */
  void changed(Store.Change change) {
    if (change.key().groupKind().equals(kind)) {
      enqueue(change.key());
    }
    for (Manifest state : new Manifest[] {change.before(), change.after()}) {
      OwnerReference owner = state == null ? null : Owners.controller(state);
      if (owner != null && owner.kind().equals(kind.kind())) {
        ObjectKey key =
            ObjectKey.of(owner.apiVersion(), owner.kind(), change.key().namespace(), owner.name());
        if (key.groupKind().equals(kind)) {
          enqueue(key);
        }
      }
    }
  }

  final void enqueue(ObjectKey key) {
    if (queued.add(key)) {
      client.timeline().react(REACTION, () -> work(key));
    }
  }

  final void enqueueAll(GroupKind kind, String namespace) {
    client.list(kind, namespace).forEach(object -> enqueue(object.key()));
  }

  /** Looks at the object again later; of several wishes the earliest counts. */
  final void enqueueAt(ObjectKey key, Instant when) {
    Instant earlier = wakes.get(key);
    if (earlier == null || earlier.isBefore(client.now()) || when.isBefore(earlier)) {
      wakes.put(key, when);
      client
          .timeline()
          .at(
              when,
              () -> {
                wakes.remove(key, when);
                enqueue(key);
              });
    }
  }

  private void work(ObjectKey key) {
    queued.remove(key);
    try {
      reconcile(key);
      failures.remove(key);
    } catch (ApiError refused) {
      int times = failures.merge(key, 1, Integer::sum);
      long wait = FIRST_RETRY.toMillis() << Math.min(times - 1, MOST_DOUBLINGS);
      enqueueAt(key, client.now().plusMillis(wait));
    }
  }
}
