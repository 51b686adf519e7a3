package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two states of an object (stand-in: on conflict take the other file). */
public final class FieldDiff {
  private FieldDiff() {}

  /**
   * A field that differs.
   *
   * @param path where it stands
   * @param before its value before; null if it was not there
   * @param after its value after; null if it is not there
   */
  public record Difference(FieldPath path, @Nullable Object before, @Nullable Object after) {}

  /** Returns the differences, ordered by field. */
  public static List<Difference> between(
      @Nullable Manifest before, @Nullable Manifest after, KindShape shape) {
    List<Difference> out = new ArrayList<>();
    walk(
        FieldPath.root(),
        before == null ? Map.of() : before.tree(),
        after == null ? Map.of() : after.tree(),
        shape.shape(),
        out);
    return out;
  }

  private static void walk(
      FieldPath path,
      @Nullable Object before,
      @Nullable Object after,
      @Nullable Shape shape,
      List<Difference> out) {
    if (Objects.equals(before, after)) {
      return;
    }
    if ((before instanceof Map || after instanceof Map)
        && (before == null || before instanceof Map)
        && (after == null || after instanceof Map)) {
      TreeSet<String> names = new TreeSet<>(Trees.object(before).keySet());
      names.addAll(Trees.object(after).keySet());
      for (String name : names) {
        walk(
            path.child(name),
            Trees.object(before).get(name),
            Trees.object(after).get(name),
            shape == null ? null : shape.child(name),
            out);
      }
      return;
    }
    if (shape != null
        && (before instanceof List || after instanceof List)
        && shape.listType() == ListType.KEYED) {
      Map<PathElement, Object> old = keyed(before, shape);
      Map<PathElement, Object> now = keyed(after, shape);
      TreeMap<String, PathElement> all = new TreeMap<>();
      old.keySet().forEach(key -> all.put(key.toString(), key));
      now.keySet().forEach(key -> all.put(key.toString(), key));
      for (PathElement key : all.values()) {
        walk(path.child(key), old.get(key), now.get(key), shape.items(), out);
      }
      return;
    }
    out.add(new Difference(path, before, after));
  }

  private static Map<PathElement, Object> keyed(@Nullable Object list, Shape shape) {
    Map<PathElement, Object> items = new LinkedHashMap<>();
    for (Object item : Trees.list(list)) {
      Map<String, Object> key = new LinkedHashMap<>();
      for (String name : shape.keys()) {
        Object value = Trees.object(item).get(name);
        if (value != null) {
          key.put(name, value);
        }
      }
      items.put(new PathElement.Key(key), item);
    }
    return items;
  }
}
