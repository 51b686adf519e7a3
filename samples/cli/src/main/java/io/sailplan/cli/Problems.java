package io.sailplan.cli;

import io.sailplan.problem.Problem;
import io.sailplan.problem.SourceLocation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes problems for people and for programs. */
final class Problems {
  private static final Comparator<SourceLocation> BY_PLACE =
      Comparator.comparing(SourceLocation::source)
          .thenComparing(SourceLocation::line)
          .thenComparing(SourceLocation::column)
          .thenComparing(SourceLocation::path);
  private static final Comparator<Problem> ORDER =
      Comparator.<Problem, SourceLocation>comparing(
              Problem::location, Comparator.nullsLast(BY_PLACE))
          .thenComparing(Problem::code)
          .thenComparing(Problem::message);

  private Problems() {}

  /** Returns the problems in the order of their places, each once. */
  static List<Problem> sorted(Collection<Problem> problems) {
    return problems.stream().distinct().sorted(ORDER).toList();
  }

  /** Returns {@code shop.yaml:12:7: error wrong-type: what was found}, and the hint below. */
  static String text(Problem problem, Style style) {
    StringBuilder text = new StringBuilder();
    SourceLocation place = problem.location();
    if (place != null) {
      text.append(style.bold(place.at("") + ":")).append(' ');
    }
    String severity = problem.isError() ? style.red("error") : style.yellow("warning");
    text.append(severity).append(' ').append(problem.code().id()).append(": ");
    text.append(problem.message());
    if (place != null && !place.path().isEmpty()) {
      text.append("\n    at ").append(place.path());
    }
    if (!problem.hint().isEmpty()) {
      text.append("\n    ").append(problem.hint());
    }
    return text.append('\n').toString();
  }

  /** Returns {@code 2 errors and 1 warning}. */
  static String count(Collection<Problem> problems) {
    long errors = problems.stream().filter(Problem::isError).count();
    long warnings = problems.size() - errors;
    if (errors > 0 && warnings > 0) {
      return number(errors, "error") + " and " + number(warnings, "warning");
    }
    return errors > 0 ? number(errors, "error") : number(warnings, "warning");
  }

  static String number(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** Returns one problem as JSON. */
  static Map<String, @Nullable Object> json(Problem problem) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("severity", problem.isError() ? "error" : "warning");
    json.put("code", problem.code().id());
    SourceLocation place = problem.location();
    json.put("source", place == null ? "" : place.source());
    json.put("line", place == null ? 0 : place.line());
    json.put("column", place == null ? 0 : place.column());
    json.put("path", place == null ? "" : place.path());
    json.put("message", problem.message());
    json.put("hint", problem.hint());
    return json;
  }
}
