package io.sailplan.expression;

/** A part of a {@link Template}. */
public sealed interface TemplatePart {

  /** Returns where in the text of the template its own text starts. */
  int offset();

  /** Returns its text. */
  String text();

  /**
   * Text that stands for itself.
   *
   * @param text the text
   * @param offset where it starts
   */
  record Literal(String text, int offset) implements TemplatePart {}

  /**
   * An expression.
   *
   * @param text the expression, without <code>${</code> and <code>}</code>
   * @param offset where it starts, behind the <code>${</code>
   */
  record Expression(String text, int offset) implements TemplatePart {}
}
