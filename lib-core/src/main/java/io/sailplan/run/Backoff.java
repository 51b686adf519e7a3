package io.sailplan.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the retries of one step wait: twice as long each time, up to a bound, spread by jitter.
 */
final class Backoff {
  private final RunOptions options;
  private Duration plain;

  Backoff(RunOptions options) {
    this.options = options;
    this.plain = options.firstRetry();
  }

  /** Returns how long the next retry waits, at least as long as the server asks for. */
  Duration next(@Nullable Duration retryAfter) {
    double spread = 0.5 + options.jitter().getAsDouble();
    Duration wait = Duration.ofNanos(Math.max(1, (long) (nanos(plain) * spread)));
    plain = isLongest(plain) ? options.longestRetry() : plain.multipliedBy(2);
    return retryAfter != null && retryAfter.compareTo(wait) > 0 ? retryAfter : wait;
  }

  private boolean isLongest(Duration duration) {
    return duration.compareTo(options.longestRetry().dividedBy(2)) >= 0;
  }

  /** Nobody waits longer than a day. */
  private static long nanos(Duration duration) {
    Duration day = Duration.ofDays(1);
    return (duration.compareTo(day) > 0 ? day : duration).toNanos();
  }
}
