package io.sailplan.k8s;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before trying again: twice as long each time, with jitter. One thread's. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  /** It worked: the next failure waits shortly again. */
  void reset() {
    next = FIRST;
  }

  /** Returns how long to wait now: between half and the whole of what it is its turn. */
  Duration next() {
    Duration now = next;
    Duration twice = now.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return now.dividedBy(2)
        .plusMillis(ThreadLocalRandom.current().nextLong(now.toMillis() / 2 + 1));
  }
}
