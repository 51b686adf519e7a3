package io.sailplan.kro;

/** What can be said of expressions without reading them. */
final class Expressions {
  private Expressions() {}

  /**
   * Returns whether a text may be one expression and nothing else; what is inside is not looked at.
   */
  static boolean isStandalone(String text) {
    return text.startsWith("${") && text.endsWith("}") && text.length() > 3;
  }

  /** Returns whether a text may hold an expression. */
  static boolean mayHold(String text) {
    int start = text.indexOf("${");
    return start >= 0 && text.indexOf('}', start) > 0;
  }
}
