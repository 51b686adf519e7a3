package io.sailplan.expression;

import org.jspecify.annotations.Nullable;

/** CEL's optional; null for none. */
record OptionalValue(@Nullable Object value) {
  static final OptionalValue NONE = new OptionalValue(null);

  boolean isPresent() {
    return value != null;
  }
}
