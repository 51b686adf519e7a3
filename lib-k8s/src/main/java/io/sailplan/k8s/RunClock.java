package io.sailplan.k8s;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that starts at the wall's time and never jumps, so that no deadline does. */
final class RunClock {
  private final Instant start;
  private final long origin = System.nanoTime();

  RunClock(Clock wall) {
    this.start = wall.instant();
  }

  Instant now() {
    return start.plusNanos(System.nanoTime() - origin);
  }

  /** Returns how long it is until then; zero if that is over. */
  Duration until(Instant then) {
    Duration left = Duration.between(now(), then);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
