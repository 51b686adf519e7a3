package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the values at a set of paths. */
final class Projection {
  private Projection() {}

  static Map<String, @Nullable Object> of(Object value, Shape shape, FieldSet paths) {
    return Trees.copyOfObject(Trees.object(take(value, shape, paths)));
  }

  private static @Nullable Object take(@Nullable Object value, Shape shape, FieldSet paths) {
    boolean one =
        value instanceof Map
            ? shape.atomic()
            : !(value instanceof List) || Values.atomicList(shape) || Values.isAny(shape);
    if (one || paths.isEmpty()) {
      return value;
    }
    return value instanceof Map
        ? fields(Values.map(value), shape, paths)
        : items(Values.list(value), shape, paths);
  }

  private static Object fields(Map<String, @Nullable Object> map, Shape shape, FieldSet paths) {
    Map<String, @Nullable Object> taken = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          FieldSet.Entry entry = paths.entry(new PathElement.Field(key));
          if (entry != null) {
            taken.put(key, entry(value, Values.child(shape, key), entry));
          }
        });
    return taken;
  }

  private static Object items(List<@Nullable Object> list, Shape shape, FieldSet paths) {
    List<@Nullable Object> taken = new ArrayList<>();
    for (Object item : list) {
      PathElement element = Values.element(shape, item);
      FieldSet.Entry entry = element == null ? null : paths.entry(element);
      if (entry != null && element instanceof PathElement.Key) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        Values.map(item)
            .forEach(
                (key, value) -> {
                  if (shape.keys().contains(key)) {
                    kept.put(key, value);
                  }
                });
        if (!entry.children().isEmpty()) {
          kept.putAll(Trees.object(take(item, shape.items(), entry.children())));
        }
        taken.add(kept);
      } else if (entry != null) {
        taken.add(item);
      }
    }
    return taken;
  }

  /** A map that is owned, but of which no key is, shows that it is there and not what it holds. */
  private static @Nullable Object entry(@Nullable Object value, Shape shape, FieldSet.Entry entry) {
    if (entry.children().isEmpty()
        && !shape.atomic()
        && (value instanceof Map || (value instanceof List && !Values.atomicList(shape)))) {
      return value instanceof Map ? Map.of() : List.of();
    }
    return take(value, shape, entry.children());
  }
}
