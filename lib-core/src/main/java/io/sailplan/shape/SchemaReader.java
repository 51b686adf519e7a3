package io.sailplan.shape;

import com.google.re2j.PatternSyntaxException;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the structural schema of a custom resource the way the API server does when it merges:
 * lists are replaced whole unless they say otherwise, unknown fields are kept only where {@code
 * x-kubernetes-preserve-unknown-fields} says so, for everything below as well.
 */
final class SchemaReader {
  private final Problems problems;
  private boolean preserve;
  private boolean ruled;

  SchemaReader(Problems problems) {
    this.problems = problems;
  }

  /** Takes what is wrong with a schema. */
  @FunctionalInterface
  interface Problems {
    void add(ProblemCode code, String path, String message);
  }

  /** Returns the structure of a whole custom resource. */
  Shape object(Map<String, @Nullable Object> schema, String path) {
    return nested(schema, path, true);
  }

  private Shape nested(Map<String, @Nullable Object> schema, String path, boolean whole) {
    boolean outer = preserve;
    boolean outerRuled = ruled;
    preserve |= Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"));
    ruled |= !Trees.list(schema.get("x-kubernetes-validations")).isEmpty();
    try {
      return read(
          schema, path, whole || Boolean.TRUE.equals(schema.get("x-kubernetes-embedded-resource")));
    } finally {
      preserve = outer;
      ruled = outerRuled;
    }
  }

  private Shape read(Map<String, @Nullable Object> schema, String path, boolean resource) {
    if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
      return custom(new Shape.Builder(ShapeType.INT_OR_STRING), schema, path);
    }
    String type = Trees.string(schema.get("type"));
    if (type.isEmpty() && resource) {
      type = "object";
    }
    switch (type) {
      case "":
        if (!preserve) {
          problems.add(
              ProblemCode.MISSING_FIELD, path + ".type", "the schema has no type at " + path);
        }
        return custom(new Shape.Builder(ShapeType.ANY), schema, path);
      case "object":
        return objectOf(schema, path, resource);
      case "array":
        return list(schema, path);
      case "string":
        return custom(new Shape.Builder(ShapeType.STRING), schema, path);
      case "integer":
        return custom(
            new Shape.Builder(
                "int32".equals(schema.get("format")) ? ShapeType.INT32 : ShapeType.INT64),
            schema,
            path);
      case "number":
        return custom(new Shape.Builder(ShapeType.NUMBER), schema, path);
      case "boolean":
        return custom(new Shape.Builder(ShapeType.BOOLEAN), schema, path);
      default:
        problems.add(
            ProblemCode.INVALID_VALUE, path + ".type", "the schema has the unknown type " + type);
        return custom(new Shape.Builder(ShapeType.ANY), schema, path);
    }
  }

  private Shape objectOf(Map<String, @Nullable Object> schema, String path, boolean resource) {
    Map<String, @Nullable Object> properties = Trees.object(schema.get("properties"));
    List<@Nullable Object> required = Trees.list(schema.get("required"));
    Map<String, FieldShape> fields = new TreeMap<>();
    if (resource) {
      Shape text = custom(new Shape.Builder(ShapeType.STRING), Map.of(), path);
      for (String name : List.of("apiVersion", "kind")) {
        fields.put(name, field(name, text, true, null));
      }
      fields.put(
          "metadata", field("metadata", BuiltInShapes.named("meta.v1.ObjectMeta"), false, null));
    }
    properties.forEach(
        (name, value) -> {
          if (!fields.containsKey(name)) {
            Map<String, @Nullable Object> property = Trees.object(value);
            Shape shape = nested(property, path + ".properties." + name, false);
            fields.put(name, field(name, shape, required.contains(name), property.get("default")));
          }
        });
    return custom(
        new Shape.Builder(ShapeType.OBJECT)
            .fields(fields)
            .element(values(schema, path, properties.isEmpty() && !resource))
            .pruned(
                schema.get("additionalProperties") == null
                    && !Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields")))
            .atomic("atomic".equals(schema.get("x-kubernetes-map-type"))),
        schema,
        path);
  }

  private @Nullable ShapeReference values(
      Map<String, @Nullable Object> schema, String path, boolean free) {
    Object additional = schema.get("additionalProperties");
    if (additional instanceof Map) {
      return ShapeReference.of(
          nested(Trees.object(additional), path + ".additionalProperties", false));
    }
    boolean any = additional == null ? preserve || free : Boolean.TRUE.equals(additional);
    return any ? ShapeReference.of(custom(new Shape.Builder(ShapeType.ANY), Map.of(), path)) : null;
  }

  private Shape list(Map<String, @Nullable Object> schema, String path) {
    ListType type = ListType.ATOMIC;
    List<String> keys = new ArrayList<>();
    String written = Trees.string(schema.get("x-kubernetes-list-type"));
    if (written.equals("map")) {
      Trees.list(schema.get("x-kubernetes-list-map-keys"))
          .forEach(key -> keys.add(Trees.string(key)));
      if (keys.isEmpty()) {
        problems.add(
            ProblemCode.MISSING_FIELD,
            path + ".x-kubernetes-list-map-keys",
            "a list of the type map names no keys at " + path);
      } else {
        type = ListType.KEYED;
      }
    } else if (written.equals("set")) {
      type = ListType.SET;
    } else if (!written.isEmpty() && !written.equals("atomic")) {
      problems.add(
          ProblemCode.INVALID_VALUE,
          path + ".x-kubernetes-list-type",
          "unknown list type " + written.toLowerCase(Locale.ROOT));
    }
    Shape items = nested(Trees.object(schema.get("items")), path + ".items", false);
    return custom(
        new Shape.Builder(ShapeType.LIST).element(ShapeReference.of(items)).list(type, keys),
        schema,
        path);
  }

  private static FieldShape field(
      String name, Shape shape, boolean required, @Nullable Object standard) {
    return new FieldShape(
        name, ShapeReference.of(shape), required, Presence.WHEN_SET, standard, standard);
  }

  private Shape custom(Shape.Builder builder, Map<String, @Nullable Object> schema, String path) {
    ValueRule rule = null;
    try {
      rule = SchemaRule.of(schema, !ruled);
    } catch (PatternSyntaxException e) {
      problems.add(
          ProblemCode.INVALID_VALUE,
          path + ".pattern",
          "the pattern " + e.getPattern() + " is none: " + e.getDescription());
    }
    ValidationRules rules = ValidationRules.of(schema);
    return builder
        .transitions(rules.fixed(), rules.comparesWithBefore())
        .custom(Boolean.TRUE.equals(schema.get("nullable")))
        .rules(rule, null)
        .build();
  }
}
