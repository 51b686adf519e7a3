package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Trees;
import org.jspecify.annotations.Nullable;

/** The entries of {@code status.conditions}. */
final class Conditions {
  private Conditions() {}

  /**
   * One condition.
   *
   * @param type its type
   * @param status {@code True}, {@code False} or {@code Unknown}
   * @param reason one word; empty if missing
   * @param message text for people; empty if missing
   * @param observedGeneration the generation it speaks of; -1 if it does not say
   */
  record Condition(
      String type, String status, String reason, String message, long observedGeneration) {
    boolean isTrue() {
      return status.equals("True");
    }

    boolean isFalse() {
      return status.equals("False");
    }

    /** Returns the reason, or {@code otherwise} if the condition gives none. */
    String reasonOr(String otherwise) {
      return reason.isEmpty() ? otherwise : reason;
    }

    /** Returns {@code its condition Ready is False (NoDisk): there is no disk}. */
    String text() {
      return "its condition "
          + type
          + " is "
          + status
          + (reason.isEmpty() ? "" : " (" + reason + ")")
          + (message.isEmpty() ? "" : ": " + message);
    }
  }

  /** Returns the condition of this type; null if there is none, or if it speaks of the past. */
  static @Nullable Condition find(LiveObject object, String type) {
    for (Object item : Trees.list(object.manifest().get("status", "conditions"))) {
      if (Trees.string(Trees.get(item, "type")).equals(type)) {
        Condition condition = read(item);
        long observed = condition.observedGeneration();
        return observed >= 0 && observed < object.generation() ? null : condition;
      }
    }
    return null;
  }

  /** Returns whether the condition stands, is not of the past, and is {@code True}. */
  static boolean isTrue(LiveObject object, String type) {
    Condition condition = find(object, type);
    return condition != null && condition.isTrue();
  }

  private static Condition read(@Nullable Object item) {
    return new Condition(
        Trees.string(Trees.get(item, "type")),
        Trees.string(Trees.get(item, "status")),
        Trees.string(Trees.get(item, "reason")),
        Trees.string(Trees.get(item, "message")).strip(),
        Trees.get(item, "observedGeneration") instanceof Long number ? number : -1);
  }
}
