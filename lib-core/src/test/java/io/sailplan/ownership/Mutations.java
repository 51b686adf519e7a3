package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random changes to objects, by a seed. */
final class Mutations {
  private final Random random;

  Mutations(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Returns {@code manifest} with about {@code count} of its fields changed, dropped, emptied or
   * moved.
   */
  Manifest mutate(Manifest manifest, int count) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(manifest.tree());
    for (int i = 0; i < count; i++) {
      List<String> roots = new ArrayList<>(tree.keySet());
      roots.removeAll(List.of("apiVersion", "kind", "metadata", "status"));
      if (roots.isEmpty() || random.nextInt(6) == 0) {
        Map<String, @Nullable Object> metadata =
            new LinkedHashMap<>(Trees.object(tree.get("metadata")));
        String part = random.nextBoolean() ? "labels" : "annotations";
        Map<String, @Nullable Object> map = new LinkedHashMap<>(Trees.object(metadata.get(part)));
        map.put("k" + random.nextInt(4), "v" + random.nextInt(3));
        if (random.nextInt(3) == 0) {
          map.remove("k" + random.nextInt(4));
        }
        metadata.put(part, map);
        tree.put("metadata", metadata);
      } else {
        String root = roots.get(random.nextInt(roots.size()));
        tree.put(root, value(tree.get(root)));
      }
    }
    return Manifest.of(tree);
  }

  private @Nullable Object value(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(map));
      List<String> keys = new ArrayList<>(copy.keySet());
      String key = keys.get(random.nextInt(keys.size()));
      if (random.nextInt(12) == 0) {
        copy.remove(key);
      } else {
        copy.put(key, value(copy.get(key)));
      }
      return copy;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable Object> copy = new ArrayList<>(Trees.list(list));
      int index = random.nextInt(copy.size());
      switch (random.nextInt(6)) {
        case 0:
          copy.remove(index);
          break;
        case 1:
          copy.add(copy.remove(index));
          break;
        case 2:
          copy.add(random.nextInt(copy.size() + 1), renamed(copy.get(index)));
          break;
        default:
          copy.set(index, value(copy.get(index)));
      }
      return copy;
    }
    if (value instanceof Long number) {
      return random.nextInt(5) == 0 ? 0L : number + 1 + random.nextInt(3);
    }
    if (value instanceof Boolean flag) {
      return !flag;
    }
    if (value instanceof String text) {
      return random.nextInt(8) == 0 ? "" : other(text);
    }
    return value;
  }

  private String other(String text) {
    if (Quantities.isQuantity(text)) {
      return List.of("1000m", "1", "1024Mi", "1Gi", "0.5").get(random.nextInt(5));
    }
    return text.length() > 20 || text.matches("[A-Z].*") ? text : text + random.nextInt(3);
  }

  private @Nullable Object renamed(@Nullable Object item) {
    if (item instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(map));
      for (String key : List.of("name", "mountPath", "key", "ip")) {
        if (copy.get(key) instanceof String text) {
          copy.put(key, text + random.nextInt(4));
        }
      }
      for (String key : List.of("containerPort", "port")) {
        if (copy.get(key) instanceof Long number) {
          copy.put(key, number + random.nextInt(4));
        }
      }
      return copy;
    }
    return item instanceof String text ? text + random.nextInt(4) : item;
  }
}
