package io.sailplan.kro;

import io.sailplan.model.SourceMap;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one object, and finds the places. */
final class Mistakes {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(
          Problem::location,
          Comparator.nullsLast(
              Comparator.comparingInt(SourceLocation::line)
                  .thenComparingInt(SourceLocation::column)));

  private final SourceMap source;
  private final List<Problem> problems = new ArrayList<>();

  Mistakes(SourceMap source) {
    this.source = source;
  }

  void add(ProblemCode code, String path, String message, String hint) {
    problems.add(Problem.error(code, message).at(place(path)).hint(hint));
  }

  void add(String path, SchemaMistake mistake) {
    add(mistake.code(), path, mistake.what(), mistake.hint());
  }

  void addAll(Collection<Problem> others) {
    problems.addAll(others);
  }

  boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** Returns whether something at {@code path} or inside of it was found wrong. */
  boolean speaksOf(String path) {
    Function<@Nullable SourceLocation, String> at = place -> place == null ? "" : place.path();
    return problems.stream()
        .map(problem -> at.apply(problem.location()))
        .anyMatch(
            other ->
                other.equals(path)
                    || (other.startsWith(path) && ".[".indexOf(other.charAt(path.length())) >= 0));
  }

  /** Returns all in the order of the text, where it is known. */
  List<Problem> all() {
    return problems.stream().sorted(ORDER).toList();
  }

  private SourceLocation place(String path) {
    SourceLocation place = source.find(path);
    return place == null ? new SourceLocation("", 0, 0, path) : place;
  }
}
