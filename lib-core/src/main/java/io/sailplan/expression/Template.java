package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A string that may hold expressions in <code>${…}</code>.
 *
 * <p>One that is nothing but a single expression keeps the type of its value; any other is text,
 * with each expression giving a string. Strings and comments inside of an expression are read as
 * CEL reads them, so they may hold braces. For a literal <code>${</code> write <code>${"${"}</code>
 * .
 */
public final class Template {
  private final String text;
  private final List<TemplatePart> parts;
  private final List<Problem> problems;
  private final Places places;

  private Template(String text, List<TemplatePart> parts, List<Problem> problems, Places places) {
    this.text = text;
    this.parts = List.copyOf(parts);
    this.problems = List.copyOf(problems);
    this.places = places;
  }

  /** Returns the template that a text holds; its places count from the start of the text. */
  public static Template parse(String text) {
    return parse(text, Places.of(text));
  }

  /** Returns the template of a bare expression, without <code>${</code> and <code>}</code>. */
  public static Template expression(String text) {
    requireNonNull(text, "text");
    Places places = Places.of(text);
    List<Problem> problems =
        text.isBlank()
            ? List.of(
                Problem.error(ProblemCode.EXPRESSION_SYNTAX, "the text holds no expression")
                    .at(places.at(0)))
            : List.of();
    return new Template(text, List.of(new TemplatePart.Expression(text, 0)), problems, places);
  }

  static Template parse(String text, Places places) {
    TemplateScanner scanner = new TemplateScanner(requireNonNull(text, "text"), places);
    return new Template(text, scanner.parts(), scanner.problems(), places);
  }

  /** Returns whether a text holds what starts an expression. */
  public static boolean mayHoldExpressions(String text) {
    return text.contains("${");
  }

  /** Returns the whole text. */
  public String text() {
    return text;
  }

  /** Returns literals and expressions in their order. */
  public List<TemplatePart> parts() {
    return parts;
  }

  /** Returns what is wrong with its form, at its place. */
  public List<Problem> problems() {
    return problems;
  }

  /** Returns whether it holds an expression. */
  public boolean hasExpressions() {
    return parts.stream().anyMatch(part -> part instanceof TemplatePart.Expression);
  }

  /** Returns whether it is nothing but one expression, whose value keeps its type. */
  public boolean isWhole() {
    return parts.size() == 1 && parts.get(0) instanceof TemplatePart.Expression;
  }

  /** Returns where a character of the text was written; null if that is not known. */
  public @Nullable SourceLocation place(int offset) {
    return places.at(offset);
  }

  /** Returns how many parts it has, never the text: it may be secret. */
  @Override
  public String toString() {
    return "Template[" + parts.size() + " parts]";
  }
}
