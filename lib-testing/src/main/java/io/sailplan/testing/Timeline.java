package io.sailplan.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Virtual time: a queue of things that will happen. What is due at the same time happens in the
 * order in which it was scheduled.
 */
final class Timeline {
  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::at).thenComparingLong(Due::number);

  private final PriorityQueue<Due> queue = new PriorityQueue<>(ORDER);
  private Instant now;
  private long scheduled;
  private int reactions;
  private boolean running;

  Timeline(Instant start) {
    this.now = start;
  }

  Instant now() {
    return now;
  }

  /** Schedules a reaction to something that has happened: {@link #settle} waits for it. */
  void react(Duration delay, Runnable what) {
    add(now.plus(delay), true, what);
  }

  /** Schedules something that comes with time: {@link #settle} does not wait for it. */
  void at(Instant when, Runnable what) {
    add(when.isBefore(now) ? now : when, false, what);
  }

  /** Lets the next thing happen; returns false if nothing is scheduled. */
  boolean step() {
    Due next = queue.poll();
    if (next == null) {
      return false;
    }
    if (running) {
      throw new IllegalStateException(
          "virtual time passes already: do not advance it inside of a listener");
    }
    running = true;
    try {
      now = next.at();
      reactions -= next.reaction() ? 1 : 0;
      next.what().run();
    } finally {
      running = false;
    }
    return true;
  }

  /**
   * Lets the next thing happen that is due until {@code end}; returns false, at the end, if there
   * is none.
   */
  boolean stepUntil(Instant end) {
    Due next = queue.peek();
    if (next == null || next.at().isAfter(end)) {
      now = end.isAfter(now) ? end : now;
      return false;
    }
    return step();
  }

  /** Lets everything happen that is due until {@code end}, which is the time afterwards. */
  void runUntil(Instant end) {
    while (stepUntil(end)) {
      // each step is one thing that happens
    }
  }

  /** Lets things happen until every reaction has happened, whatever it led to included. */
  void settle(int atMost) {
    for (int steps = 0; reactions > 0; steps++) {
      if (steps == atMost) {
        throw new IllegalStateException(
            "the cluster does not come to rest: " + atMost + " reactions, and more to come");
      }
      step();
    }
  }

  private void add(Instant at, boolean reaction, Runnable what) {
    reactions += reaction ? 1 : 0;
    queue.add(new Due(at, scheduled++, reaction, what));
  }

  private record Due(Instant at, long number, boolean reaction, Runnable what) {}
}
