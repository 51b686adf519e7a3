package io.sailplan.ownership;

import io.sailplan.shape.ShapeType;

/** What a scalar has to look like. */
final class ScalarRules {
  private ScalarRules() {}

  /** What the value must be; empty if it is. */
  static String wanted(Object value, ShapeType type) {
    switch (type) {
      case INT32:
        return isWhole(value, Integer.MIN_VALUE, Integer.MAX_VALUE)
            ? ""
            : "a whole number of 32 bits";
      case INT64:
        return isWhole(value, Long.MIN_VALUE, Long.MAX_VALUE) ? "" : "a whole number of 64 bits";
      case INT_OR_STRING:
        return value instanceof String || isWhole(value, Integer.MIN_VALUE, Integer.MAX_VALUE)
            ? ""
            : "a whole number of 32 bits or a string";
      case QUANTITY:
        return value instanceof Number
                || (value instanceof String text && Quantities.isQuantity(text))
            ? ""
            : "an amount such as 500m, 2 or 1Gi";
      case TIME:
        return value instanceof String text && Scalars.time(text).isPresent()
            ? ""
            : "a time such as 2006-01-02T15:04:05Z";
      case MICRO_TIME:
        return value instanceof String text && Scalars.microTime(text).isPresent()
            ? ""
            : "a time such as 2006-01-02T15:04:05.000000Z";
      case BYTES:
        return value instanceof String text && Scalars.bytes(text).isPresent()
            ? ""
            : "padded standard base64";
      default:
        return "";
    }
  }

  private static boolean isWhole(Object value, long least, long most) {
    if (value instanceof Long number) {
      return number >= least && number <= most;
    }
    return value instanceof Double real
        && real == Math.rint(real)
        && real >= least
        && real <= most
        && Math.abs(real) < 1e15;
  }
}
