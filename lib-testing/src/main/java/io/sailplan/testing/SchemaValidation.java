package io.sailplan.testing;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.testing.Answers.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a custom resource against the schema of its definition: required fields, enumerations,
 * ranges, lengths and patterns. Types and unknown fields are checked earlier, by the engine; rules
 * in CEL are not evaluated.
 */
final class SchemaValidation {
  private final List<Cause> causes = new ArrayList<>();

  private SchemaValidation() {}

  static List<Cause> causes(Manifest object, Manifest definition) {
    SchemaValidation check = new SchemaValidation();
    for (Map<String, @Nullable Object> version : Tree.objects(definition, "spec", "versions")) {
      if (Objects.equals(version.get("name"), object.groupVersionKind().version())) {
        check.object(
            "", object.tree(), Trees.object(Trees.get(version, "schema", "openAPIV3Schema")));
      }
    }
    return check.causes;
  }

  private void object(
      String path, Map<String, @Nullable Object> value, Map<String, @Nullable Object> schema) {
    for (Object required : Trees.list(schema.get("required"))) {
      if (!value.containsKey(Trees.string(required))) {
        causes.add(Cause.required(child(path, Trees.string(required)), ""));
      }
    }
    Map<String, @Nullable Object> properties = Trees.object(schema.get("properties"));
    Object more = schema.get("additionalProperties");
    value.forEach(
        (key, item) -> {
          Object known = properties.get(key);
          Object its = known != null ? known : more instanceof Map ? more : null;
          if (its != null && !(path.isEmpty() && key.equals("metadata"))) {
            value(child(path, key), item, Trees.object(its));
          }
        });
  }

  private void value(String path, @Nullable Object value, Map<String, @Nullable Object> schema) {
    if (value == null) {
      String type = Trees.string(schema.get("type"));
      if (!type.isEmpty() && !Boolean.TRUE.equals(schema.get("nullable"))) {
        causes.add(
            new Cause(
                "FieldValueTypeInvalid",
                path,
                "Invalid value: \"null\": "
                    + path
                    + " in body must be of type "
                    + type
                    + ": \"null\""));
      }
      return;
    }
    List<@Nullable Object> allowed = Trees.list(schema.get("enum"));
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      causes.add(
          Cause.unsupported(
              path,
              Json.write(value),
              allowed.stream().map(String::valueOf).toArray(String[]::new)));
    }
    if (value instanceof Map<?, ?>) {
      object(path, Trees.object(value), schema);
    } else if (value instanceof List<?> list) {
      list(path, list, schema);
    } else if (value instanceof Number number) {
      number(path, number, schema);
    } else if (value instanceof String text) {
      text(path, text, schema);
    }
  }

  private void list(String path, List<?> list, Map<String, @Nullable Object> schema) {
    if (schema.get("minItems") instanceof Long least && list.size() < least) {
      causes.add(
          body(path, Long.toString(list.size()), "should have at least " + least + " items"));
    }
    if (schema.get("maxItems") instanceof Long most && list.size() > most) {
      causes.add(
          new Cause(
              "FieldValueTooMany",
              path,
              "Too many: " + list.size() + ": must have at most " + most + " items"));
    }
    for (int i = 0; i < list.size(); i++) {
      value(path + "[" + i + "]", list.get(i), Trees.object(schema.get("items")));
    }
  }

  private void number(String path, Number number, Map<String, @Nullable Object> schema) {
    double value = number.doubleValue();
    if (schema.get("minimum") instanceof Number least && value < least.doubleValue()) {
      causes.add(body(path, number.toString(), "should be greater than or equal to " + least));
    }
    if (schema.get("maximum") instanceof Number most && value > most.doubleValue()) {
      causes.add(body(path, number.toString(), "should be less than or equal to " + most));
    }
  }

  private void text(String path, String text, Map<String, @Nullable Object> schema) {
    long length = text.codePointCount(0, text.length());
    String quoted = Json.write(text);
    if (schema.get("minLength") instanceof Long least && length < least) {
      causes.add(body(path, quoted, "should be at least " + least + " chars long"));
    }
    if (schema.get("maxLength") instanceof Long most && length > most) {
      causes.add(
          new Cause(
              "FieldValueTooLong", path, "Too long: may not be more than " + most + " bytes"));
    }
    if (schema.get("pattern") instanceof String pattern
        && !Pattern.compile(pattern).matcher(text).find()) {
      causes.add(body(path, quoted, "should match '" + pattern + "'"));
    }
  }

  private static Cause body(String path, String value, String rule) {
    return Cause.invalid(path, value, path + " in body " + rule);
  }

  private static String child(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
