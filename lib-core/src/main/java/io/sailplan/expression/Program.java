package io.sailplan.expression;

import dev.cel.common.types.CelType;
import java.util.List;

/**
 * A compiled text, or what is wrong with it.
 *
 * @param text the expression
 * @param root what evaluates it
 * @param locals how many variables its loops have
 * @param type the type of its value
 * @param references what it reads
 */
record Program(String text, Node root, int locals, CelType type, List<Reference> references) {

  /** Either a program or findings. */
  record Outcome(@org.jspecify.annotations.Nullable Program program, List<Finding> findings) {
    static Outcome of(Program program) {
      return new Outcome(program, List.of());
    }

    static Outcome of(List<Finding> findings) {
      return new Outcome(null, findings.stream().sorted().distinct().toList());
    }
  }

  /** Returns the character at a position in code points. */
  int character(int codePoint) {
    return text.offsetByCodePoints(0, Math.min(codePoint, text.codePointCount(0, text.length())));
  }
}
