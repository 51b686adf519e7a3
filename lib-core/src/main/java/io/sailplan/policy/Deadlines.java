package io.sailplan.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long the steps of a plan may take, each from its own start.
 *
 * @param ready how long a resource may take to become ready
 * @param gone how long an object may take to vanish after its deletion
 * @param write how long a write may take, retries included
 * @param quiet how long a custom resource that says nothing of its state is waited for
 */
public record Deadlines(Duration ready, Duration gone, Duration write, Duration quiet) {

  /**
   * Checks the durations.
   *
   * @throws IllegalArgumentException naming the duration, if one is negative
   */
  public Deadlines {
    check("ready", ready);
    check("gone", gone);
    check("write", write);
    check("quiet", quiet);
  }

  /** Returns five minutes to be ready or gone, one minute for a write, five seconds of quiet. */
  public static Deadlines standard() {
    return new Deadlines(
        Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofSeconds(5));
  }

  private static void check(String name, Duration duration) {
    if (requireNonNull(duration, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + duration);
    }
  }
}
