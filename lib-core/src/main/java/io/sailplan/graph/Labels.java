package io.sailplan.graph;

import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Labels, and the selectors that choose by them. Pure functions; thread-safe. */
public final class Labels {
  private Labels() {}

  /** Returns whether a {@code LabelSelector} chooses the labels; a missing one chooses nothing. */
  static boolean matches(@Nullable Object selector, Map<String, String> labels) {
    return selector != null && matches(selector, labels, key -> true);
  }

  /**
   * Returns whether a {@code LabelSelector} may choose the labels, of which only the keys in {@code
   * known} are known; a missing selector chooses everything, as in webhooks.
   */
  public static boolean mayMatch(
      @Nullable Object selector, Map<String, String> labels, Predicate<String> known) {
    return selector == null || matches(selector, labels, known);
  }

  private static boolean matches(
      Object selector, Map<String, String> labels, Predicate<String> known) {
    for (Map.Entry<String, String> wanted :
        Trees.strings(Trees.get(selector, "matchLabels")).entrySet()) {
      if (known.test(wanted.getKey()) && !wanted.getValue().equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    for (Object expression : Trees.list(Trees.get(selector, "matchExpressions"))) {
      String key = Trees.string(Trees.get(expression, "key"));
      if (known.test(key) && !holds(expression, labels.get(key))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(@Nullable Object expression, @Nullable String value) {
    List<@Nullable Object> values = Trees.list(Trees.get(expression, "values"));
    return switch (Trees.string(Trees.get(expression, "operator"))) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false; // the API server refuses other operators
    };
  }
}
