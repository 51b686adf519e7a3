package io.sailplan.ownership;

import com.google.common.io.BaseEncoding;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Trees;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code metadata.managedFields} of an object records, as the raw tree of FieldsV1: also the
 * only place where an object itself says which of its lists are keyed, which are sets, and which
 * values are atomic, so that no shape is needed to read it.
 */
final class RecordedFields {
  /** Fields that are never recorded, or that a precondition travels in. */
  private static final Set<String> UNRECORDED =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "selfLink",
          "managedFields");

  private RecordedFields() {}

  /** Returns what {@code manager} owns by apply of the object itself; null if it has no entry. */
  static @Nullable Map<String, @Nullable Object> ownedBy(LiveObject live, String manager) {
    for (Object item : Trees.list(live.manifest().get("metadata", "managedFields"))) {
      Map<String, @Nullable Object> entry = Trees.object(item);
      if (manager.equals(entry.get("manager"))
          && "Apply".equals(entry.get("operation"))
          && Trees.string(entry.get("subresource")).isEmpty()) {
        return Trees.object(entry.get("fieldsV1"));
      }
    }
    return null;
  }

  /** Returns what all managers together own; null if nothing is recorded. */
  static @Nullable Map<String, @Nullable Object> structure(LiveObject live) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (Object item : Trees.list(live.manifest().get("metadata", "managedFields"))) {
      merge(all, Trees.object(Trees.object(item).get("fieldsV1")));
    }
    return all.isEmpty() ? null : all;
  }

  /** Returns {@code tree} without what is never recorded. */
  static Map<String, @Nullable Object> recordable(Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(tree);
    fields.remove("apiVersion");
    fields.remove("kind");
    Map<String, @Nullable Object> metadata =
        new LinkedHashMap<>(Trees.object(fields.get("metadata")));
    metadata.keySet().removeAll(UNRECORDED);
    if (metadata.isEmpty()) {
      fields.remove("metadata");
    } else {
      fields.put("metadata", metadata);
    }
    return fields;
  }

  /** A Secret stores its {@code stringData} in {@code data}. */
  static Map<String, @Nullable Object> inData(Map<String, @Nullable Object> sent) {
    if (sent.get("stringData") instanceof Map<?, ?> texts) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>(Trees.object(sent.get("data")));
      Trees.object(texts)
          .forEach(
              (name, text) ->
                  data.put(
                      name,
                      BaseEncoding.base64()
                          .encode(Trees.string(text).getBytes(StandardCharsets.UTF_8))));
      sent.remove("stringData");
      sent.put("data", data);
    }
    return sent;
  }

  /** Returns what is recorded below an element; null if nothing is. */
  static @Nullable Map<String, @Nullable Object> below(
      @Nullable Map<String, @Nullable Object> node, String element) {
    return node != null && node.containsKey(element) ? Trees.object(node.get(element)) : null;
  }

  /** Returns what is recorded below any of the items of a keyed list. */
  static Map<String, @Nullable Object> items(@Nullable Map<String, @Nullable Object> node) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    if (node != null) {
      node.forEach(
          (element, below) -> {
            if (element.startsWith("k:")) {
              merge(all, Trees.object(below));
            }
          });
    }
    return all;
  }

  /** A map that is recorded as one leaf is atomic: what others put into it matters, too. */
  static boolean isAtomic(
      @Nullable Object live, @Nullable Map<String, @Nullable Object> structure) {
    return live instanceof Map<?, ?> map
        && !map.isEmpty()
        && structure != null
        && structure.isEmpty();
  }

  /** Returns the names of the fields by which the items of a list are told apart; empty if none. */
  static Set<String> keyNames(@Nullable Map<String, @Nullable Object> node) {
    if (node != null) {
      for (String element : node.keySet()) {
        if (element.startsWith("k:")) {
          return Json.readObject(element.substring(2)).keySet();
        }
      }
    }
    return Set.of();
  }

  static boolean isSet(@Nullable Map<String, @Nullable Object> node) {
    return node != null && node.keySet().stream().anyMatch(element -> element.startsWith("v:"));
  }

  /**
   * Returns the key values that {@code item} has; those that the server defaults may be missing.
   */
  static Map<String, @Nullable Object> keyOf(@Nullable Object item, Set<String> keyNames) {
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    Map<String, @Nullable Object> fields = Trees.object(item);
    keyNames.stream()
        .sorted()
        .filter(fields::containsKey)
        .forEach(name -> key.put(name, fields.get(name)));
    return key;
  }

  /** Returns the first item that has all values of {@code key}; null if there is none. */
  static @Nullable Object item(List<@Nullable Object> items, Map<String, @Nullable Object> key) {
    for (Object item : items) {
      if (item instanceof Map<?, ?> map && map.entrySet().containsAll(key.entrySet())) {
        return item;
      }
    }
    return null;
  }

  private static void merge(
      Map<String, @Nullable Object> into, Map<String, @Nullable Object> from) {
    from.forEach(
        (element, below) -> {
          Map<String, @Nullable Object> merged =
              new LinkedHashMap<>(Trees.object(into.get(element)));
          merge(merged, Trees.object(below));
          into.put(element, merged);
        });
  }
}
