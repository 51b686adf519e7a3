package io.sailplan.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON trees as plain Java collections: {@code Map}, {@code List}, {@code String}, {@code Boolean},
 * {@code Long}, {@code Double} and null; insertion-ordered and unmodifiable.
 */
public final class Trees {
  private Trees() {}

  /**
   * Returns a deep, unmodifiable, normalised copy: whole numbers become {@code Long}, others {@code
   * Double}. What is already such a copy is returned as it is.
   *
   * @throws IllegalArgumentException naming the place, if a key is not a string, a value has
   *     another type, or a number fits neither {@code long} nor {@code double}
   */
  public static @Nullable Object copyOf(@Nullable Object value) {
    return copy(value, "");
  }

  /** Returns a deep, unmodifiable, normalised copy of an object; see {@link #copyOf(Object)}. */
  public static Map<String, @Nullable Object> copyOfObject(Map<String, ?> object) {
    return copyMap(object, "");
  }

  /**
   * Returns whether {@code value} is surely such a copy already, so that {@link #copyOf(Object)}
   * would return it as it is.
   */
  public static boolean isCopy(@Nullable Object value) {
    return isPlain(value);
  }

  /** Returns {@code value} as an object, or an empty one if it is none. */
  @SuppressWarnings("unchecked") // trees hold string keys only
  public static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
  }

  /** Returns {@code value} as a list, or an empty one if it is none. */
  @SuppressWarnings("unchecked") // lists of a tree hold trees
  public static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List ? (List<@Nullable Object>) value : List.of();
  }

  /** Returns {@code value} as a string, or an empty one if it is none. */
  public static String string(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  /**
   * Returns the entries of {@code value} that are strings, in their order; none if it is no object.
   */
  public static Map<String, String> strings(@Nullable Object value) {
    Map<String, String> strings = new LinkedHashMap<>();
    object(value)
        .forEach(
            (key, item) -> {
              if (item instanceof String text) {
                strings.put(key, text);
              }
            });
    return Collections.unmodifiableMap(strings);
  }

  /**
   * Returns what stands at {@code fields} below {@code value}, descending objects only; null if
   * nothing does.
   */
  public static @Nullable Object get(@Nullable Object value, String... fields) {
    Object at = value;
    for (String field : fields) {
      if (!(at instanceof Map<?, ?> map)) {
        return null;
      }
      at = map.get(field);
    }
    return at;
  }

  private static @Nullable Object copy(@Nullable Object value, String path) {
    if (value == null || isPlain(value)) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(map, path);
    }
    if (value instanceof List<?> list) {
      return copyList(list, path);
    }
    if (value instanceof Number number) {
      return copyNumber(number, path);
    }
    throw new IllegalArgumentException(
        "a JSON tree cannot hold a " + value.getClass().getName() + " at " + place(path));
  }

  /** Returns whether a value is its own copy. */
  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof FrozenMap
        || value instanceof FrozenList;
  }

  private static Map<String, @Nullable Object> copyMap(Map<?, ?> map, String path) {
    if (map instanceof FrozenMap frozen) {
      return frozen;
    }
    String[] keys = new String[map.size()];
    @Nullable Object[] values = new @Nullable Object[map.size()];
    int size = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(
            "a key that is not a string at " + place(path) + ": " + entry.getKey());
      }
      keys[size] = SharedNames.shared(name);
      values[size++] =
          isPlain(entry.getValue()) ? entry.getValue() : copy(entry.getValue(), path + "." + name);
    }
    return new FrozenMap(keys, values);
  }

  private static List<@Nullable Object> copyList(List<?> list, String path) {
    if (list instanceof FrozenList frozen) {
      return frozen;
    }
    @Nullable Object[] items = new @Nullable Object[list.size()];
    int size = 0;
    for (Object item : list) {
      items[size] = isPlain(item) ? item : copy(item, path + "[" + size + "]");
      size++;
    }
    return new FrozenList(items);
  }

  private static Object copyNumber(Number number, String path) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    BigDecimal exact;
    if (number instanceof BigInteger whole) {
      exact = new BigDecimal(whole);
    } else if (number instanceof BigDecimal decimal) {
      exact = decimal;
    } else {
      double real = number.doubleValue();
      if (!Double.isFinite(real)) {
        throw new IllegalArgumentException(
            "a JSON tree cannot hold " + number + " at " + place(path));
      }
      return real;
    }
    return normalise(exact, number, path);
  }

  private static Object normalise(BigDecimal exact, Number number, String path) {
    try {
      return exact.longValueExact();
    } catch (ArithmeticException notALong) {
      double real = exact.doubleValue();
      if (!Double.isFinite(real)) {
        throw new IllegalArgumentException(
            "a JSON tree cannot hold " + number + " at " + place(path), notALong);
      }
      return real;
    }
  }

  private static String place(String path) {
    return path.isEmpty() ? "the root" : path;
  }
}
