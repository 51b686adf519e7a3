package io.sailplan.model;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Severity;
import io.sailplan.problem.SourceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one text, up to a bound. */
final class ProblemLog {
  private static final Comparator<@Nullable SourceLocation> ORDER =
      Comparator.nullsLast(
          Comparator.comparingInt(SourceLocation::line).thenComparingInt(SourceLocation::column));

  private final String source;
  private final int most;
  private final List<Problem> problems = new ArrayList<>();
  private int errors;
  private int left;

  ProblemLog(String source, int most) {
    this.source = source;
    this.most = most;
  }

  void error(ProblemCode code, SourceLocation place, String message, String hint) {
    add(new Problem(code, Severity.ERROR, place, message, hint));
  }

  void warn(ProblemCode code, SourceLocation place, String message, String hint) {
    add(new Problem(code, Severity.WARNING, place, message, hint));
  }

  void add(Problem problem) {
    if (problem.isError()) {
      errors++;
    }
    if (problems.size() < most) {
      problems.add(problem);
    } else {
      left++;
    }
  }

  void addAll(ProblemLog other) {
    other.problems.forEach(this::add);
    left += other.left;
  }

  /** Returns an empty log of the same text. */
  ProblemLog fresh() {
    return new ProblemLog(source, most);
  }

  SourceLocation place(int line, int column, String path) {
    return new SourceLocation(source, line, column, path);
  }

  String source() {
    return source;
  }

  /** Returns how many errors there were so far. */
  int errors() {
    return errors;
  }

  /** Returns all problems in the order of the text, and if some were left out, one that says so. */
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems);
    all.sort(Comparator.comparing(Problem::location, ORDER));
    if (left > 0) {
      all.add(
          Problem.error(ProblemCode.TOO_LARGE, left + " further problems are not listed")
              .at(place(0, 0, ""))
              .hint("Mend those above first."));
    }
    return all;
  }
}
