package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.reconcile.ReconcileEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The watches of a reconciler: told late, sometimes cut, and then of the present state only. */
final class SimulatedSources {
  private static final Duration LATENCY = Duration.ofMillis(5);

  private final World world;
  private final Faults faults;
  private final Consumer<ReconcileEvent> events;
  private final Set<Look> sources = new LinkedHashSet<>();
  private final Set<Look> cut = new LinkedHashSet<>();
  private final Set<ObjectKey> pending = new TreeSet<>();

  SimulatedSources(World world, Faults faults, Consumer<ReconcileEvent> events) {
    this.world = world;
    this.faults = faults;
    this.events = events;
  }

  void watch(Look source) {
    sources.add(source);
    if (isCut()) {
      lose(source);
    } else {
      tellAll(source);
    }
  }

  void unwatch(Look source) {
    sources.remove(source);
    cut.remove(source);
  }

  void close() {
    sources.clear();
    cut.clear();
  }

  void changed(Store.Change change) {
    for (Look source : sources) {
      if (shows(source, change.key(), change.before())
          || shows(source, change.key(), change.after())) {
        if (isCut()) {
          lose(source);
        } else {
          tell(change.key());
        }
      }
    }
  }

  private boolean isCut() {
    return faults.watchesBackAt().isAfter(world.now());
  }

  /** What happens until it is back is not told. */
  private void lose(Look source) {
    if (cut.add(source)) {
      events.accept(new ReconcileEvent.SourceLost(source));
      mendLater(source);
    }
  }

  private void mendLater(Look source) {
    Instant back = faults.watchesBackAt();
    world.timeline().at(back, () -> mend(source));
  }

  private void mend(Look source) {
    if (!cut.contains(source)) {
      return;
    }
    if (isCut()) {
      mendLater(source);
      return;
    }
    cut.remove(source);
    events.accept(new ReconcileEvent.SourceRestored(source));
    tellAll(source);
  }

  private void tellAll(Look source) {
    for (Manifest object : world.store().all()) {
      if (shows(source, object.key(), object)) {
        tell(object.key());
      }
    }
  }

  private void tell(ObjectKey key) {
    if (pending.add(key)) {
      world.timeline().react(LATENCY, () -> deliver(key));
    }
  }

  private void deliver(ObjectKey key) {
    pending.remove(key);
    Manifest object = world.store().get(key);
    boolean shown = sources.stream().anyMatch(source -> shows(source, key, object));
    if (object != null && shown) {
      events.accept(new ReconcileEvent.Changed(LiveObject.of(object)));
    } else if (!sources.isEmpty()) {
      String revision = Long.toString(world.store().revision());
      events.accept(new ReconcileEvent.Vanished(key, revision));
    }
  }

  private static boolean shows(Look source, ObjectKey key, @Nullable Manifest object) {
    return object != null && source.covers(key, object.labels());
  }
}
