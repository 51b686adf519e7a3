package io.sailplan.kro;

/** Reads what stands for one field: {@code []string | required=true}. */
final class FieldText {
  /** kro's own bound on lists of lists. */
  private static final int DEEPEST = 16;

  private static final String TYPES =
      "Write string, integer, boolean, float, object, []T, map[string]T or one of the types.";

  private FieldText() {}

  /** Returns what stands before the bar. */
  static String typeOf(String field) {
    int bar = field.indexOf('|');
    return GoText.trim(bar < 0 ? field : field.substring(0, bar));
  }

  /** Returns the type. */
  static SchemaType type(String field) throws SchemaMistake {
    String type = typeOf(field);
    if (type.isEmpty()) {
      throw new SchemaMistake("empty type", TYPES);
    }
    return parse(type, 0);
  }

  private static SchemaType parse(String text, int depth) throws SchemaMistake {
    if (depth > DEEPEST) {
      throw new SchemaMistake(
          "type nesting too deep (max " + DEEPEST + ")", "Use a type of your own, or object.");
    }
    String type = GoText.trim(text);
    switch (type) {
      case "string", "integer", "boolean":
        return new SchemaType.Scalar(type);
      case "float":
        return new SchemaType.Scalar("number");
      case "object":
        return new SchemaType.Free();
      default:
        break;
    }
    if (type.startsWith("[]")) {
      String items = type.substring(2);
      if (items.isEmpty()) {
        throw new SchemaMistake("empty slice element type", "Write what it holds: []string.");
      }
      return new SchemaType.ListOf(parse(items, depth + 1));
    }
    if (type.startsWith("map[")) {
      if (!type.startsWith("map[string]")) {
        throw new SchemaMistake("map key must be string", "Write map[string]T.");
      }
      String values = GoText.trim(type.substring("map[string]".length()));
      if (values.isEmpty()) {
        throw new SchemaMistake(
            "map value type is required", "Write what it holds: map[string]string.");
      }
      return new SchemaType.MapOf(parse(values, depth + 1));
    }
    return new SchemaType.Custom(type);
  }
}
