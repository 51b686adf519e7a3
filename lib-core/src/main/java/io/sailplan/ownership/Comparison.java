package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The paths in which one value differs from another (structured-merge-diff, typed/compare.go).
 *
 * @param removed paths that only the first has
 * @param modified paths that both have, with other values
 * @param added paths that only the second has, parents that came with them included
 */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

  static Comparison between(@Nullable Object before, @Nullable Object after, Shape shape) {
    Walk walk = new Walk();
    walk.compare(before, after, shape);
    return new Comparison(walk.removed.build(), walk.modified.build(), walk.added.build());
  }

  /** Without what is at or below the paths of {@code ignored}. */
  Comparison without(FieldSet ignored) {
    return ignored.isEmpty()
        ? this
        : new Comparison(
            removed.without(ignored), modified.without(ignored), added.without(ignored));
  }

  private static final class Walk {
    final FieldSetBuilder removed = new FieldSetBuilder();
    final FieldSetBuilder modified = new FieldSetBuilder();
    final FieldSetBuilder added = new FieldSetBuilder();
    private final List<PathElement> path = new ArrayList<>();

    void compare(@Nullable Object before, @Nullable Object after, Shape shape) {
      if (before == after) {
        return;
      }
      Values.Form first = Values.form(shape, before);
      Values.Form second = Values.form(shape, after);
      boolean leaf;
      if (after == Values.ABSENT) {
        leaf = as(first, before, after, shape);
      } else if (before == Values.ABSENT || !Values.isAny(shape) || first == second) {
        leaf = as(second, before, after, shape);
      } else {
        as(first, before, after, shape);
        leaf = as(second, before, after, shape);
      }
      if (!leaf) {
        if (before == Values.ABSENT) {
          added.add(path);
        } else if (after == Values.ABSENT) {
          removed.add(path);
        }
      }
    }

    /** Compares as maps, lists or scalars; true if the values were taken as one. */
    private boolean as(
        Values.Form form, @Nullable Object before, @Nullable Object after, Shape shape) {
      boolean one =
          form == Values.Form.SCALAR
              || (form == Values.Form.LIST ? Values.atomicList(shape) : shape.atomic())
              || (Values.bare(form, before) && Values.bare(form, after));
      if (one) {
        leaf(before, after);
      } else if (form == Values.Form.MAP) {
        maps(Values.map(before), Values.map(after), shape);
      } else {
        lists(Values.list(before), Values.list(after), shape);
      }
      return one;
    }

    private void leaf(@Nullable Object before, @Nullable Object after) {
      if (before == Values.ABSENT) {
        added.add(path);
      } else if (after == Values.ABSENT) {
        removed.add(path);
      } else if (!Values.equal(before, after)) {
        modified.add(path);
      }
    }

    private void maps(
        Map<String, @Nullable Object> before, Map<String, @Nullable Object> after, Shape shape) {
      before.forEach(
          (key, value) ->
              step(new PathElement.Field(key), value, get(after, key), Values.child(shape, key)));
      after.forEach(
          (key, value) -> {
            if (!before.containsKey(key)) {
              step(new PathElement.Field(key), Values.ABSENT, value, Values.child(shape, key));
            }
          });
    }

    private static @Nullable Object get(Map<String, @Nullable Object> map, String key) {
      Object value = map.get(key);
      return value == null && !map.containsKey(key) ? Values.ABSENT : value;
    }

    private void step(
        PathElement element, @Nullable Object before, @Nullable Object after, Shape shape) {
      path.add(element);
      compare(before, after, shape);
      path.remove(path.size() - 1);
    }

    private void lists(List<@Nullable Object> before, List<@Nullable Object> after, Shape shape) {
      Map<PathElement, List<@Nullable Object>> first = index(before, shape);
      Map<PathElement, List<@Nullable Object>> second = index(after, shape);
      Set<PathElement> all = new LinkedHashSet<>(first.keySet());
      all.addAll(second.keySet());
      for (PathElement element : all) {
        items(
            element,
            first.getOrDefault(element, List.of()),
            second.getOrDefault(element, List.of()),
            shape.items());
      }
    }

    /**
     * Items with the same key, which only objects that were not applied can have, count as one
     * value.
     */
    private void items(
        PathElement element,
        List<@Nullable Object> before,
        List<@Nullable Object> after,
        Shape shape) {
      Object first = before.isEmpty() ? Values.ABSENT : before.get(0);
      Object second = after.isEmpty() ? Values.ABSENT : after.get(0);
      if (before.size() <= 1 && after.size() <= 1) {
        step(element, first, second, shape);
      } else if (before.size() >= 2 && after.size() >= 2) {
        if (!Values.equal(before, after)) {
          mark(modified, element);
        }
      } else if (before.size() >= 2) {
        if (!after.isEmpty()) {
          step(element, Values.ABSENT, second, shape);
        }
        mark(removed, element);
      } else {
        if (!before.isEmpty()) {
          step(element, first, Values.ABSENT, shape);
        }
        mark(added, element);
      }
    }

    private void mark(FieldSetBuilder set, PathElement element) {
      path.add(element);
      set.add(path);
      path.remove(path.size() - 1);
    }

    private static Map<PathElement, List<@Nullable Object>> index(
        List<@Nullable Object> list, Shape shape) {
      Map<PathElement, List<@Nullable Object>> index = new LinkedHashMap<>();
      for (Object item : list) {
        PathElement element = Values.element(shape, item);
        if (element != null) {
          index.computeIfAbsent(element, unused -> new ArrayList<>(1)).add(item);
        }
      }
      return index;
    }
  }
}
