package io.sailplan.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes that make lists and maps. */
final class MakeNodes {
  private MakeNodes() {}

  /** {@code [a, ?b]}. */
  static final class MakeList extends Node {
    private final List<Node> items;
    private final Set<Integer> optional;

    MakeList(int offset, List<Node> items, Set<Integer> optional) {
      super(offset);
      this.items = items;
      this.optional = optional;
    }

    boolean isEmpty() {
      return items.isEmpty();
    }

    @Override
    Object evaluate(Frame frame) {
      List<Object> list = new ArrayList<>(items.size());
      Object stop = addTo(list, frame);
      return stop == null ? list : stop;
    }

    /** Adds the items to a list; returns null, or what stopped it. */
    @org.jspecify.annotations.Nullable
    Stop addTo(List<Object> list, Frame frame) {
      frame.spend(1L + items.size());
      Stop stop = null;
      for (int i = 0; i < items.size(); i++) {
        Object value = items.get(i).evaluate(frame);
        if (optional.contains(i) && !(value instanceof Stop)) {
          if (!(value instanceof OptionalValue maybe)) {
            value = items.get(i).failure("the item behind \"?\" is not an optional");
          } else if (maybe.value() == null) {
            continue;
          } else {
            value = maybe.value();
          }
        }
        if (value instanceof Stop next) {
          stop = stop == null ? next : Stop.join(stop, next);
        } else {
          list.add(value);
        }
      }
      return stop;
    }
  }

  /** One entry of a map that is made. */
  record Entry(Node key, Node value, boolean optional) {}

  /** {@code {a: b, ?c: d}}. */
  static final class MakeMap extends Node {
    private final List<Entry> entries;

    MakeMap(int offset, List<Entry> entries) {
      super(offset);
      this.entries = entries;
    }

    boolean isEmpty() {
      return entries.isEmpty();
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1L + 2L * entries.size());
      Map<Object, Object> map =
          entries.isEmpty() ? new MapLibrary.GatheredMap(Map.of()) : new LinkedHashMap<>();
      Stop stop = null;
      for (Entry entry : entries) {
        Object key = Values.key(frame.consume(entry.key().evaluate(frame)));
        Object value = value(frame, entry);
        if (!(key instanceof Stop) && !isKey(key)) {
          key =
              entry.key().failure("a value of the type " + Values.typeName(key) + " is not a key");
        }
        if (key instanceof Stop next) {
          stop = stop == null ? next : Stop.join(stop, next);
        }
        if (value instanceof Stop next) {
          stop = stop == null ? next : Stop.join(stop, next);
        }
        if (stop == null && value != OptionalValue.NONE && map.put(key, value) != null) {
          stop = entry.key().failure("a key is written twice");
        }
      }
      return stop == null ? map : stop;
    }

    /** Returns the value, or the marker for none where the entry is optional. */
    private static Object value(Frame frame, Entry entry) {
      Object value = entry.value().evaluate(frame);
      if (!entry.optional() || value instanceof Stop) {
        return value == OptionalValue.NONE ? new OptionalValue(null) : value;
      }
      if (!(value instanceof OptionalValue maybe)) {
        return entry.value().failure("the value behind \"?\" is not an optional");
      }
      return maybe.value() == null ? OptionalValue.NONE : maybe.value();
    }

    private static boolean isKey(Object key) {
      return key instanceof String
          || key instanceof Long
          || key instanceof Boolean
          || key instanceof Unsigned;
    }
  }
}
