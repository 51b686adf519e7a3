package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Misfit;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import io.sailplan.shape.ValueRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server finds wrong with a custom resource by the schema of its definition, word by
 * word: required fields, enumerations, bounds, patterns, formats, alternatives and duplicates.
 * Types and unknown fields are refused earlier; rules in CEL are not evaluated.
 */
public final class SchemaErrors {
  private static final Map<ShapeType, String> JSON_TYPES =
      Map.of(
          ShapeType.OBJECT, "object",
          ShapeType.LIST, "array",
          ShapeType.STRING, "string",
          ShapeType.INT32, "integer",
          ShapeType.INT64, "integer",
          ShapeType.NUMBER, "number",
          ShapeType.BOOLEAN, "boolean");

  private final List<FieldError> errors = new ArrayList<>();

  private SchemaErrors() {}

  /**
   * Returns the errors in the order of the object; empty if there are none.
   *
   * @param object what would be stored, with its defaults
   * @param shape the structure of its kind; that of a built-in kind has no schema
   */
  public static List<FieldError> of(Manifest object, KindShape shape) {
    SchemaErrors check = new SchemaErrors();
    if (shape.custom()) {
      check.object("", object.tree(), shape.shape(), true);
      check.duplicates("", object.tree(), shape.shape());
    }
    return List.copyOf(check.errors);
  }

  private void object(
      String path, Map<String, @Nullable Object> value, Shape shape, boolean whole) {
    for (FieldShape field : shape.fields().values()) {
      boolean filled = field.defaultValue().isPresent();
      if (field.required() && !filled && !Values.present(value, field)) {
        add("FieldValueRequired", child(path, field.name()), "Required value");
      }
    }
    value.forEach(
        (key, item) -> {
          Shape its = shape.child(key);
          if (its != null && !(whole && key.equals("metadata"))) {
            value(child(path, key), item, its);
          }
        });
  }

  private void value(String path, @Nullable Object value, Shape shape) {
    if (value == null) {
      String type = JSON_TYPES.getOrDefault(shape.type(), "");
      if (!type.isEmpty() && !shape.nullable()) {
        add(
            "FieldValueTypeInvalid",
            path,
            invalid("\"null\"", path + " in body must be of type " + type + ": \"null\""));
      }
      return;
    }
    ValueRule rule = shape.rule();
    boolean ends = false; // an object with too few or too many fields is not looked into
    if (rule != null) {
      for (Misfit misfit : rule.misfits(value)) {
        add(misfit, path);
        ends |= value instanceof Map && misfit.sort() != Misfit.Sort.SCHEMA;
      }
    }
    if (value instanceof Map && !ends && shape.type() == ShapeType.OBJECT) {
      object(path, Trees.object(value), shape, false);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        value(path + "[" + i + "]", list.get(i), shape.items());
      }
    }
  }

  /** Items of keyed lists and sets that are there twice; each is named once. */
  private void duplicates(String path, @Nullable Object value, Shape shape) {
    if (value instanceof Map) {
      Trees.object(value)
          .forEach((key, item) -> duplicates(child(path, key), item, Values.child(shape, key)));
    } else if (value instanceof List<?> list && shape.type() == ShapeType.LIST) {
      Map<PathElement, Integer> seen = new HashMap<>();
      for (int i = 0; i < list.size(); i++) {
        String at = path + "[" + i + "]";
        PathElement element =
            shape.listType() == ListType.ATOMIC ? null : Values.element(shape, list.get(i));
        if (element != null && seen.merge(element, 1, Integer::sum) == 2) {
          add("FieldValueDuplicate", at, "Duplicate value: " + text(element));
        }
        duplicates(at, list.get(i), shape.items());
      }
    }
  }

  private static String text(PathElement element) {
    return element instanceof PathElement.Key key
        ? Json.write(key.values())
        : element instanceof PathElement.Value value ? Json.write(value.value()) : "";
  }

  private void add(Misfit misfit, String path) {
    String demand = misfit.demand();
    String found = misfit.found();
    switch (misfit.sort()) {
      case INVALID -> add("FieldValueInvalid", path, invalid(found, path + " in body " + demand));
      case FORMAT ->
          add(
              "FieldValueTypeInvalid",
              path,
              invalid(found, path + " in body must be of type " + demand + ": " + found));
      case NOT_SUPPORTED ->
          add(
              "FieldValueNotSupported",
              path,
              "Unsupported value: " + found + ": supported values: " + demand);
      case TOO_LONG -> add("FieldValueTooLong", path, "Too long: " + demand);
      case TOO_MANY -> add("FieldValueTooMany", path, "Too many: " + found + ": " + demand);
      case REQUIRED -> add("FieldValueRequired", path, "Required value");
      case SCHEMA ->
          add("FieldValueInvalid", "<nil>", invalid(found, "\"" + path + "\" " + demand));
    }
  }

  private static String invalid(String found, String why) {
    return "Invalid value: " + found + ": " + why;
  }

  private void add(String reason, String field, String message) {
    errors.add(new FieldError(reason, field, message));
  }

  private static String child(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
