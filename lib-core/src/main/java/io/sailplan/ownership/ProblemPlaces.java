package io.sailplan.ownership;

import io.sailplan.model.SourceMap;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import java.util.List;

/** Collects problems and finds their places. */
final class ProblemPlaces {
  private final SourceMap source;
  private final List<Problem> problems;

  ProblemPlaces(SourceMap source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  void add(ProblemCode code, String path, String message, String hint) {
    SourceLocation place = source.find(path);
    problems.add(
        Problem.error(code, message)
            .hint(hint)
            .at(place == null ? new SourceLocation("", 0, 0, path) : place));
  }
}
