package io.sailplan.expression;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of compiling a template: an expression, or everything that is wrong with it. */
public final class Compilation {
  private final @Nullable CompiledExpression expression;
  private final List<Problem> problems;

  private Compilation(@Nullable CompiledExpression expression, List<Problem> problems) {
    this.expression = expression;
    this.problems = List.copyOf(problems);
  }

  static Compilation of(CompiledExpression expression) {
    return new Compilation(expression, List.of());
  }

  static Compilation of(List<Problem> problems) {
    return new Compilation(null, problems);
  }

  /** Returns the expression; empty if there are problems. */
  public Optional<CompiledExpression> expression() {
    return Optional.ofNullable(expression);
  }

  /** Returns all problems, in the order of their places. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * Returns the expression.
   *
   * @throws InvalidInputException with all problems, if there are any
   */
  public CompiledExpression orThrow() {
    if (expression == null) {
      throw new InvalidInputException(problems);
    }
    return expression;
  }

  @Override
  public String toString() {
    return "Compilation[" + problems.size() + " problems]";
  }
}
