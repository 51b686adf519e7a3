package io.sailplan.expression;

/** Ends an evaluation whose budget is spent. */
final class TooCostly extends RuntimeException {
  static TooCostly steps() {
    return new TooCostly("it takes more steps than allowed");
  }

  static TooCostly iterations() {
    return new TooCostly("its loops turn more often than allowed");
  }

  static TooCostly pattern() {
    return new TooCostly("a pattern is larger than allowed");
  }

  private TooCostly(String message) {
    super(message, null, false, false); // it says all there is to say, and is thrown often
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
