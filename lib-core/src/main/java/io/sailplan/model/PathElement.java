package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One step into an object tree, as the API server's field sets know them: a field, an item of a
 * keyed list, an item of a set, or an item by position.
 */
public sealed interface PathElement {

  /**
   * A field of an object, or a key of a map.
   *
   * @param name its name
   */
  record Field(String name) implements PathElement {
    /** Checks that the name is not null. */
    public Field {
      requireNonNull(name, "name");
    }

    @Override
    public String toString() {
      return "." + name;
    }
  }

  /**
   * The item of a keyed list that has these values.
   *
   * @param values key field to value; strings, numbers, booleans, and null where that was written;
   *     ordered by field name
   */
  record Key(Map<String, @Nullable Object> values) implements PathElement {
    /** Copies the values, in the order of their names. */
    public Key {
      values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    @Override
    public String toString() {
      return values.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + Json.write(entry.getValue()))
          .collect(Collectors.joining(",", "[", "]"));
    }
  }

  /**
   * The item of a set that equals this value.
   *
   * @param value a string, number or boolean, or null
   */
  record Value(@Nullable Object value) implements PathElement {
    @Override
    public String toString() {
      return "[=" + Json.write(value) + "]";
    }
  }

  /**
   * The item of a list at this position.
   *
   * @param index counted from 0
   */
  record Index(int index) implements PathElement {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }
}
