package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A type as the schema language writes it. */
sealed interface SchemaType {

  /**
   * A scalar.
   *
   * @param openApi the name that OpenAPI gives it
   */
  record Scalar(String openApi) implements SchemaType {
    /** Checks that its part is not null. */
    public Scalar {
      requireNonNull(openApi, "openApi");
    }
  }

  /** An object of any fields. */
  record Free() implements SchemaType {}

  /**
   * A list.
   *
   * @param items what it holds
   */
  record ListOf(SchemaType items) implements SchemaType {
    /** Checks that its part is not null. */
    public ListOf {
      requireNonNull(items, "items");
    }
  }

  /**
   * A map with strings for keys.
   *
   * @param values what it holds
   */
  record MapOf(SchemaType values) implements SchemaType {
    /** Checks that its part is not null. */
    public MapOf {
      requireNonNull(values, "values");
    }
  }

  /**
   * A type that the author has named.
   *
   * @param name its name; there may be no such type
   */
  record Custom(String name) implements SchemaType {
    /** Checks that its part is not null. */
    public Custom {
      requireNonNull(name, "name");
    }
  }

  /** Returns the author's type that this one is made of. */
  default Optional<String> named() {
    SchemaType type = this;
    while (true) {
      if (type instanceof ListOf list) {
        type = list.items();
      } else if (type instanceof MapOf map) {
        type = map.values();
      } else {
        return type instanceof Custom custom ? Optional.of(custom.name()) : Optional.empty();
      }
    }
  }
}
