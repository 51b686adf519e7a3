package io.sailplan.problem;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in what a user gave, as a value. No part of it ever holds the value of a Secret.
 *
 * @param code what sort of mistake it is; stable, for programs
 * @param severity whether it stops the work
 * @param location where it is; null if it has no place in a text
 * @param message what was found, as one sentence without a final full stop
 * @param hint what to do about it; empty if nothing useful can be said
 */
public record Problem(
    ProblemCode code,
    Severity severity,
    @Nullable SourceLocation location,
    String message,
    String hint) {

  /** Checks that nothing but the location is null. */
  public Problem {
    requireNonNull(code, "code");
    requireNonNull(severity, "severity");
    requireNonNull(message, "message");
    requireNonNull(hint, "hint");
  }

  /** Returns an error without place or hint. */
  public static Problem error(ProblemCode code, String message) {
    return new Problem(code, Severity.ERROR, null, message, "");
  }

  /** Returns a warning without place or hint. */
  public static Problem warning(ProblemCode code, String message) {
    return new Problem(code, Severity.WARNING, null, message, "");
  }

  /** Returns this problem, placed at {@code location}; null takes the place away. */
  public Problem at(@Nullable SourceLocation location) {
    return new Problem(code, severity, location, message, hint);
  }

  /** Returns this problem with advice. */
  public Problem hint(String hint) {
    return new Problem(code, severity, location, message, hint);
  }

  /** Returns whether this problem stops the work. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** Returns {@code error duplicate-key shop.yaml:12:7: what was found. What to do.} */
  @Override
  public String toString() {
    return (isError() ? "error " : "warning ")
        + code.id()
        + (location == null ? "" : " " + location)
        + ": "
        + message
        + (hint.isEmpty() ? "" : ". " + hint);
  }
}
