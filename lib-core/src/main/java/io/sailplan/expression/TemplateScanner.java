package io.sailplan.expression;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Splits a text into literals and expressions, with CEL's own idea of strings and comments. */
final class TemplateScanner {
  private static final String START = "${";

  private final String text;
  private final Places places;
  private final List<TemplatePart> parts = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  TemplateScanner(String text, Places places) {
    this.text = text;
    this.places = places;
    scan();
  }

  List<TemplatePart> parts() {
    return parts;
  }

  List<Problem> problems() {
    return problems;
  }

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      int start = text.indexOf(START, at);
      if (start < 0) {
        break;
      }
      if (start > at) {
        parts.add(new TemplatePart.Literal(text.substring(at, start), at));
      }
      int end = endOfExpression(start + START.length());
      if (end < 0) {
        problem(
            start,
            "\"${\" is not closed",
            "Close it with \"}\". For the text itself, write ${\"${\"}.");
        return;
      }
      String expression = text.substring(start + START.length(), end);
      if (expression.isBlank()) {
        problem(start, "\"${}\" holds no expression", "For the text itself, write ${\"${}\"}.");
      }
      parts.add(new TemplatePart.Expression(expression, start + START.length()));
      at = end + 1;
    }
    if (at < text.length()) {
      parts.add(new TemplatePart.Literal(text.substring(at), at));
    }
  }

  /**
   * Returns where the brace stands that closes the expression at {@code start}; -1 if none does.
   */
  private int endOfExpression(int start) {
    int open = 0;
    int at = start;
    boolean nested = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        at = endOfString(at, start);
        if (at < 0) {
          return -1;
        }
      } else if (c == '/' && text.startsWith("//", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (c == '$' && text.startsWith(START, at)) {
        if (!nested) {
          problem(
              at,
              "\"${\" stands inside of an expression",
              "Leave the inner \"${\" and \"}\" out; inside of a string they are text.");
        }
        nested = true;
        open++;
        at += START.length();
      } else if (c == '{') {
        open++;
        at++;
      } else if (c == '}') {
        if (open == 0) {
          return at;
        }
        open--;
        at++;
      } else {
        at++;
      }
    }
    return -1;
  }

  /** Returns what follows the string that starts at {@code quote}; -1 if it is not closed. */
  private int endOfString(int quote, int start) {
    boolean raw = isRaw(quote, start);
    String one = text.substring(quote, quote + 1);
    String three = one.repeat(3);
    boolean triple = text.startsWith(three, quote);
    String end = triple ? three : one;
    int at = quote + end.length();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && !raw) {
        at += 2;
      } else if (text.startsWith(end, at)) {
        return at + end.length();
      } else if (!triple && (c == '\n' || c == '\r')) {
        break;
      } else {
        at++;
      }
    }
    problem(
        quote,
        "a string in an expression is not closed",
        "Close it with " + end + (triple ? "" : " in the same line") + ".");
    return -1;
  }

  /** Returns whether a prefix such as {@code r} or {@code bR} makes backslashes plain. */
  private boolean isRaw(int quote, int start) {
    int at = quote - 1;
    boolean raw = false;
    while (at >= start && at >= quote - 2 && "rRbB".indexOf(text.charAt(at)) >= 0) {
      raw |= text.charAt(at) == 'r' || text.charAt(at) == 'R';
      at--;
    }
    return raw && (at < start || !Character.isJavaIdentifierPart(text.charAt(at)));
  }

  private void problem(int offset, String message, String hint) {
    if (problems.isEmpty() || !message.startsWith("\"${\" is not closed")) {
      problems.add(
          Problem.error(ProblemCode.EXPRESSION_SYNTAX, message).at(places.at(offset)).hint(hint));
    }
  }
}
