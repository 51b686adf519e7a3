package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes paths out of a value; a map or list of which nothing is left becomes null
 * (structured-merge-diff, typed/remove.go).
 */
final class Removal {
  private Removal() {}

  static @Nullable Object from(@Nullable Object value, FieldSet paths, Shape shape) {
    switch (Values.form(shape, value)) {
      case MAP:
        return shape.atomic() ? null : fields(Values.map(value), paths, shape);
      case LIST:
        return Values.atomicList(shape) ? null : items(Values.list(value), paths, shape);
      default:
        return value;
    }
  }

  private static @Nullable Object fields(
      Map<String, @Nullable Object> map, FieldSet paths, Shape shape) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          FieldSet.Entry entry = paths.entry(new PathElement.Field(key));
          if (entry == null) {
            left.put(key, value);
          } else if (!entry.member()) {
            left.put(key, from(value, entry.children(), Values.child(shape, key)));
          }
        });
    return left.isEmpty() ? null : left;
  }

  private static @Nullable Object items(List<@Nullable Object> list, FieldSet paths, Shape shape) {
    List<@Nullable Object> left = new ArrayList<>(list.size());
    for (Object item : list) {
      PathElement element = Values.element(shape, item);
      FieldSet.Entry entry = element == null ? null : paths.entry(element);
      if (entry == null) {
        left.add(item);
      } else if (!entry.member()) {
        left.add(from(item, entry.children(), shape.items()));
      }
    }
    return left.isEmpty() ? null : left;
  }
}
