package io.sailplan.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import java.util.Base64;

/** Trees hold times and bytes as text, and whole numbers as such: what is read gets its type. */
enum Coercion {
  NONE,
  DOUBLE,
  INTEGER,
  TIME,
  BYTES;

  static Coercion to(CelType type) {
    switch (type.kind()) {
      case DOUBLE:
        return DOUBLE;
      case INT:
        return INTEGER;
      case TIMESTAMP:
        return TIME;
      case BYTES:
        return BYTES;
      default:
        return type instanceof OptionalType ? to(type.parameters().get(0)) : NONE;
    }
  }

  /** Returns the value in its type; one of another type stays, and fails where it is used. */
  Object apply(Object value, int offset) {
    if (this == NONE || value instanceof Stop) {
      return value;
    }
    if (value instanceof OptionalValue optional && optional.value() != null) {
      Object inner = apply(optional.value(), offset);
      return inner instanceof Stop ? inner : new OptionalValue(inner);
    }
    try {
      return convert(value);
    } catch (CallFailure e) {
      return e.at(offset);
    }
  }

  private Object convert(Object value) {
    if (this == DOUBLE && value instanceof Long whole) {
      return (double) whole;
    }
    if (this == INTEGER
        && value instanceof Double real
        && real == Math.rint(real)
        && Math.abs(real) < 0x1p63) {
      return (long) (double) real;
    }
    if (this == TIME && value instanceof String text) {
      return Times.parseTime(text);
    }
    if (this == BYTES && value instanceof String text) {
      try {
        return Bytes.of(Base64.getDecoder().decode(text.replace("\n", "").replace("\r", "")));
      } catch (IllegalArgumentException e) {
        throw new CallFailure("the field does not hold base64");
      }
    }
    return value;
  }
}
