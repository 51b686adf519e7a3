package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How eagerly applications are kept as they are declared.
 *
 * @param drift what becomes of differences that nobody has declared
 * @param debounce how long a change waits for the next one; zero to look at once
 * @param longestDelay how long the first of many changes waits at the most, however many follow
 * @param firstRetry how long the first retry after a failure waits; each further one waits twice as
 *     long
 * @param longestRetry how long a retry waits at the most; what was corrected this long ago is not
 *     held against anybody
 * @param resync after how long an application is looked at although nothing seems to have changed
 * @param concurrency how many applications are looked at and worked on at once
 */
public record ReconcilePolicy(
    Drift drift,
    Duration debounce,
    Duration longestDelay,
    Duration firstRetry,
    Duration longestRetry,
    Duration resync,
    int concurrency) {

  /**
   * Checks its parts.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public ReconcilePolicy {
    requireNonNull(drift, "drift");
    if (requireNonNull(debounce, "debounce").isNegative()) {
      throw new IllegalArgumentException("debounce must not be negative: " + debounce);
    }
    notLess("longestDelay", longestDelay, "debounce", debounce);
    positive("firstRetry", firstRetry);
    notLess("longestRetry", longestRetry, "firstRetry", firstRetry);
    positive("resync", resync);
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be positive: " + concurrency);
    }
  }

  /**
   * Returns the standard policy: drift is corrected; a change waits half a second for the next, but
   * never longer than five; retries wait from one second to five minutes; everything is looked at
   * every ten minutes; eight applications at once.
   */
  public static ReconcilePolicy standard() {
    return new ReconcilePolicy(
        Drift.CORRECT,
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        8);
  }

  /** Returns this policy, treating drift in another way. */
  public ReconcilePolicy drift(Drift drift) {
    return new ReconcilePolicy(
        drift, debounce, longestDelay, firstRetry, longestRetry, resync, concurrency);
  }

  /** Returns this policy with other times for changes to gather. */
  public ReconcilePolicy debounce(Duration debounce, Duration longestDelay) {
    return new ReconcilePolicy(
        drift, debounce, longestDelay, firstRetry, longestRetry, resync, concurrency);
  }

  /** Returns this policy with other times for retries. */
  public ReconcilePolicy retry(Duration firstRetry, Duration longestRetry) {
    return new ReconcilePolicy(
        drift, debounce, longestDelay, firstRetry, longestRetry, resync, concurrency);
  }

  /** Returns this policy with another time after which everything is looked at again. */
  public ReconcilePolicy resync(Duration resync) {
    return new ReconcilePolicy(
        drift, debounce, longestDelay, firstRetry, longestRetry, resync, concurrency);
  }

  /** Returns this policy with another bound on applications at once. */
  public ReconcilePolicy concurrency(int concurrency) {
    return new ReconcilePolicy(
        drift, debounce, longestDelay, firstRetry, longestRetry, resync, concurrency);
  }

  private static void positive(String name, Duration duration) {
    if (requireNonNull(duration, name).isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
  }

  private static void notLess(String name, Duration duration, String least, Duration bound) {
    if (requireNonNull(duration, name).compareTo(bound) < 0) {
      throw new IllegalArgumentException(
          name + " must not be less than " + least + ": " + duration);
    }
  }
}
