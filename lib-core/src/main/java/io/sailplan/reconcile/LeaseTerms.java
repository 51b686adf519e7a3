package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ObjectKey;
import java.time.Duration;

/**
 * Which Lease the instances of a program compete for, and how.
 *
 * @param lease the Lease; it is created if need be
 * @param identity who this instance is; unique among all that compete
 * @param duration for how long a leader is believed that has stopped to say so
 * @param renewDeadline how long a leader goes on that cannot say so; less than the duration, so
 *     that it has stopped before another one begins
 * @param retry how often a leader says so, and others look
 */
public record LeaseTerms(
    ObjectKey lease, String identity, Duration duration, Duration renewDeadline, Duration retry) {

  /**
   * Checks its parts.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public LeaseTerms {
    requireNonNull(lease, "lease");
    if (requireNonNull(identity, "identity").isEmpty()) {
      throw new IllegalArgumentException("identity must not be empty");
    }
    Duration told = Duration.ofSeconds(requireNonNull(duration, "duration").toSeconds());
    if (told.compareTo(requireNonNull(renewDeadline, "renewDeadline")) <= 0) {
      throw new IllegalArgumentException(
          "duration must be more than renewDeadline, in whole seconds: " + duration);
    }
    if (requireNonNull(retry, "retry").isNegative()
        || retry.isZero()
        || renewDeadline.compareTo(retry) <= 0) {
      throw new IllegalArgumentException(
          "retry must be positive, and less than renewDeadline: " + retry);
    }
  }

  /**
   * Returns the terms that Kubernetes' own components use: a leader is believed for fifteen
   * seconds, stops after ten, and says so every two.
   *
   * @param namespace where the Lease is
   * @param name its name
   * @param identity who this instance is; unique among all that compete
   */
  public static LeaseTerms standard(String namespace, String name, String identity) {
    return new LeaseTerms(
        new ObjectKey("coordination.k8s.io", "Lease", namespace, name),
        identity,
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2));
  }

  /** Returns these terms with other times. */
  public LeaseTerms within(Duration duration, Duration renewDeadline, Duration retry) {
    return new LeaseTerms(lease, identity, duration, renewDeadline, retry);
  }
}
