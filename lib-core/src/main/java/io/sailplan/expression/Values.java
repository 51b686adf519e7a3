package io.sailplan.expression;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of an evaluation: {@link Long}, {@link Unsigned}, {@link Double}, {@link Boolean},
 * {@link String}, {@link Bytes}, {@link Instant}, {@link Duration}, {@link List}, {@link Map},
 * {@link NullValue}, {@link OptionalValue}, {@link TypeValue}, {@link Extra}, {@link OmitMarker};
 * {@link View} where something is marked; and {@link Stop} in place of any.
 */
final class Values {
  private Values() {}

  /** Returns a value of a tree as evaluation sees it. */
  static Object of(@Nullable Object raw) {
    if (raw == null) {
      return NullValue.NULL;
    }
    if (raw instanceof Integer || raw instanceof Short || raw instanceof Byte) {
      return ((Number) raw).longValue();
    }
    if (raw instanceof Float real) {
      return (double) real;
    }
    return raw instanceof Unknown unknown ? Stop.Pending.of(unknown) : raw;
  }

  /** Returns the name of the type of a value, as CEL has it. */
  static String typeName(Object value) {
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Unsigned) {
      return "uint";
    }
    if (value instanceof Double) {
      return "double";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Bytes) {
      return "bytes";
    }
    if (value instanceof Instant) {
      return "google.protobuf.Timestamp";
    }
    if (value instanceof Duration) {
      return "google.protobuf.Duration";
    }
    if (value instanceof View view) {
      return view.isMap() ? "map" : "list";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Map) {
      return "map";
    }
    if (value == NullValue.NULL) {
      return "null_type";
    }
    if (value instanceof OptionalValue) {
      return "optional_type";
    }
    if (value instanceof TypeValue) {
      return "type";
    }
    return value instanceof Extra extra ? extra.typeName() : "omit";
  }

  /** Returns whether a value is one of the numbers. */
  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Unsigned;
  }

  /** Returns a key as maps hold it: whole numbers of all types are one. */
  static Object key(Object key) {
    if (key instanceof Unsigned unsigned && unsigned.bits() >= 0) {
      return unsigned.bits();
    }
    if (key instanceof Double real && real == Math.rint(real) && Math.abs(real) < 0x1p63) {
      return (long) (double) real;
    }
    return key;
  }

  /** Compares numbers of any types; null if one is not a number. */
  static @Nullable Integer compareNumbers(Object left, Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return Long.compare(one, other);
    }
    double leftReal = asDouble(left);
    double rightReal = asDouble(right);
    if (Double.isNaN(leftReal) || Double.isNaN(rightReal)) {
      return null;
    }
    if (left instanceof Double || right instanceof Double) {
      int rough = Double.compare(leftReal + 0.0, rightReal + 0.0);
      return rough != 0 || (left instanceof Double && right instanceof Double)
          ? rough
          : exact(left).compareTo(exact(right));
    }
    return exact(left).compareTo(exact(right));
  }

  private static java.math.BigDecimal exact(Object number) {
    return number instanceof Long whole
        ? java.math.BigDecimal.valueOf(whole)
        : number instanceof Double real
            ? new java.math.BigDecimal(real)
            : new java.math.BigDecimal(number.toString());
  }

  static double asDouble(Object number) {
    return number instanceof Long whole
        ? whole
        : number instanceof Double real
            ? real
            : number instanceof Unsigned unsigned ? unsigned.asDouble() : Double.NaN;
  }

  /** Compares two values that have an order; null if these have none. */
  static @Nullable Integer compare(Object left, Object right) {
    if (isNumber(left) && isNumber(right)) {
      return compareNumbers(left, right);
    }
    if (left instanceof String one && right instanceof String other) {
      return compareText(one, other);
    }
    if (left instanceof Boolean one && right instanceof Boolean other) {
      return Boolean.compare(one, other);
    }
    if (left instanceof Bytes one && right instanceof Bytes other) {
      return one.compareTo(other);
    }
    if (left instanceof Instant one && right instanceof Instant other) {
      return one.compareTo(other);
    }
    if (left instanceof Duration one && right instanceof Duration other) {
      return one.compareTo(other);
    }
    return null;
  }

  /** Orders by code points, which differs from Java's order above the basic plane. */
  static int compareText(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char one = left.charAt(i);
      char other = right.charAt(i);
      if (one != other) {
        boolean oneHigh = Character.isSurrogate(one);
        boolean otherHigh = Character.isSurrogate(other);
        return oneHigh == otherHigh ? Character.compare(one, other) : oneHigh ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
