package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A change that the API server refuses because what it changes is fixed once the object exists.
 *
 * @param reason the reason of the cause that the server names: {@code FieldValueInvalid} or {@code
 *     FieldValueForbidden}
 * @param field the field that the server names, without a leading dot; it may stand above what
 *     changes, or be misspelt
 * @param value the value that the server repeats, as JSON; empty if it repeats none
 * @param detail what the server says of it
 * @param changes what changes there; never empty
 */
public record Violation(
    String reason, String field, String value, String detail, List<FieldDiff.Difference> changes) {
  static final String INVALID = "FieldValueInvalid";
  static final String FORBIDDEN = "FieldValueForbidden";

  /** Copies the list and checks that no part is null. */
  public Violation {
    requireNonNull(reason, "reason");
    requireNonNull(field, "field");
    requireNonNull(value, "value");
    requireNonNull(detail, "detail");
    changes = List.copyOf(changes);
  }

  /** Returns the message of the cause, as the server writes it. */
  public String message() {
    return reason.equals(INVALID)
        ? "Invalid value: " + value + ": " + detail
        : "Forbidden: " + detail;
  }

  /** Returns the field and what is said of it, never the value. */
  @Override
  public String toString() {
    return field + ": " + detail;
  }
}
