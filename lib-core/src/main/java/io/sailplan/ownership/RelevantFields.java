package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the values of the fields of a live object that matter to an apply. */
final class RelevantFields {
  private static final List<@Nullable Object> ABSENT = List.of();
  private static final String PRESENT = "present";

  private final TreeMap<String, @Nullable Object> values = new TreeMap<>();

  private RelevantFields() {}

  /**
   * Returns the live values of what {@code payload} sets and of what {@code manager} owns, by path;
   * each in a list, which is empty if nothing stands there.
   */
  static Map<String, @Nullable Object> of(LiveObject live, Manifest payload, String manager) {
    RelevantFields fields = new RelevantFields();
    Map<String, @Nullable Object> owned = RecordedFields.ownedBy(live, manager);
    if (owned != null) {
      fields.addOwned(FieldPath.root(), owned, live.manifest().tree());
    }
    fields.addSet(
        FieldPath.root(),
        RecordedFields.inData(RecordedFields.recordable(payload.tree())),
        live.manifest().tree(),
        RecordedFields.structure(live));
    return fields.values;
  }

  private void addSet(
      FieldPath path,
      @Nullable Object desired,
      @Nullable Object live,
      @Nullable Map<String, @Nullable Object> structure) {
    if (desired instanceof Map<?, ?> map && !RecordedFields.isAtomic(live, structure)) {
      if (map.isEmpty()) {
        put(path, live == null ? ABSENT : List.of(PRESENT));
      }
      Trees.object(desired)
          .forEach(
              (name, value) ->
                  addSet(
                      path.child(name),
                      value,
                      Trees.get(live, name),
                      RecordedFields.below(structure, "f:" + name)));
    } else if (desired instanceof List<?>) {
      addList(path, Trees.list(desired), live, structure);
    } else {
      put(path, live == null ? ABSENT : List.of(live));
    }
  }

  private void addList(
      FieldPath path,
      List<@Nullable Object> desired,
      @Nullable Object live,
      @Nullable Map<String, @Nullable Object> structure) {
    Set<String> keyNames = RecordedFields.keyNames(structure);
    if (!keyNames.isEmpty()) {
      for (Object item : desired) {
        Map<String, @Nullable Object> key = RecordedFields.keyOf(item, keyNames);
        addSet(
            path.child(new PathElement.Key(withoutNulls(key))),
            item,
            RecordedFields.item(Trees.list(live), key),
            RecordedFields.items(structure));
      }
    } else if (RecordedFields.isSet(structure)) {
      for (Object item : desired) {
        put(
            path.child(new PathElement.Value(item)),
            Trees.list(live).contains(item) ? List.of(PRESENT) : ABSENT);
      }
    } else {
      put(path, live == null ? ABSENT : List.of(live));
    }
  }

  private void addOwned(FieldPath path, Map<String, @Nullable Object> node, @Nullable Object live) {
    if (node.isEmpty() && !path.elements().isEmpty()) {
      put(path, live == null ? ABSENT : List.of(live));
      return;
    }
    node.forEach(
        (element, value) -> {
          Map<String, @Nullable Object> children = Trees.object(value);
          String rest = element.length() > 2 ? element.substring(2) : "";
          if (element.equals(".")) {
            put(path, live == null ? ABSENT : List.of(PRESENT));
          } else if (element.startsWith("f:")) {
            addOwned(path.child(rest), children, Trees.get(live, rest));
          } else if (element.startsWith("k:")) {
            Map<String, @Nullable Object> key = Json.readObject(rest);
            addOwned(
                path.child(new PathElement.Key(withoutNulls(key))),
                children,
                RecordedFields.item(Trees.list(live), key));
          } else if (element.startsWith("v:")) {
            Object item = Json.read(rest);
            put(
                path.child(new PathElement.Value(item)),
                Trees.list(live).contains(item) ? List.of(PRESENT) : ABSENT);
          }
        });
  }

  private void put(FieldPath path, @Nullable Object value) {
    values.merge(path.toString(), sorted(value), (one, other) -> richer(one, other));
  }

  /** Of "it is there" and its value, the value says more. */
  private static Object richer(Object one, Object other) {
    return one.equals(List.of(PRESENT)) ? other : one;
  }

  /** Returns the value with the keys of maps in order. */
  static Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
      Trees.object(map)
          .forEach((name, item) -> sorted.put(name, item == null ? null : sorted(item)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> sorted = new ArrayList<>();
      for (Object item : list) {
        sorted.add(item == null ? null : sorted(item));
      }
      return sorted;
    }
    return value == null ? ABSENT : value;
  }

  private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> key) {
    Map<String, Object> present = new LinkedHashMap<>();
    key.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }
}
