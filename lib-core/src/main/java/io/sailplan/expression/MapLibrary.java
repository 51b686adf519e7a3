package io.sailplan.expression;

import java.util.LinkedHashMap;
import java.util.Map;

/** Functions on maps. */
final class MapLibrary {
  private MapLibrary() {}

  static void declare(FunctionTable table) {
    table.add(
        "[map(K, V)].merge(map(K, V)): map(K, V)",
        (f, a) -> merge(f, (Map<?, ?>) a[0], (Map<?, ?>) a[1]));
    table.add("[dyn].deepMerge(dyn): dyn", (f, a) -> deepMerge(f, a[0], a[1]));
    table.add(
        "cel.@mapInsert(map(K, V), K, V): map(K, V)",
        (f, a) -> insert(f, (Map<?, ?>) a[0], a[1], a[2]));
    table.add(
        "cel.@mapInsert(map(K, V), map(K, V)): map(K, V)",
        (f, a) -> insertAll(f, (Map<?, ?>) a[0], (Map<?, ?>) a[1]));
  }

  private static Map<Object, Object> copy(Frame frame, Map<?, ?> map) {
    frame.spend(map.size() + 1L);
    Map<Object, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, Values.of(value)));
    return copy;
  }

  private static Map<Object, Object> merge(Frame frame, Map<?, ?> left, Map<?, ?> right) {
    Map<Object, Object> merged = copy(frame, left);
    merged.putAll(copy(frame, right));
    return merged;
  }

  private static Object deepMerge(Frame frame, Object left, Object right) {
    if (!(left instanceof Map<?, ?> one && right instanceof Map<?, ?> other)) {
      throw new CallFailure("deepMerge takes two maps");
    }
    return deepMaps(frame, one, other);
  }

  private static Map<Object, Object> deepMaps(Frame frame, Map<?, ?> left, Map<?, ?> right) {
    Map<Object, Object> merged = copy(frame, left);
    right.forEach(
        (key, raw) -> {
          frame.spend(1);
          Object value = Values.of(raw);
          Object before = merged.get(key);
          merged.put(
              key,
              before instanceof Map<?, ?> one && value instanceof Map<?, ?> other
                  ? deepMaps(frame, one, other)
                  : value);
        });
    return merged;
  }

  /** Comprehensions insert into a map of their own, see {@link GatheredMap}; nobody else can. */
  private static Object insert(Frame frame, Map<?, ?> map, Object key, Object value) {
    Map<Object, Object> target = target(frame, map);
    Object normal = Values.key(key);
    if (target.containsKey(normal)) {
      throw new CallFailure("a key is made twice");
    }
    frame.spend(2);
    target.put(normal, value);
    return target;
  }

  private static Object insertAll(Frame frame, Map<?, ?> map, Map<?, ?> more) {
    Map<Object, Object> target = target(frame, map);
    more.forEach((key, value) -> insert(frame, target, key, Values.of(value)));
    return target;
  }

  private static Map<Object, Object> target(Frame frame, Map<?, ?> map) {
    return map instanceof GatheredMap gathered ? gathered : new GatheredMap(copy(frame, map));
  }

  /** A map that a comprehension is still filling. */
  static final class GatheredMap extends LinkedHashMap<Object, Object> {
    GatheredMap(Map<Object, Object> start) {
      super(start);
    }
  }
}
