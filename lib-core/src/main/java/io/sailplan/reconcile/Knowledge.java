package io.sailplan.reconcile;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.ObjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the objects of one application: what the last look has shown, and what watches
 * have told since. Bounded by {@link Sight#MOST_OBJECTS}.
 */
final class Knowledge {
  private final Map<ObjectKey, Seen> objects = new LinkedHashMap<>();

  /** What was told since a look began; the look may have seen it, or not. */
  private final Map<ObjectKey, Seen> told = new LinkedHashMap<>();

  private @Nullable Sight sight;
  private boolean complete = true;
  private boolean looking;

  /** Returns what is watched for it. */
  List<Look> sources() {
    return sight == null ? List.of() : sight.sources();
  }

  int size() {
    return objects.size() + told.size();
  }

  void forget() {
    objects.clear();
    told.clear();
    sight = null;
    complete = true;
    looking = false;
  }

  /** A look begins: what is told from now on may be later than what it will show. */
  void beginLook() {
    looking = true;
    told.clear();
  }

  void lookFailed() {
    looking = false;
    told.clear();
  }

  /** Takes in what a watch tells; returns whether that matters. */
  boolean changed(LiveObject object) {
    Sight last = sight;
    if (last == null || (last.relevance().isIgnored(object) && !knows(object.key()))) {
      return false;
    }
    return take(object.key(), last.relevance().seen(object));
  }

  /** Takes in that an object is gone; returns whether that matters. */
  boolean vanished(ObjectKey key, String version) {
    if (sight == null || (complete && !knows(key))) {
      return false;
    }
    return take(key, Seen.absent(version));
  }

  private boolean knows(ObjectKey key) {
    return objects.containsKey(key);
  }

  private boolean take(ObjectKey key, Seen now) {
    Seen before = objects.get(key);
    if (before != null && !now.version().isEmpty() && now.isNoLaterThan(before)) {
      return false;
    }
    put(objects, key, now);
    if (looking) {
      put(told, key, now);
    }
    return before == null ? !(now.isAbsent() && complete) : before.digest() != now.digest();
  }

  private void put(Map<ObjectKey, Seen> map, ObjectKey key, Seen seen) {
    if (map.size() < Sight.MOST_OBJECTS || map.containsKey(key)) {
      map.put(key, seen);
    } else {
      complete = false;
    }
  }

  /** What a look has shown that was not known before it. */
  record Difference(Set<ObjectKey> changed, boolean overtaken) {}

  /**
   * Takes in what a look has shown.
   *
   * @return what has changed from what was known before, and whether watches have told something
   *     else since
   */
  Difference looked(Sight shown) {
    boolean first = sight == null;
    Set<ObjectKey> changed = new TreeSet<>();
    Map<ObjectKey, Seen> later = new LinkedHashMap<>();
    boolean overtaken = looking && !complete && !told.isEmpty();
    for (Map.Entry<ObjectKey, Seen> entry : told.entrySet()) {
      Seen seen = shown.objects().getOrDefault(entry.getKey(), Seen.absent(""));
      if (!entry.getValue().isNoLaterThan(seen)) {
        later.put(entry.getKey(), entry.getValue());
        overtaken |= entry.getValue().digest() != seen.digest();
      }
    }
    if (!first) {
      shown.objects().forEach((key, seen) -> compare(key, seen, changed));
      objects.forEach(
          (key, seen) -> {
            if (!shown.objects().containsKey(key) && !seen.isAbsent()) {
              changed.add(key);
            }
          });
    }
    objects.clear();
    objects.putAll(shown.objects());
    complete = shown.isComplete();
    later.forEach((key, seen) -> put(objects, key, seen));
    told.clear();
    looking = false;
    sight = shown;
    return new Difference(changed, overtaken);
  }

  private void compare(ObjectKey key, Seen seen, Set<ObjectKey> changed) {
    Seen before = objects.get(key);
    if (before == null || before.digest() != seen.digest()) {
      changed.add(key);
    }
  }
}
