package io.sailplan.expression;

import io.sailplan.problem.ProblemCode;

/** A function has no value for its arguments. The message quotes none of them. */
final class CallFailure extends RuntimeException {
  private final ProblemCode code;
  private final String hint;

  CallFailure(String message) {
    this(ProblemCode.EXPRESSION_FAILED, message, "");
  }

  CallFailure(ProblemCode code, String message, String hint) {
    super(message, null, false, false); // people see the place in the expression, not in Java
    this.code = code;
    this.hint = hint;
  }

  Stop.Failure at(int offset) {
    return new Stop.Failure(code, String.valueOf(getMessage()), hint, offset);
  }
}
