package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

/**
 * One reason why the API server refuses an object, in its words, as it stands in {@code
 * details.causes} of its answer. The words may quote a value, so they must not be shown for
 * Secrets.
 *
 * @param reason the sort of error, such as {@code FieldValueInvalid}
 * @param field the field as the server names it, {@code spec.parts[0].name}; {@code <nil>} for an
 *     object that fits no alternative
 * @param message what the server says
 */
public record FieldError(String reason, String field, String message) {

  /** Checks that no part is null. */
  public FieldError {
    requireNonNull(reason, "reason");
    requireNonNull(field, "field");
    requireNonNull(message, "message");
  }
}
