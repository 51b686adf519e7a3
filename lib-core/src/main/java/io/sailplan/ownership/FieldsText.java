package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The format FieldsV1: {@code {"f:spec":{"k:{\"name\":\"a\"}":{".":{},"f:image":{}}}}}. */
final class FieldsText {
  private static final Map<String, @Nullable Object> NOTHING = Trees.copyOfObject(Map.of());

  private FieldsText() {}

  static Map<String, @Nullable Object> write(FieldSet set) {
    return Trees.copyOfObject(write(set, false));
  }

  private static Map<String, @Nullable Object> write(FieldSet set, boolean self) {
    if (set.isEmpty()) {
      return NOTHING;
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (self) {
      fields.put(".", NOTHING);
    }
    for (FieldSet.Entry entry : set.entries()) {
      fields.put(key(entry.element()), write(entry.children(), entry.member()));
    }
    return fields;
  }

  static String key(PathElement element) {
    if (element instanceof PathElement.Field field) {
      return "f:" + field.name();
    }
    if (element instanceof PathElement.Key key) {
      return "k:" + json(key.values());
    }
    if (element instanceof PathElement.Value value) {
      return "v:" + json(value.value());
    }
    return "i:" + ((PathElement.Index) element).index();
  }

  /** Go escapes what HTML would read as markup. */
  private static String json(@Nullable Object value) {
    return Json.write(value)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  static FieldSet read(Map<String, @Nullable Object> fields) {
    List<FieldSet.Entry> entries = new ArrayList<>(fields.size());
    fields.forEach(
        (key, value) -> {
          PathElement element = key.equals(".") ? null : element(key);
          if (element != null) {
            Map<String, @Nullable Object> below = Trees.object(value);
            FieldSet children = read(below);
            entries.add(
                new FieldSet.Entry(
                    element, children.isEmpty() || below.containsKey("."), children));
          }
        });
    return FieldSet.ofEntries(entries);
  }

  private static @Nullable PathElement element(String key) {
    if (key.length() < 2 || key.charAt(1) != ':') {
      throw new IllegalArgumentException("not an element of a field set: " + key);
    }
    String rest = key.substring(2);
    switch (key.charAt(0)) {
      case 'f':
        return new PathElement.Field(rest);
      case 'k':
        return new PathElement.Key(Json.readObject(rest)); // null where that was written
      case 'v':
        return new PathElement.Value(Json.read(rest));
      case 'i':
        return new PathElement.Index(Integer.parseInt(rest));
      default:
        return null; // of a later version of the format
    }
  }
}
