package io.sailplan.k8s.differential;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values that fit a field: what any starting object holds there, and what is listed beside. Fields
 * are told apart by the type that has them, in custom kinds by their path.
 */
final class ValuePools {
  private final Map<String, Set<Object>> pools = new LinkedHashMap<>();
  private final Map<String, Object> listed;
  private final Map<String, Object> rules;

  ValuePools(Corpus corpus, ShapeCatalog catalog) {
    listed = Trees.copyOfObject(Corpus.read("values.yaml").get(0).tree());
    rules = Trees.copyOfObject(Corpus.read("rules.yaml").get(0).tree());
    for (Manifest object : corpus.objects()) {
      KindShape shape = catalog.find(object).orElseThrow();
      harvest(object.tree(), shape.shape(), root(shape));
    }
  }

  /** The type of a whole object. */
  static String root(KindShape shape) {
    return shape.custom() ? shape.kind().kind() : shape.shape().name();
  }

  /** The type of a value: its name, or where it stands if it has none. */
  static String type(Shape shape, String parent, String field) {
    return shape.name().isEmpty() ? parent + "." + field : shape.name();
  }

  /** Whether the field stays as it is. */
  boolean isKept(String type, String field) {
    return rules("kept", type, field);
  }

  /** Whether the field has to be there, with something in it. */
  boolean isNeeded(String type, String field) {
    return rules("needed", type, field);
  }

  /** Whether the field is not added, and the items of the list in it stay what they are. */
  boolean isClosed(String type, String field) {
    return rules("closed", type, field);
  }

  private boolean rules(String rule, String type, String field) {
    List<Object> all = Trees.list(rules.get(rule));
    return all.contains(type + "." + field) || (!isFree(type) && all.contains("*." + field));
  }

  /** Whether the type is a map of what anybody likes, or of a custom kind. */
  static boolean isFree(String type) {
    return type.endsWith("abels")
        || type.endsWith("nnotations")
        || type.endsWith("ata")
        || type.endsWith("parameters")
        || type.startsWith("Keyed")
        || type.startsWith("Listed")
        || type.startsWith("Loose")
        || type.startsWith("Ported")
        || type.startsWith("Defaulted");
  }

  /** Returns what fits the field; empty if nothing is known to. */
  List<Object> of(String type, String field) {
    String key = type + "." + field;
    if (listed.get(key) instanceof List<?> only) {
      return List.copyOf(Trees.list(only));
    }
    Set<Object> all = new LinkedHashSet<>(pools.getOrDefault(key, Set.of()));
    all.addAll(Trees.list(listed.get("*." + field)));
    return List.copyOf(all);
  }

  /** Returns what any starting object holds in the field. */
  List<Object> seen(String type, String field) {
    return List.copyOf(pools.getOrDefault(type + "." + field, Set.of()));
  }

  private void harvest(@Nullable Object value, Shape shape, String type) {
    if (value instanceof Map<?, ?> map) {
      Trees.object(map)
          .forEach(
              (field, child) -> {
                Shape inner = shape.child(field);
                if (inner != null && child != null) {
                  add(type + "." + field, child);
                  harvest(child, inner, type(inner, type, field));
                }
              });
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        String inner = type(shape.items(), type, "items");
        if (item != null) {
          add(type + ".items", item);
        }
        harvest(item, shape.items(), inner);
      }
    }
  }

  private void add(String key, Object value) {
    Object fits = settled(value);
    if (fits != null) {
      pools.computeIfAbsent(key, unused -> new LinkedHashSet<>()).add(fits);
    }
  }

  /** A value without placeholders; null if it cannot do without. */
  private static @Nullable Object settled(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      for (Map.Entry<String, @Nullable Object> entry : Trees.object(map).entrySet()) {
        Object child = entry.getValue() == null ? null : settled(entry.getValue());
        if (child == null && entry.getValue() != null) {
          return null;
        }
        copy.put(entry.getKey(), child);
      }
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (Object item : list) {
        Object child = item == null ? null : settled(item);
        if (child == null && item != null) {
          return null;
        }
        copy.add(child);
      }
      return copy;
    }
    boolean open =
        value instanceof String text
            && (text.contains("NAME") || text.contains("HIGH") || text.contains("APART"));
    return open ? null : value;
  }
}
