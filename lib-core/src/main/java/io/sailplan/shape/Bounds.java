package io.sailplan.shape;

import io.sailplan.model.Json;
import io.sailplan.shape.Misfit.Sort;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How small, large, short, long and full the values of a schema may be; null is without bound. */
record Bounds(
    @Nullable BigDecimal minimum,
    boolean above,
    @Nullable BigDecimal maximum,
    boolean below,
    @Nullable BigDecimal multipleOf,
    long minLength,
    long maxLength,
    long minItems,
    long maxItems,
    long minProperties,
    long maxProperties) {

  static Bounds of(Map<String, @Nullable Object> schema) {
    return new Bounds(
        number(schema.get("minimum")),
        Boolean.TRUE.equals(schema.get("exclusiveMinimum")),
        number(schema.get("maximum")),
        Boolean.TRUE.equals(schema.get("exclusiveMaximum")),
        number(schema.get("multipleOf")),
        count(schema, "minLength", 0),
        count(schema, "maxLength", Long.MAX_VALUE),
        count(schema, "minItems", 0),
        count(schema, "maxItems", Long.MAX_VALUE),
        count(schema, "minProperties", 0),
        count(schema, "maxProperties", Long.MAX_VALUE));
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    return value instanceof Number number ? new BigDecimal(number.toString()) : null;
  }

  private static long count(Map<String, @Nullable Object> schema, String field, long otherwise) {
    return schema.get(field) instanceof Number number ? number.longValue() : otherwise;
  }

  void number(Number number, List<Misfit> found) {
    BigDecimal value = new BigDecimal(number.toString());
    if (multipleOf != null
        && multipleOf.signum() != 0
        && value.remainder(multipleOf).signum() != 0) {
      invalid(number, "should be a multiple of " + text(multipleOf), found);
    }
    if (maximum != null && value.compareTo(maximum) >= (below ? 0 : 1)) {
      invalid(
          number, "should be less than " + (below ? "" : "or equal to ") + text(maximum), found);
    }
    if (minimum != null && value.compareTo(minimum) <= (above ? 0 : -1)) {
      invalid(
          number, "should be greater than " + (above ? "" : "or equal to ") + text(minimum), found);
    }
  }

  /** Returns whether the text is too long or too short; characters are counted, not bytes. */
  boolean length(String text, List<Misfit> found) {
    if (maxLength == Long.MAX_VALUE && minLength == 0) {
      return false;
    }
    long length = text.codePointCount(0, text.length());
    if (length > maxLength) {
      found.add(
          new Misfit(
              Sort.TOO_LONG,
              Long.toString(length),
              "may not be more than " + maxLength + " bytes",
              "Write at most " + maxLength + " characters."));
      return true;
    }
    if (length < minLength) {
      invalid(text, "should be at least " + minLength + " chars long", found);
      return true;
    }
    return false;
  }

  void items(long size, List<Misfit> found) {
    if (size < minItems) {
      invalid(size, "should have at least " + minItems + " items", found);
    }
    if (size > maxItems) {
      tooMany(size, maxItems, found);
    }
  }

  void properties(long size, List<Misfit> found) {
    if (size < minProperties) {
      invalid(size, "should have at least " + minProperties + " properties", found);
    } else if (size > maxProperties) {
      tooMany(size, maxProperties, found);
    }
  }

  private static void tooMany(long size, long most, List<Misfit> found) {
    found.add(
        new Misfit(
            Sort.TOO_MANY,
            Long.toString(size),
            "must have at most " + most + " items",
            "Keep at most " + most + "."));
  }

  private static void invalid(Object value, String demand, List<Misfit> found) {
    found.add(new Misfit(Sort.INVALID, Json.write(value), demand, "It " + demand + "."));
  }

  private static String text(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= 0 ? plain.toBigInteger().toString() : plain.toString();
  }
}
