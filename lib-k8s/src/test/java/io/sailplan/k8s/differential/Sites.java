package io.sailplan.k8s.differential;

import io.sailplan.model.Trees;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places in a tree that can be changed. */
final class Sites {
  private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "status");
  private static final Set<String> METADATA = Set.of("labels", "annotations");

  private final List<Site> found = new ArrayList<>();

  private final ValuePools pools;

  private Sites(ValuePools pools) {
    this.pools = pools;
  }

  /** A place. */
  sealed interface Site {}

  /** A field, or the key of a map, with its value. */
  record Field(
      Map<String, @Nullable Object> map, String name, Shape shape, String type, boolean required)
      implements Site {
    boolean isLabel() {
      return type.startsWith("metadata.");
    }
  }

  /** An object that could have more fields. */
  record Fields(Map<String, @Nullable Object> map, Shape shape, String type, boolean top)
      implements Site {
    boolean isKept(String field) {
      return top && (IDENTITY.contains(field) || field.equals("metadata"));
    }
  }

  /** A list with items. */
  record Items(List<@Nullable Object> list, Shape shape, String type, String parent, String field)
      implements Site {}

  static List<Site> of(Map<String, @Nullable Object> tree, KindShape shape, ValuePools pools) {
    Sites sites = new Sites(pools);
    sites.object(tree, shape.shape(), ValuePools.root(shape), true);
    return sites.found;
  }

  private void object(Map<String, @Nullable Object> map, Shape shape, String type, boolean top) {
    found.add(new Fields(map, shape, type, top));
    map.forEach(
        (name, value) -> {
          if (top && IDENTITY.contains(name)) {
            return;
          }
          Shape child = shape.child(name);
          if (child == null) {
            return;
          }
          if (top && name.equals("metadata")) {
            Trees.object(value)
                .forEach(
                    (key, inner) -> {
                      if (METADATA.contains(key)) {
                        value(
                            inner,
                            Objects.requireNonNull(child.child(key)),
                            "metadata." + key,
                            "",
                            "");
                      }
                    });
            return;
          }
          if (pools.isKept(type, name) || (name.equals("app") && type.endsWith("abels"))) {
            return;
          }
          FieldShape field = shape.field(name);
          found.add(new Field(map, name, child, type, field != null && field.required()));
          value(value, child, ValuePools.type(child, type, name), type, name);
        });
  }

  private void value(
      @Nullable Object value, Shape shape, String type, String parent, String field) {
    if (value instanceof Map) {
      object(Trees.object(value), shape, type, false);
    } else if (value instanceof List) {
      List<@Nullable Object> list = Trees.list(value);
      if (!list.isEmpty()) {
        found.add(new Items(list, shape, type, parent, field));
      }
      for (Object item : list) {
        value(item, shape.items(), ValuePools.type(shape.items(), type, "items"), type, "items");
      }
    }
  }

  /** Whether a text is a name that others will do for as well. */
  static boolean isFree(String text) {
    return text.matches("[a-z]{1,5}[0-9]{0,3}");
  }

  /** Whether an item with the same key, or the same value in a set, is there. */
  static boolean hasTwin(List<@Nullable Object> list, Object item, Shape shape) {
    if (shape.listType() == ListType.ATOMIC) {
      return false;
    }
    for (Object other : list) {
      boolean same = true;
      for (String key : shape.keys()) {
        same &= Objects.equals(Trees.get(item, key), Trees.get(other, key));
      }
      if (same && (!shape.keys().isEmpty() || item.equals(other))) {
        return true;
      }
    }
    return false;
  }

  static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, value == null ? null : deep(value)));
    return copy;
  }

  /** A copy that can be changed. */
  static Object deep(Object value) {
    if (value instanceof Map) {
      return copy(Trees.object(value));
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(item == null ? null : deep(item)));
      return copy;
    }
    return value;
  }
}
