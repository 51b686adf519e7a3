package io.sailplan.expression;

/**
 * What an expression may take. Expressions come from people who need not be trusted: each bound
 * ends the work with a problem of the code {@code too-costly} or {@code too-large}.
 *
 * @param textLength how many characters an expression may have
 * @param nodes how many operations and values an expression may be made of
 * @param depth how deep they may nest
 * @param iterations how often the loops of one evaluation may turn, all counted together
 * @param steps what one evaluation may spend: one for each operation, for each item looked at, and
 *     for each eight characters read or made
 * @param cachedTexts how many compiled texts an environment keeps
 */
public record ExpressionLimits(
    int textLength, int nodes, int depth, int iterations, long steps, int cachedTexts) {
  private static final ExpressionLimits STANDARD =
      new ExpressionLimits(16_384, 2_000, 60, 30_000, 400_000, 4_096);

  /** Checks that all are positive. */
  public ExpressionLimits {
    if (textLength < 1
        || nodes < 1
        || depth < 1
        || iterations < 1
        || steps < 1
        || cachedTexts < 1) {
      throw new IllegalArgumentException("every limit must be positive");
    }
  }

  /** Returns limits that no sensible expression meets, and that end hostile ones in time. */
  public static ExpressionLimits standard() {
    return STANDARD;
  }

  /** Returns these limits with another budget of steps. */
  public ExpressionLimits withSteps(long steps) {
    return new ExpressionLimits(textLength, nodes, depth, iterations, steps, cachedTexts);
  }

  /** Returns these limits with another bound on loops. */
  public ExpressionLimits withIterations(int iterations) {
    return new ExpressionLimits(textLength, nodes, depth, iterations, steps, cachedTexts);
  }
}
