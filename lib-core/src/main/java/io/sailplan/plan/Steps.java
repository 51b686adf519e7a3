package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What all steps have in common. */
final class Steps {
  private Steps() {}

  static void check(String id, Target target, String reason, Duration deadline) {
    requireNonNull(id, "id");
    requireNonNull(target, "target");
    requireNonNull(reason, "reason");
    if (requireNonNull(deadline, "deadline").isNegative()) {
      throw new IllegalArgumentException("deadline must not be negative: " + deadline);
    }
  }
}
