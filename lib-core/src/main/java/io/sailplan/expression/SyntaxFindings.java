package io.sailplan.expression;

import dev.cel.common.CelIssue;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import java.util.Locale;

/** Says in plain words what the parser found. Its own words quote the text, which may be secret. */
final class SyntaxFindings {
  private SyntaxFindings() {}

  /** Returns the first: what follows a mistake of form is noise. */
  static List<Finding> of(String text, List<CelIssue> issues, ExpressionLimits limits) {
    CelIssue first = issues.get(0);
    int offset = FrontEnd.offset(text, first);
    String message = first.getMessage();
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("recursion limit")
        || lower.contains("node count")
        || lower.contains("code point size")) {
      boolean depth = lower.contains("recursion");
      return List.of(
          new Finding(
              ProblemCode.TOO_LARGE,
              0,
              depth ? "the expression nests too deep" : "the expression has too many parts",
              "At most "
                  + (depth ? limits.depth() + " levels" : limits.nodes())
                  + " are allowed."));
    }
    if (lower.contains("reserved identifier")) {
      return List.of(
          new Finding(
              ProblemCode.EXPRESSION_SYNTAX,
              offset,
              "a reserved word is used as a name",
              "Fields with such a name can be read: a.`in`, a[\"in\"]."));
    }
    if (lower.contains("has() macro")) {
      return syntax(offset, "has() takes a field, such as has(a.b)", "");
    }
    if (lower.contains("simple name")
        || lower.contains("not an identifier")
        || lower.contains("simple identifier")) {
      return syntax(offset, "the variable of a loop is not a plain name", "");
    }
    if (lower.contains("token recognition") || lower.contains("illegal character")) {
      return syntax(
          offset, "a character that has no meaning here, or a string that is not closed", "");
    }
    if (offset >= text.stripTrailing().length()) {
      return syntax(offset, "the expression ends too early", "");
    }
    return syntax(offset, "the expression cannot be read from here on", "");
  }

  private static List<Finding> syntax(int offset, String message, String hint) {
    return List.of(new Finding(ProblemCode.EXPRESSION_SYNTAX, offset, message, hint));
  }
}
