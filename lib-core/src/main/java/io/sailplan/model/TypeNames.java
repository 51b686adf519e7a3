package io.sailplan.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people call the types of a tree. */
final class TypeNames {
  private TypeNames() {}

  /** Returns the type of a value with its article, such as {@code a number}. */
  static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map) {
      return "a mapping";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    return value instanceof Number ? "a number" : "a string";
  }
}
