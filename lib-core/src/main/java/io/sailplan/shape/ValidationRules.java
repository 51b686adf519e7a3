package io.sailplan.shape;

import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a schema ({@code x-kubernetes-validations}) say about a value that changes.
 * Only the one rule that forbids every change is understood; it is how definitions say that a field
 * is immutable.
 *
 * @param fixed what the server says when the value changes; null if it may
 * @param comparesWithBefore whether another rule looks at the value before
 */
record ValidationRules(@Nullable String fixed, boolean comparesWithBefore) {
  private static final List<String> NO_CHANGE = List.of("self==oldSelf", "oldSelf==self");
  private static final Pattern BEFORE = Pattern.compile("\\boldSelf\\b");

  static ValidationRules of(Map<String, @Nullable Object> schema) {
    String fixed = null;
    boolean compares = false;
    for (Object item : Trees.list(schema.get("x-kubernetes-validations"))) {
      String rule = Trees.string(Trees.get(item, "rule"));
      boolean plain =
          Trees.get(item, "messageExpression") == null
              && !Boolean.TRUE.equals(Trees.get(item, "optionalOldSelf"));
      if (plain && NO_CHANGE.contains(rule.replaceAll("\\s", ""))) {
        String message = Trees.string(Trees.get(item, "message"));
        if (fixed == null) {
          fixed = message.isEmpty() ? "failed rule: " + rule.strip() : message;
        }
      } else {
        compares |= BEFORE.matcher(rule).find();
      }
    }
    return new ValidationRules(fixed, compares);
  }
}
