package io.sailplan.kro;

import io.sailplan.model.Json;
import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The schema of an instance's {@code status}: what the author computes, and what kro adds. */
final class StatusSchema {
  private static final Map<String, @Nullable Object> CONDITIONS =
      Json.readObject(
          """
          {"type": "array", "items": {"type": "object", "properties": {
            "lastTransitionTime": {"type": "string"}, "message": {"type": "string"},
            "observedGeneration": {"type": "integer"}, "reason": {"type": "string"},
            "status": {"type": "string"}, "type": {"type": "string"}}}}
          """);

  private final Function<String, Optional<Map<String, @Nullable Object>>> schemas;

  private StatusSchema(Function<String, Optional<Map<String, @Nullable Object>>> schemas) {
    this.schemas = schemas;
  }

  /** Returns the schema; what is not known may be anything. */
  static Map<String, @Nullable Object> of(
      Map<String, @Nullable Object> fields,
      String path,
      Function<String, Optional<Map<String, @Nullable Object>>> schemas) {
    Map<String, @Nullable Object> own =
        new StatusSchema(schemas).object(fields, path).orElse(Map.of());
    Map<String, @Nullable Object> properties = new TreeMap<>(Trees.object(own.get("properties")));
    properties.putIfAbsent("state", Map.of("type", "string"));
    properties.putIfAbsent("conditions", CONDITIONS);
    return schema("object", "properties", properties);
  }

  private Optional<Map<String, @Nullable Object>> value(@Nullable Object value, String path) {
    if (value instanceof Map<?, ?> fields) {
      return object(Trees.object(fields), path);
    }
    if (value instanceof List<?> items) {
      return list(items, path);
    }
    return Optional.of(
        schemas.apply(path).orElse(Map.of("x-kubernetes-preserve-unknown-fields", true)));
  }

  /** An object in which nothing is computed is no part of the status. */
  private Optional<Map<String, @Nullable Object>> object(
      Map<String, @Nullable Object> fields, String path) {
    Map<String, @Nullable Object> properties = new TreeMap<>();
    fields.forEach(
        (name, value) ->
            value(value, PlainPath.field(path, name))
                .ifPresent(schema -> properties.put(name, schema)));
    return properties.isEmpty()
        ? Optional.empty()
        : Optional.of(schema("object", "properties", properties));
  }

  private Optional<Map<String, @Nullable Object>> list(List<?> items, String path) {
    List<Map<String, @Nullable Object>> schemas = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      value(items.get(i), PlainPath.item(path, i)).ifPresent(schemas::add);
    }
    return schemas.stream().reduce(StatusSchema::both).map(one -> schema("array", "items", one));
  }

  /** One schema for two items: of objects, all fields of both; of others, the first. */
  private static Map<String, @Nullable Object> both(
      Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    if (!(one.get("properties") instanceof Map) || !(other.get("properties") instanceof Map)) {
      return one;
    }
    Map<String, @Nullable Object> all = new TreeMap<>(Trees.object(other.get("properties")));
    all.putAll(Trees.object(one.get("properties")));
    return schema("object", "properties", all);
  }

  private static Map<String, @Nullable Object> schema(String type, String key, Object value) {
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    schema.put(key, value);
    return schema;
  }
}
