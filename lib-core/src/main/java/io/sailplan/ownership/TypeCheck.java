package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.model.PathElement;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the API server says when a written object does not fit its schema, word by word
 * (structured-merge-diff, typed/validate.go); it does not look at values, so nothing secret is
 * said.
 */
final class TypeCheck {
  static final String WITHOUT_KEYS =
      "associative list with keys has an element that omits all key fields ";

  private final List<String> errors = new ArrayList<>();

  private TypeCheck() {}

  /** The errors, in the order of the object; empty if it fits. */
  static List<String> errors(Map<String, @Nullable Object> object, Shape shape) {
    TypeCheck check = new TypeCheck();
    check.value(object, shape, "");
    return check.errors;
  }

  /** The errors as the server joins them. */
  static String join(List<String> errors) {
    return errors.size() == 1 ? errors.get(0) : "errors:\n  " + String.join("\n  ", errors);
  }

  private void value(@Nullable Object value, Shape shape, String path) {
    if (value == null || Values.isAny(shape)) {
      return;
    }
    switch (shape.type()) {
      case OBJECT:
        if (value instanceof Map) {
          fields(Values.map(value), shape, path);
        } else {
          error(path, "expected map, got " + sort(value));
        }
        break;
      case LIST:
        if (value instanceof List) {
          items(Values.list(value), shape, path);
        } else {
          error(path, "expected list, got " + sort(value));
        }
        break;
      default:
        String wanted = mismatch(value, shape.type());
        if (!wanted.isEmpty()) {
          error(path, "expected " + wanted + ", got " + sort(value));
        }
    }
  }

  /** What was expected; empty if the value will do. */
  static String mismatch(Object value, ShapeType type) {
    switch (type) {
      case INT32:
      case INT64:
      case NUMBER:
        return value instanceof Number ? "" : "numeric (int or float)";
      case STRING:
      case BYTES:
        return value instanceof String ? "" : "string";
      case BOOLEAN:
        return value instanceof Boolean ? "" : "boolean";
      default:
        return value instanceof Map || value instanceof List ? "any scalar" : "";
    }
  }

  private static String sort(Object value) {
    return value instanceof Map
        ? "map"
        : value instanceof List
            ? "list"
            : value instanceof String ? "string" : value instanceof Boolean ? "bool" : "number";
  }

  private void fields(Map<String, @Nullable Object> map, Shape shape, String path) {
    map.forEach(
        (key, value) -> {
          Shape child = shape.child(key);
          if (child == null) {
            error(path + "." + key, "field not declared in schema");
          } else {
            value(value, child, path + "." + key);
          }
        });
  }

  private void items(List<@Nullable Object> list, Shape shape, String path) {
    Set<PathElement> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (shape.listType() == ListType.ATOMIC) {
        value(item, shape.items(), path + "[" + i + "]");
        continue;
      }
      PathElement element = Values.element(shape, item);
      if (element == null) {
        error(path, "element " + i + ": " + unkeyed(item, shape));
        return;
      }
      if (!seen.add(element)) {
        error(path, "duplicate entries for key " + element);
      }
      value(item, shape.items(), path + element);
    }
  }

  private static String unkeyed(@Nullable Object item, Shape shape) {
    if (shape.listType() == ListType.SET) {
      return item == null
          ? "associative list without keys has an element that's an explicit null"
          : item instanceof Map
              ? "associative list without keys has an element that's a map type"
              : "not supported: associative list with lists as elements";
    }
    return item == null
        ? "associative list with keys may not have a null element"
        : !(item instanceof Map)
            ? "associative list with keys may not have non-map elements"
            : WITHOUT_KEYS
                + Json.write(shape.keys()).replace(",", " ")
                + " (and doesn't have default values for any key fields)";
  }

  private void error(String path, String message) {
    errors.add(path.isEmpty() ? message : path + ": " + message);
  }
}
