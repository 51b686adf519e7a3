package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that expressions of an {@link Application} may read, such as what its user has chosen.
 *
 * @param value a tree, see {@link Trees}
 * @param schema its OpenAPI schema; null if nothing is known about it
 */
public record Input(@Nullable Object value, @Nullable Map<String, @Nullable Object> schema) {

  /** Copies both. */
  public Input {
    value = Trees.copyOf(value);
    schema = schema == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(schema));
  }

  /** Returns a value of which no structure is known. */
  public static Input of(@Nullable Object value) {
    return new Input(value, null);
  }

  /** Shows no value: it may be secret. */
  @Override
  public String toString() {
    return schema == null ? "Input" : "Input with a schema";
  }

  /**
   * An object that exists outside of the application, and that expressions may read.
   *
   * @param kind its kind
   * @param namespace its namespace; empty for that of the application, or if the kind has none
   * @param name its name
   */
  public record External(GroupVersionKind kind, String namespace, String name) {
    /** Checks that no part is null. */
    public External {
      requireNonNull(kind, "kind");
      requireNonNull(namespace, "namespace");
      requireNonNull(name, "name");
    }
  }
}
