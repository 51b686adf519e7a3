package io.sailplan.kro;

import io.sailplan.expression.Template;

/** What can be said of expressions without looking into them. */
final class Expressions {
  private Expressions() {}

  /** Returns whether a text is one expression and nothing else. */
  static boolean isStandalone(String text) {
    return Template.parse(text).isWhole();
  }

  /** Returns whether a text holds an expression. */
  static boolean areIn(String text) {
    return Template.mayHoldExpressions(text) && Template.parse(text).hasExpressions();
  }
}
