package io.sailplan.k8s;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told to a run. Of a watched object only the latest state waits; that it has
 * vanished is told with the state that waited before. A state that is older than one that was told
 * is never told. Safe for use by several threads.
 */
final class Mailbox {
  /** So many events may go before a tick that is due: what they tell may avert what it ends. */
  private static final int PATIENCE = 100;

  private final RunClock clock;
  private final Map<Object, RunEvent> waiting = new LinkedHashMap<>();
  private final Map<ObjectKey, String> watched = new HashMap<>();
  private @Nullable Instant wake;
  private int overdue;

  Mailbox(RunClock clock) {
    this.clock = clock;
  }

  /** Puts an event that must not be lost. */
  synchronized void post(RunEvent event) {
    waiting.put(new Object(), event);
    notifyAll();
  }

  /** From now on, states of the object are taken. */
  synchronized void watch(ObjectKey key) {
    watched.putIfAbsent(key, "");
  }

  /** From now on, states of the object are thrown away. */
  synchronized void unwatch(ObjectKey key) {
    watched.remove(key);
    waiting.remove(key);
  }

  /** Puts a state of an object, unless nobody watches it or a later one is known. */
  synchronized void observe(ObjectKey key, String resourceVersion, RunEvent event) {
    String known = watched.get(key);
    if (known == null || ResourceVersions.isOlder(resourceVersion, known)) {
      return;
    }
    if (!resourceVersion.isEmpty()) {
      watched.put(key, resourceVersion);
    }
    waiting.put(key, withLast(event, waiting.get(key)));
    notifyAll();
  }

  /** How an object ended must not be lost because it is gone by now. */
  private static RunEvent withLast(RunEvent event, @Nullable RunEvent before) {
    if (event instanceof RunEvent.Vanished vanished && vanished.last() == null) {
      LiveObject last =
          before instanceof RunEvent.Observed observed
              ? observed.object()
              : before instanceof RunEvent.Vanished earlier ? earlier.last() : null;
      return new RunEvent.Vanished(vanished.key(), vanished.resourceVersion(), last);
    }
    return event;
  }

  /** Asks for a tick at this time; replaces an earlier wish. */
  synchronized void wakeAt(Instant time) {
    wake = time;
    overdue = 0;
  }

  /** Waits for the next event, or for the time of the tick that was asked for. */
  synchronized RunEvent take() throws InterruptedException {
    while (waiting.isEmpty() || overdue >= PATIENCE) {
      Instant at = wake;
      if (at == null) {
        wait();
        continue;
      }
      Duration left = clock.until(at);
      if (left.isZero()) {
        wake = null;
        overdue = 0;
        return new RunEvent.Tick();
      }
      // Rounded up: waking too early would only mean to wait again.
      wait(left.toMillis() + 1);
    }
    if (wake != null && clock.until(wake).isZero()) {
      overdue++;
    }
    Map.Entry<Object, RunEvent> next = waiting.entrySet().iterator().next();
    waiting.remove(next.getKey());
    return next.getValue();
  }
}
