package io.sailplan.reconcile;

import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.ObservationScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a look has shown, as little of it as it takes to notice later that something has changed: a
 * digest of each object, none of its content. Immutable.
 */
public final class Sight {
  /** Of so many objects of an application it is known how they were; of all others it is not. */
  static final int MOST_OBJECTS = 10_000;

  private final List<Look> sources;
  private final Map<ObjectKey, Seen> objects;
  private final Relevance relevance;
  private final boolean complete;

  private Sight(
      List<Look> sources, Map<ObjectKey, Seen> objects, Relevance relevance, boolean complete) {
    this.sources = sources;
    this.objects = objects;
    this.relevance = relevance;
    this.complete = complete;
  }

  /** Returns what {@code seen} has shown of what matters to an application. */
  static Sight of(Application application, ObservationScope scope, Snapshot seen) {
    List<Look> sources = scope.watched(seen);
    Relevance relevance = Relevance.of(application);
    Map<ObjectKey, Seen> objects = new LinkedHashMap<>();
    boolean complete = true;
    for (LiveObject object : seen.objects()) {
      if (isShown(sources, object) && !relevance.isIgnored(object)) {
        if (objects.size() < MOST_OBJECTS) {
          objects.put(object.key(), relevance.seen(object));
        } else {
          complete = false;
        }
      }
    }
    return new Sight(sources, objects, relevance, complete);
  }

  private static boolean isShown(List<Look> sources, LiveObject object) {
    Map<String, String> labels = object.manifest().labels();
    return sources.stream().anyMatch(source -> source.covers(object.key(), labels));
  }

  /** Returns what is worth watching; ordered. */
  public List<Look> sources() {
    return sources;
  }

  Map<ObjectKey, Seen> objects() {
    return objects;
  }

  Relevance relevance() {
    return relevance;
  }

  /** Returns whether it knows all objects that were shown. */
  boolean isComplete() {
    return complete;
  }

  /** Returns how many objects it knows, and of what it is worth watching. */
  @Override
  public String toString() {
    return "Sight[" + objects.size() + " objects, " + sources.size() + " sources]";
  }
}
