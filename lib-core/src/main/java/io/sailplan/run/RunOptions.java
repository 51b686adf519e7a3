package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How a plan is run.
 *
 * @param concurrency how many requests may be in flight at once
 * @param firstRetry how long the first retry waits; each further one waits twice as long
 * @param longestRetry how long a retry waits at the most
 * @param jitter numbers from 0 up to, not including, 1, that spread the retries; asked once for
 *     each
 * @param cancelGrace how long requests in flight may still be answered after a cancellation
 * @param logLines how many log lines of a failed container an explanation quotes; 0 for none
 */
public record RunOptions(
    int concurrency,
    Duration firstRetry,
    Duration longestRetry,
    DoubleSupplier jitter,
    Duration cancelGrace,
    int logLines) {

  /**
   * Checks its parts.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public RunOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be positive: " + concurrency);
    }
    if (requireNonNull(firstRetry, "firstRetry").isNegative() || firstRetry.isZero()) {
      throw new IllegalArgumentException("firstRetry must be positive: " + firstRetry);
    }
    if (requireNonNull(longestRetry, "longestRetry").compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "longestRetry must not be less than firstRetry: " + longestRetry);
    }
    requireNonNull(jitter, "jitter");
    if (requireNonNull(cancelGrace, "cancelGrace").isNegative()) {
      throw new IllegalArgumentException("cancelGrace must not be negative: " + cancelGrace);
    }
    if (logLines < 0) {
      throw new IllegalArgumentException("logLines must not be negative: " + logLines);
    }
  }

  /**
   * Returns eight requests at once, retries from half a second to fifteen seconds without jitter,
   * and no logs.
   */
  public static RunOptions standard() {
    return new RunOptions(
        8, Duration.ofMillis(500), Duration.ofSeconds(15), () -> 0.5, Duration.ofSeconds(10), 0);
  }

  /** Returns these options with another bound on requests in flight. */
  public RunOptions concurrency(int concurrency) {
    return new RunOptions(concurrency, firstRetry, longestRetry, jitter, cancelGrace, logLines);
  }

  /** Returns these options with jitter. */
  public RunOptions jitter(DoubleSupplier jitter) {
    return new RunOptions(concurrency, firstRetry, longestRetry, jitter, cancelGrace, logLines);
  }

  /** Returns these options, quoting log lines of failed containers. */
  public RunOptions logLines(int logLines) {
    return new RunOptions(concurrency, firstRetry, longestRetry, jitter, cancelGrace, logLines);
  }

  /** Returns these options with another grace after a cancellation. */
  public RunOptions cancelGrace(Duration cancelGrace) {
    return new RunOptions(concurrency, firstRetry, longestRetry, jitter, cancelGrace, logLines);
  }
}
