package io.sailplan.expression;

import io.sailplan.problem.ProblemCode;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an operation gives instead of a value. */
sealed interface Stop {

  /** Some of what it needs is not known yet. */
  record Pending(SortedSet<Unknown> unknowns) implements Stop {
    static Pending of(Unknown unknown) {
      return new Pending(new TreeSet<>(Set.of(unknown)));
    }

    Pending and(Pending other) {
      if (unknowns.equals(other.unknowns)) {
        return this;
      }
      SortedSet<Unknown> all = new TreeSet<>(unknowns);
      all.addAll(other.unknowns);
      return new Pending(all);
    }
  }

  /**
   * It has no value. The message quotes none.
   *
   * @param offset where in the expression, in code points
   */
  record Failure(ProblemCode code, String message, String hint, int offset) implements Stop {
    static Failure of(String message, int offset) {
      return new Failure(ProblemCode.EXPRESSION_FAILED, message, "", offset);
    }

    Failure hint(String hint) {
      return new Failure(code, message, hint, offset);
    }
  }

  /** Returns what counts of two: what is not known outweighs what fails. */
  static Stop join(Stop left, Stop right) {
    if (left instanceof Pending one) {
      return right instanceof Pending other ? one.and(other) : one;
    }
    return right instanceof Pending ? right : left;
  }
}
