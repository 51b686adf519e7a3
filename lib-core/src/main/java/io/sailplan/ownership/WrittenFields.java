package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths that writing a value owns: leaves, items, keys of free maps, atomic values as one, and
 * what is empty or null. Parents with named fields are not among them (structured-merge-diff,
 * typed/tofieldset.go).
 */
final class WrittenFields {
  private WrittenFields() {}

  static FieldSet of(@Nullable Object value, Shape shape) {
    return walk(value, shape).children;
  }

  /** What a value owns: itself, and what is below. */
  private static final class Owned {
    static final Owned LEAF = new Owned(true, FieldSet.empty());
    static final Owned NOTHING = new Owned(false, FieldSet.empty());

    final boolean self;
    final FieldSet children;

    Owned(boolean self, FieldSet children) {
      this.self = self;
      this.children = children;
    }
  }

  private static Owned walk(@Nullable Object value, Shape shape) {
    switch (Values.form(shape, value)) {
      case MAP:
        return shape.atomic()
            ? Owned.LEAF
            : value instanceof Map
                ? new Owned(false, fields(Values.map(value), shape))
                : Owned.NOTHING;
      case LIST:
        return Values.atomicList(shape)
            ? Owned.LEAF
            : value instanceof List
                ? new Owned(false, items(Values.list(value), shape))
                : Owned.NOTHING;
      default:
        return Owned.LEAF;
    }
  }

  private static FieldSet fields(Map<String, @Nullable Object> map, Shape shape) {
    List<FieldSet.Entry> entries = new ArrayList<>(map.size());
    map.forEach(
        (key, value) -> {
          Owned owned = walk(value, Values.child(shape, key));
          boolean self =
              owned.self || value == null || Values.isEmptyMap(value) || shape.field(key) == null;
          if (self || !owned.children.isEmpty()) {
            entries.add(new FieldSet.Entry(new PathElement.Field(key), self, owned.children));
          }
        });
    return FieldSet.ofEntries(entries);
  }

  private static FieldSet items(List<@Nullable Object> list, Shape shape) {
    Map<PathElement, Integer> counts = new HashMap<>();
    List<@Nullable PathElement> elements = new ArrayList<>(list.size());
    for (Object item : list) {
      PathElement element = Values.element(shape, item);
      elements.add(element);
      if (element != null) {
        counts.merge(element, 1, Integer::sum);
      }
    }
    List<FieldSet.Entry> entries = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      PathElement element = elements.get(i);
      Integer count = element == null ? null : counts.remove(element);
      if (element != null && count != null) {
        FieldSet children =
            count > 1 ? FieldSet.empty() : walk(list.get(i), shape.items()).children;
        entries.add(new FieldSet.Entry(element, true, children));
      }
    }
    return FieldSet.ofEntries(entries);
  }
}
