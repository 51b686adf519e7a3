package io.sailplan.expression;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value of a type may stand where another type is expected. Objects are compared by their
 * fields: some of the expected ones are enough, others are too many.
 */
final class Fit {
  private static final int DEEPEST = 32;

  private final ShapeTypes types;

  Fit(ShapeTypes types) {
    this.types = types;
  }

  /** Returns what does not fit; null if nothing does not. */
  @Nullable String check(CelType actual, ExpressionType expected) {
    Shape shape = expected.shape().orElse(null);
    boolean condition =
        expected.kind() == ExpressionType.Kind.BOOLEAN
            || expected.kind() == ExpressionType.Kind.OPTIONAL;
    if (actual.kind() == CelKind.NULL_TYPE && !condition) {
      return null; // null leaves a field out
    }
    if (shape != null) {
      return check(unwrapped(actual), shape, 0);
    }
    CelType type = unwrapped(actual);
    CelType wanted = unwrapped(types.of(expected));
    return fits(type, wanted) ? null : mismatch(actual, wanted);
  }

  private static CelType unwrapped(CelType type) {
    return type instanceof OptionalType ? type.parameters().get(0) : type;
  }

  private static boolean isOpen(CelType type) {
    return type.kind() == CelKind.DYN
        || type.kind() == CelKind.ANY
        || type.kind() == CelKind.TYPE_PARAM
        || type.kind() == CelKind.ERROR;
  }

  private boolean fits(CelType actual, CelType wanted) {
    if (isOpen(actual) || isOpen(wanted)) {
      return true;
    }
    if (wanted.kind() == CelKind.DOUBLE && actual.kind() == CelKind.INT) {
      return true;
    }
    if (actual.kind() != wanted.kind()) {
      return false;
    }
    for (int i = 0; i < wanted.parameters().size(); i++) {
      if (!fits(actual.parameters().get(i), wanted.parameters().get(i))) {
        return false;
      }
    }
    return wanted.kind() != CelKind.STRUCT || actual.name().equals(wanted.name());
  }

  private static String mismatch(CelType actual, CelType wanted) {
    return "it gives " + Types.text(actual) + ", and " + Types.text(wanted) + " is expected";
  }

  private @Nullable String check(CelType actual, Shape shape, int depth) {
    CelType type = unwrapped(actual);
    CelKind kind = type.kind();
    if (isOpen(type)
        || kind == CelKind.NULL_TYPE
        || depth > DEEPEST
        || shape.type() == ShapeType.ANY
        || shape.type() == ShapeType.RAW) {
      return isManifestValue(type)
          ? null
          : "a value of the type " + Types.text(type) + " cannot stand in a manifest";
    }
    boolean fits;
    switch (shape.type()) {
      case STRING:
        fits = kind == CelKind.STRING || kind == CelKind.TIMESTAMP || kind == CelKind.DURATION;
        break;
      case TIME:
      case MICRO_TIME:
        fits = kind == CelKind.STRING || kind == CelKind.TIMESTAMP;
        break;
      case BYTES:
        fits = kind == CelKind.STRING || kind == CelKind.BYTES;
        break;
      case INT32:
      case INT64:
        fits = kind == CelKind.INT || kind == CelKind.UINT;
        break;
      case NUMBER:
        fits = kind == CelKind.INT || kind == CelKind.UINT || kind == CelKind.DOUBLE;
        break;
      case QUANTITY:
        fits =
            kind == CelKind.STRING
                || kind == CelKind.INT
                || kind == CelKind.UINT
                || kind == CelKind.DOUBLE;
        break;
      case INT_OR_STRING:
        fits = kind == CelKind.STRING || kind == CelKind.INT || kind == CelKind.UINT;
        break;
      case BOOLEAN:
        fits = kind == CelKind.BOOL;
        break;
      case LIST:
        if (kind == CelKind.LIST) {
          return in("an item", check(type.parameters().get(0), shape.items(), depth + 1));
        }
        fits = false;
        break;
      default:
        if (kind == CelKind.MAP) {
          return map(type, shape, depth);
        }
        if (kind == CelKind.STRUCT) {
          return object(type, shape, depth);
        }
        fits = false;
        break;
    }
    return fits ? null : "it gives " + Types.text(actual) + ", and " + text(shape) + " is expected";
  }

  private String text(Shape shape) {
    switch (shape.type()) {
      case INT_OR_STRING:
        return "int or string";
      case QUANTITY:
        return "a quantity";
      case TIME:
      case MICRO_TIME:
        return "timestamp";
      default:
        return Types.text(types.of(shape));
    }
  }

  private static boolean isManifestValue(CelType type) {
    return type.kind() != CelKind.TYPE && type.kind() != CelKind.OPAQUE;
  }

  private static @Nullable String in(String where, @Nullable String reason) {
    return reason == null ? null : "in " + where + ": " + reason;
  }

  private @Nullable String map(CelType map, Shape shape, int depth) {
    if (!isOpen(map.parameters().get(0)) && map.parameters().get(0).kind() != CelKind.STRING) {
      return "its keys are " + Types.text(map.parameters().get(0)) + ", and string is expected";
    }
    CelType value = map.parameters().get(1);
    if (isOpen(value)) {
      return null;
    }
    if (shape.values().isPresent()) {
      return in("a value", check(value, shape.values().get(), depth + 1));
    }
    // Which keys there are shows only when it is evaluated: some field has to take such a value.
    boolean some =
        shape.fields().isEmpty()
            || shape.fields().values().stream()
                .anyMatch(field -> check(value, field.shape(), depth + 1) == null);
    return some ? null : "no field of " + text(shape) + " takes " + Types.text(value);
  }

  private @Nullable String object(CelType object, Shape shape, int depth) {
    Shape actual = types.shape(object);
    if (actual == null || actual == shape) {
      return null;
    }
    for (Map.Entry<String, FieldShape> entry : actual.fields().entrySet()) {
      Shape child = shape.child(entry.getKey());
      boolean free = shape.fields().isEmpty() && shape.values().isEmpty();
      if (child == null && !free) {
        return "the field \"" + entry.getKey() + "\" is not one of " + text(shape);
      }
      if (child != null && child != entry.getValue().shape()) {
        String reason = check(types.of(entry.getValue().shape()), child, depth + 1);
        if (reason != null) {
          return in("the field \"" + entry.getKey() + "\"", reason);
        }
      }
    }
    return null;
  }
}
