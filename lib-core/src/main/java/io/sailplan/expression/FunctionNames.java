package io.sailplan.expression;

import java.util.Map;

/** How functions are called in text that people read. */
final class FunctionNames {
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("_?_:_", "? :"),
          Map.entry("_&&_", "&&"),
          Map.entry("_||_", "||"),
          Map.entry("!_", "!"),
          Map.entry("-_", "-"),
          Map.entry("@in", "in"),
          Map.entry("_[_]", "[ ]"),
          Map.entry("_[?_]", "[? ]"),
          Map.entry("_?._", ".?"),
          Map.entry("@sortByAssociatedKeys", "sortBy"),
          Map.entry("cel.@mapInsert", "transformMap"));

  private FunctionNames() {}

  /** Returns {@code "+"} for {@code _+_}, in quotes. */
  static String shown(String name) {
    String operator = OPERATORS.get(name);
    if (operator == null) {
      operator = name.matches("_[^_]+_") ? name.substring(1, name.length() - 1) : name;
    }
    return "\"" + operator + "\"";
  }

  static boolean isOperator(String name) {
    return OPERATORS.containsKey(name) || name.matches("_[^_]+_|@.*");
  }
}
