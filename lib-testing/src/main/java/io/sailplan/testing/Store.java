package io.sailplan.testing;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is kept: the objects, and every state they ever had. One counter gives all resourceVersions,
 * so they are ordered over all kinds.
 */
final class Store {
  /** Far from the resourceVersion that no object has, see {@code Request.Apply.CREATE_ONLY}. */
  private static final long FIRST_REVISION = 100;

  private final NavigableMap<ObjectKey, Manifest> objects = new TreeMap<>();
  private final Map<ObjectKey, NavigableMap<Long, Optional<Manifest>>> history = new TreeMap<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private long revision = FIRST_REVISION;

  /** One change; {@code before} or {@code after} is null where the object did not exist. */
  record Change(
      long revision, ObjectKey key, @Nullable Manifest before, @Nullable Manifest after) {}

  long revision() {
    return revision;
  }

  @Nullable Manifest get(ObjectKey key) {
    return objects.get(key);
  }

  boolean has(ObjectKey key) {
    return objects.containsKey(key);
  }

  List<Manifest> all() {
    return List.copyOf(objects.values());
  }

  /** Returns the objects of a kind, ordered by namespace and name; in all namespaces if empty. */
  List<Manifest> list(GroupKind kind, String namespace) {
    ObjectKey from = new ObjectKey(kind.group(), kind.kind(), namespace, "");
    List<Manifest> found = new ArrayList<>();
    for (Map.Entry<ObjectKey, Manifest> entry : objects.tailMap(from, true).entrySet()) {
      ObjectKey key = entry.getKey();
      if (!key.groupKind().equals(kind)
          || !(namespace.isEmpty() || namespace.equals(key.namespace()))) {
        break;
      }
      found.add(entry.getValue());
    }
    return found;
  }

  /** Returns all objects as they were {@code back} changes ago. */
  List<Manifest> past(long back) {
    long then = revision - back;
    List<Manifest> found = new ArrayList<>();
    for (NavigableMap<Long, Optional<Manifest>> states : history.values()) {
      Map.Entry<Long, Optional<Manifest>> state = states.floorEntry(then);
      if (state != null) {
        state.getValue().ifPresent(found::add);
      }
    }
    return found;
  }

  void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Keeps the object under a new resourceVersion, and returns it with that. */
  Manifest put(ObjectKey key, Manifest object) {
    revision++;
    Manifest stored = object.with(Long.toString(revision), "metadata", "resourceVersion");
    Manifest before = objects.put(key, stored);
    remember(key, Optional.of(stored));
    tell(new Change(revision, key, before, stored));
    return stored;
  }

  void remove(ObjectKey key) {
    Manifest before = objects.remove(key);
    if (before != null) {
      revision++;
      remember(key, Optional.empty());
      tell(new Change(revision, key, before, null));
    }
  }

  private void remember(ObjectKey key, Optional<Manifest> state) {
    history.computeIfAbsent(key, k -> new TreeMap<>()).put(revision, state);
  }

  private void tell(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }
}
