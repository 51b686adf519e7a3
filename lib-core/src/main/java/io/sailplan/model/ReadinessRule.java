package io.sailplan.model;

import static java.util.Objects.requireNonNull;

/**
 * A user's own answer to the question when an object is ready; it replaces the built-in rules of
 * its kind.
 */
public sealed interface ReadinessRule {

  /** Ready as soon as it exists. */
  record Exists() implements ReadinessRule {}

  /**
   * Ready when a condition in {@code status.conditions} has a status.
   *
   * @param type the condition's type, such as {@code Available}
   * @param status the wanted status, such as {@code True}
   */
  record Condition(String type, String status) implements ReadinessRule {
    /** Checks that no part is null. */
    public Condition {
      requireNonNull(type, "type");
      requireNonNull(status, "status");
    }
  }

  /**
   * Ready when a field has a value; numbers and booleans are compared by their JSON text.
   *
   * @param path where the field stands
   * @param value the wanted value
   */
  record FieldEquals(FieldPath path, String value) implements ReadinessRule {
    /** Checks that no part is null. */
    public FieldEquals {
      requireNonNull(path, "path");
      requireNonNull(value, "value");
    }
  }

  /** Ready when the built-in rules say so and {@code status.loadBalancer} holds an address. */
  record HasAddress() implements ReadinessRule {}
}
