package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.Presence;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value as the API server stores it: zeros left out or filled in as the Go types say, scalars
 * rewritten, defaults set. Custom resources are stored as written, with the defaults of their
 * schema.
 */
final class StoredForm {
  private final boolean defaults;

  /** Whether an empty list that is always there is told from null, as the server's memory does. */
  private final boolean empties;

  private StoredForm(boolean defaults, boolean empties) {
    this.defaults = defaults;
    this.empties = empties;
  }

  /** A whole object, defaults included. */
  static Map<String, @Nullable Object> of(Map<String, @Nullable Object> object, Shape shape) {
    return Values.map(new StoredForm(true, false).object(object, shape));
  }

  /** A whole object as the server holds it while it learns who wrote what, before it is stored. */
  static Map<String, @Nullable Object> inMemory(Map<String, @Nullable Object> object, Shape shape) {
    return Values.map(new StoredForm(true, true).object(object, shape));
  }

  /** What an object holds to which nothing was written. */
  static @Nullable Object zero(Shape shape) {
    return new StoredForm(false, false).zeroOf(shape);
  }

  private @Nullable Object value(@Nullable Object value, Shape shape, Presence presence) {
    if (value == null) {
      return missing(shape, presence);
    }
    Object stored = present(value, shape);
    boolean kept = presence == Presence.WHEN_SET || presence == Presence.OR_NULL;
    if (!kept && isZero(stored, shape)) {
      boolean empty = empties && stored instanceof List;
      return presence != Presence.ALWAYS ? Values.ABSENT : empty ? stored : zeroOf(shape);
    }
    return stored;
  }

  /** What stands where nothing was written, and no default is known. */
  private @Nullable Object missing(Shape shape, Presence presence) {
    return switch (presence) {
      case ALWAYS -> zeroOf(shape);
      case OR_NULL -> null;
      default -> Values.ABSENT;
    };
  }

  private Object present(Object value, Shape shape) {
    switch (shape.type()) {
      case OBJECT:
        return value instanceof Map ? object(Values.map(value), shape) : value;
      case LIST:
        return value instanceof List ? list(Values.list(value), shape) : value;
      case ANY:
      case RAW:
        return value;
      default:
        return scalar(value, shape.type(), false);
    }
  }

  /** A scalar as it is stored; one that cannot be is returned as it is, the server refuses it. */
  static Object scalar(Object value, ShapeType type, boolean milli) {
    if (type == ShapeType.QUANTITY && !(value instanceof Boolean)) {
      String text = value instanceof String string ? string : Json.write(value);
      return Quantities.canonical(text, milli).orElse(text);
    }
    if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1e15) {
      return (Object) (long) (double) real;
    }
    if (value instanceof Long number && type == ShapeType.INT32) {
      return (long) number.intValue(); // what does not fit is cut, without an error
    }
    if (!(value instanceof String text)) {
      return value;
    }
    switch (type) {
      case TIME:
        return Scalars.time(text).orElse(text);
      case MICRO_TIME:
        return Scalars.microTime(text).orElse(text);
      case BYTES:
        return Scalars.bytes(text).orElse(text);
      default:
        return text;
    }
  }

  private static boolean isZero(Object value, Shape shape) {
    switch (shape.type()) {
      case OBJECT:
        return Values.isEmptyMap(value);
      case LIST:
        return value instanceof List<?> list && list.isEmpty();
      case STRING:
      case BYTES:
        return "".equals(value);
      case INT32:
      case INT64:
      case NUMBER:
        return value instanceof Number number && number.doubleValue() == 0;
      case BOOLEAN:
        return Boolean.FALSE.equals(value);
      default:
        return false;
    }
  }

  private @Nullable Object zeroOf(Shape shape) {
    switch (shape.type()) {
      case OBJECT:
        return shape.fields().isEmpty() ? null : object(Map.of(), shape);
      case STRING:
        return "";
      case INT32:
      case INT64:
      case NUMBER:
      case INT_OR_STRING:
        return 0L;
      case BOOLEAN:
        return false;
      case QUANTITY:
        return "0";
      default:
        return null;
    }
  }

  private Object object(Map<String, @Nullable Object> object, Shape shape) {
    Map<String, @Nullable Object> stored = new LinkedHashMap<>();
    object.forEach(
        (key, value) -> {
          FieldShape field = shape.field(key);
          Shape child = shape.child(key);
          if (field != null) {
            put(stored, key, field(value, field));
          } else if (child != null && !shape.pruned()) {
            stored.put(key, element(value, child));
          }
        });
    for (FieldShape field : shape.fields().values()) {
      if (!stored.containsKey(field.name())) {
        if (defaults && field.defaultValue().isPresent()) {
          stored.put(field.name(), present(field.defaultValue().get(), field.shape()));
        } else {
          put(stored, field.name(), missing(field.shape(), field.presence()));
        }
      }
    }
    if (defaults && !shape.name().isEmpty()) {
      ConditionalDefaults.fill(shape.name(), stored);
    }
    return stored;
  }

  private @Nullable Object field(@Nullable Object value, FieldShape field) {
    Shape shape = field.shape();
    if (shape.asWritten()) {
      boolean fill = value == null && !shape.nullable() && field.defaultValue().isPresent();
      return fill ? Values.ABSENT : value == null ? null : present(value, shape);
    }
    Object stored = value(value, shape, field.presence());
    boolean zero = field.presence() == Presence.ALWAYS && stored != null && isZero(stored, shape);
    return (stored == null || zero) && defaults && field.defaultValue().isPresent()
        ? Values.ABSENT
        : stored;
  }

  private static void put(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
    if (value != Values.ABSENT) {
      map.put(key, value);
    }
  }

  private List<@Nullable Object> list(List<@Nullable Object> list, Shape shape) {
    List<@Nullable Object> stored = new ArrayList<>(list.size());
    for (Object item : list) {
      stored.add(element(item, shape.items()));
    }
    return stored;
  }

  /**
   * The value of a key of a map, or an item: always there; amounts of resources are rounded up to
   * thousandths.
   */
  private @Nullable Object element(@Nullable Object value, Shape shape) {
    if (value == null) {
      return shape.asWritten() || Values.isAny(shape)
          ? null
          : shape.type() == ShapeType.BYTES ? "" : zeroOf(shape);
    }
    return shape.type() == ShapeType.QUANTITY
        ? scalar(value, ShapeType.QUANTITY, true)
        : present(value, shape);
  }
}
