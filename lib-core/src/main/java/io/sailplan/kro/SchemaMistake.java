package io.sailplan.kro;

import io.sailplan.problem.ProblemCode;

/** Why a text in the schema language cannot be understood; caught where its place is known. */
final class SchemaMistake extends Exception {
  private static final long serialVersionUID = 1;

  private final ProblemCode code;
  private final String hint;

  /**
   * Makes one.
   *
   * @param what what was found, in kro's own words where it has some
   */
  SchemaMistake(ProblemCode code, String what, String hint) {
    super(what, null, false, false);
    this.code = code;
    this.hint = hint;
  }

  /** Makes one about a text that is not of the language. */
  SchemaMistake(String what, String hint) {
    this(ProblemCode.INVALID_SCHEMA, what, hint);
  }

  ProblemCode code() {
    return code;
  }

  /** Returns what was found. */
  String what() {
    return String.valueOf(getMessage());
  }

  String hint() {
    return hint;
  }
}
