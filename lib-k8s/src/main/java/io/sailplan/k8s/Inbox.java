package io.sailplan.k8s;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What waits to be done by one thread: what came in, in its order, and what is due at a time. Of
 * several states of the same thing only the latest waits, so a storm takes no more room than there
 * are things. Safe for use by several threads.
 */
final class Inbox {
  private final RunClock clock;
  private final Map<Object, Runnable> waiting = new LinkedHashMap<>();
  private final Map<String, Instant> wishes = new TreeMap<>();

  Inbox(RunClock clock) {
    this.clock = clock;
  }

  /** Puts what must not be lost. */
  synchronized void post(Runnable task) {
    waiting.put(new Object(), task);
    notifyAll();
  }

  /** Puts the latest state of something, in place of an earlier one. */
  synchronized void replace(Object what, Runnable task) {
    waiting.put(what, task);
    notifyAll();
  }

  /** Asks to be woken at this time; replaces an earlier wish of that name. */
  synchronized void wakeAt(String name, Instant time) {
    wishes.put(name, time);
  }

  /**
   * Does the next thing, or waits until there is one.
   *
   * @param due is told the name of a wish whose time has come
   */
  void next(Consumer<String> due) throws InterruptedException {
    Runnable task = take(due);
    task.run();
  }

  private synchronized Runnable take(Consumer<String> due) throws InterruptedException {
    while (true) {
      // What is due comes first: it is rare, and a storm must not hold it back.
      Duration least = null;
      for (Map.Entry<String, Instant> wish : wishes.entrySet()) {
        Duration left = clock.until(wish.getValue());
        if (left.isZero()) {
          String name = wish.getKey();
          wishes.remove(name);
          return () -> due.accept(name);
        }
        least = least == null || left.compareTo(least) < 0 ? left : least;
      }
      if (!waiting.isEmpty()) {
        Map.Entry<Object, Runnable> next = waiting.entrySet().iterator().next();
        waiting.remove(next.getKey());
        return next.getValue();
      }
      if (least == null) {
        wait();
      } else {
        wait(least.toMillis() + 1); // rounded up: waking too early would only mean to wait again
      }
    }
  }
}
