package io.sailplan.expression;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;

/**
 * Something wrong with an expression, before it is known where the expression was written.
 *
 * @param offset where in the expression, in characters
 */
record Finding(ProblemCode code, int offset, String message, String hint)
    implements Comparable<Finding> {

  Problem at(Places places, int start) {
    return Problem.error(code, message).hint(hint).at(places.at(start + offset));
  }

  @Override
  public int compareTo(Finding other) {
    return Integer.compare(offset, other.offset);
  }
}
