package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short ways to make and change trees. */
final class Tree {
  private Tree() {}

  /** Returns an object of alternating keys and values; null values are left out. */
  static Map<String, @Nullable Object> of(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (keysAndValues[i + 1] != null) {
        tree.put(Trees.string(keysAndValues[i]), keysAndValues[i + 1]);
      }
    }
    return tree;
  }

  /** Returns a copy whose objects and lists can be changed. */
  static @Nullable Object mutable(@Nullable Object tree) {
    if (tree instanceof Map<?, ?>) {
      return mutableObject(Trees.object(tree));
    }
    if (tree instanceof List<?>) {
      List<@Nullable Object> copy = new ArrayList<>();
      Trees.list(tree).forEach(item -> copy.add(mutable(item)));
      return copy;
    }
    return tree;
  }

  static Map<String, @Nullable Object> mutableObject(Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    tree.forEach((key, value) -> copy.put(key, mutable(value)));
    return copy;
  }

  /** Returns {@code manifest} with a value, or without the field if it is null. */
  static Manifest set(Manifest manifest, @Nullable Object value, String... fields) {
    return value == null ? manifest.without(fields) : manifest.with(value, fields);
  }

  /** Returns the objects in the list at {@code fields}. */
  static List<Map<String, @Nullable Object>> objects(Manifest manifest, String... fields) {
    return Trees.list(manifest.get(fields)).stream().map(Trees::object).toList();
  }

  static long integer(@Nullable Object tree, long otherwise, String... fields) {
    return Trees.get(tree, fields) instanceof Long number ? number : otherwise;
  }

  /** Returns the time as the API writes it, in whole seconds. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static @Nullable Instant time(@Nullable Object text) {
    return text instanceof String written ? Instant.parse(written) : null;
  }
}
