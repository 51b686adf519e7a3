package io.sailplan.reconcile;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a plan does, as a few characters: equal if it does the same, whatever it was made from. */
final class Signature {
  private static final Set<StepKind> WRITES =
      EnumSet.of(StepKind.CREATE, StepKind.APPLY, StepKind.PATCH, StepKind.DELETE);

  private Signature() {}

  static boolean writes(Plan plan) {
    return plan.steps().stream().anyMatch(step -> WRITES.contains(step.kind()));
  }

  static String of(Plan plan) {
    Hasher hasher = Hashing.murmur3_128().newHasher();
    for (Step step : plan.steps()) {
      if (WRITES.contains(step.kind())) {
        put(hasher, step.id());
        for (FieldChange change : changes(step)) {
          put(hasher, change.path().toString());
          put(hasher, String.valueOf(change.after()));
        }
      }
    }
    return hasher.hash().toString();
  }

  static String of(List<?> said) {
    return Hashing.murmur3_128().hashString(said.toString(), StandardCharsets.UTF_8).toString();
  }

  /** What a step finds there does not count: somebody who undoes it may do so in many ways. */
  private static List<FieldChange> changes(Step step) {
    if (step instanceof Step.Create create) {
      return create.changes();
    }
    if (step instanceof Step.Apply apply) {
      return apply.changes();
    }
    return step instanceof Step.Patch patch ? patch.changes() : List.of();
  }

  /** With its length, so that two texts are never taken for one. */
  private static void put(Hasher hasher, String text) {
    hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
  }
}
