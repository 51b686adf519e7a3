package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the walks over values of a shape share. */
final class Values {
  /** Stands for a value that is not there, unlike null, which is. */
  static final Object ABSENT =
      new Object() {
        @Override
        public String toString() {
          return "absent";
        }
      };

  private Values() {}

  /** How a value is treated: as a map, a list, or a scalar. */
  enum Form {
    MAP,
    LIST,
    SCALAR
  }

  /**
   * The form of a value: that of its shape; where the shape takes anything, that of the value, and
   * a map if the value does not say.
   */
  static Form form(Shape shape, @Nullable Object value) {
    switch (shape.type()) {
      case OBJECT:
        return Form.MAP;
      case LIST:
        return Form.LIST;
      case ANY:
      case RAW:
        return value instanceof List
            ? Form.LIST
            : value == null || value == ABSENT || value instanceof Map ? Form.MAP : Form.SCALAR;
      default:
        return Form.SCALAR;
    }
  }

  static boolean isAny(Shape shape) {
    return shape.type() == ShapeType.ANY || shape.type() == ShapeType.RAW;
  }

  /** Whether the items of a list, if it is one, are not told apart. */
  static boolean atomicList(Shape shape) {
    return shape.listType() == ListType.ATOMIC;
  }

  static Shape child(Shape shape, String key) {
    Shape child = shape.child(key);
    return child == null
        ? Shape.any()
        : child; // live objects of newer servers have fields of which we know nothing
  }

  /** Whether an object has a field; null is a value of some fields of custom resources only. */
  static boolean present(Map<String, @Nullable Object> object, FieldShape field) {
    return object.get(field.name()) != null
        || (object.containsKey(field.name()) && field.shape().nullable());
  }

  static Map<String, @Nullable Object> map(@Nullable Object value) {
    return Trees.object(value);
  }

  static List<@Nullable Object> list(@Nullable Object value) {
    return Trees.list(value);
  }

  /**
   * The element that tells an item of a keyed list or a set apart; null if it has no key at all.
   */
  static @Nullable PathElement element(Shape list, @Nullable Object item) {
    if (list.listType() == ListType.SET) {
      return item == null || item instanceof Map || item instanceof List
          ? null
          : new PathElement.Value(number(item));
    }
    if (!(item instanceof Map<?, ?> fields)) {
      return null;
    }
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    for (String name : list.keys()) {
      Object value = fields.get(name);
      FieldShape field = list.items().field(name);
      if (value == null && field != null && !fields.containsKey(name)) {
        value = field.keyDefault().orElse(null);
      }
      if (value != null || fields.containsKey(name)) {
        key.put(name, value == null ? null : number(value)); // null is a value when it is written
      }
    }
    return key.isEmpty() ? null : new PathElement.Key(key);
  }

  /** Whole numbers are the same however they are written. */
  private static Object number(Object value) {
    return value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1e15
        ? (Object) (long) (double) real
        : value;
  }

  /** Deep equality that compares numbers by value. */
  static boolean equal(@Nullable Object one, @Nullable Object other) {
    if (one == other) {
      return true;
    }
    if (one == null || other == null || one == ABSENT || other == ABSENT) {
      return false;
    }
    if (one instanceof Number a && other instanceof Number b) {
      boolean whole = a instanceof Long && b instanceof Long;
      return whole ? a.equals(b) : a.doubleValue() == b.doubleValue();
    }
    if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (Map.Entry<?, ?> entry : a.entrySet()) {
        Object value = b.get(entry.getKey());
        boolean there = value != null || b.containsKey(entry.getKey());
        if (!there || !equal(entry.getValue(), value)) {
          return false;
        }
      }
      return true;
    }
    if (one instanceof List<?> a && other instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!equal(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    return one.equals(other);
  }

  static boolean isEmptyMap(@Nullable Object value) {
    return value instanceof Map<?, ?> map && map.isEmpty();
  }

  /** Whether there is nothing to walk into: not there, null, of another form, or empty. */
  static boolean bare(Form form, @Nullable Object value) {
    return form == Form.MAP ? map(value).isEmpty() : list(value).isEmpty();
  }
}
