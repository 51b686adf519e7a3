package io.sailplan.ownership;

import io.sailplan.model.SourceMap;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import io.sailplan.shape.Misfit;
import java.util.List;
import java.util.Map;

/** Collects problems and finds their places. */
final class ProblemPlaces {
  private static final int LONGEST_QUOTE = 80;

  private final SourceMap source;
  private final List<Problem> problems;

  ProblemPlaces(SourceMap source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /** Adds what a rule found; long and structured values are not quoted. */
  void add(Misfit misfit, String path, Object value) {
    String found = misfit.found();
    String message =
        switch (misfit.sort()) {
          case NOT_SUPPORTED -> path + " must be one of " + misfit.demand();
          case REQUIRED -> path + " is required";
          case TOO_LONG -> path + " has " + found + " characters";
          case SCHEMA -> path + " " + misfit.demand();
          default ->
              value instanceof List
                  ? path + " has " + found + " items"
                  : value instanceof Map
                      ? path + " has " + found + " fields"
                      : found.length() > LONGEST_QUOTE
                          ? path + " does not fit"
                          : path + " is " + found;
        };
    add(
        misfit.sort() == Misfit.Sort.REQUIRED
            ? ProblemCode.MISSING_FIELD
            : ProblemCode.INVALID_VALUE,
        path,
        message,
        misfit.hint());
  }

  void add(ProblemCode code, String path, String message, String hint) {
    SourceLocation place = source.find(path);
    problems.add(
        Problem.error(code, message)
            .hint(hint)
            .at(place == null ? new SourceLocation("", 0, 0, path) : place));
  }
}
