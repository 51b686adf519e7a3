package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

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

  /** Returns what a step does to each field; nothing for steps that write no fields. */
  static List<FieldChange> changes(Step step) {
    return switch (step.kind()) {
      case CREATE -> ((Step.Create) step).changes();
      case APPLY -> ((Step.Apply) step).changes();
      case PATCH -> ((Step.Patch) step).changes();
      case DELETE, AWAIT_READY, AWAIT_GONE, UNCHANGED, GATE -> List.of();
    };
  }
}
