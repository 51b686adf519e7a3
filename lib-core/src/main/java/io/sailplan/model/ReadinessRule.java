package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

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

  /**
   * Ready when all conditions hold; as long as what they read is missing, they do not.
   *
   * @param name the name that stands for the object in them
   * @param conditions expressions, without <code>${</code> and <code>}</code>
   */
  record Expression(String name, List<String> conditions) implements ReadinessRule {
    /** Copies the list. */
    public Expression {
      requireNonNull(name, "name");
      conditions = List.copyOf(conditions);
    }
  }

  /** Ready when the built-in rules say so and {@code status.loadBalancer} holds an address. */
  record HasAddress() implements ReadinessRule {}
}
