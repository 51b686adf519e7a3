package io.sailplan.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One form of a function: what it takes, and what it does. */
record Overload(Signature signature, Implementation implementation, boolean outside, int cost) {

  int arity() {
    return signature.parameters().size();
  }

  /** Returns whether it takes these values; they may be of other types than was told. */
  boolean takes(Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (!takes(signature.parameters().get(i), arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean takes(CelType type, Object value) {
    switch (type.kind()) {
      case INT:
        return value instanceof Long;
      case UINT:
        return value instanceof Unsigned;
      case DOUBLE:
        return value instanceof Double;
      case BOOL:
        return value instanceof Boolean;
      case STRING:
        return value instanceof String;
      case BYTES:
        return value instanceof Bytes;
      case TIMESTAMP:
        return value instanceof Instant;
      case DURATION:
        return value instanceof Duration;
      case LIST:
        return value instanceof List;
      case MAP:
      case STRUCT:
        return value instanceof Map;
      case NULL_TYPE:
        return value == NullValue.NULL;
      case TYPE:
        return value instanceof TypeValue;
      case OPAQUE:
        return type instanceof OptionalType
            ? value instanceof OptionalValue
            : value instanceof Extra extra && extra.typeName().equals(type.name());
      default:
        return true;
    }
  }
}
