package io.sailplan.ownership;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sailplan.model.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schemas in definitions of custom kinds of which it is plain that the server takes them: those
 * that keep to the ordinary keywords of structural schemas, and to rules in CEL that compare a
 * field with a number. Of others only the server knows.
 */
final class CertainSchema {
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final String OPEN = "x-kubernetes-preserve-unknown-fields";
  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String MAP_KEYS = "x-kubernetes-list-map-keys";
  private static final String RULES = "x-kubernetes-validations";

  /** A comparison of a field with a number: it compiles, and costs next to nothing. */
  private static final Pattern RULE =
      Pattern.compile("self[.]([a-z][A-Za-z0-9]*) *(==|!=|<=|>=|<|>) *-?[0-9]{1,9}");

  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");
  private static final Set<String> TEXTS = Set.of("description", "title");
  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

  /** The keywords that each type may have besides those that all have. */
  private static final Map<String, Set<String>> KEYWORDS =
      Map.of(
          "object", Set.of("properties", "additionalProperties", "required", OPEN, RULES),
          "array", Set.of("items", "minItems", "maxItems", LIST_TYPE, MAP_KEYS),
          "string", Set.of("enum", "minLength", "maxLength", "pattern", "default"),
          "integer", Set.of("enum", "minimum", "maximum", "default"),
          "number", Set.of("minimum", "maximum"),
          "boolean", Set.of("default"));

  private CertainSchema() {}

  /** Returns whether the server is sure to take the schema of a version. */
  static boolean isTaken(@Nullable Object root) {
    Map<String, @Nullable Object> schema = Trees.object(root);
    Map<String, @Nullable Object> fields = Trees.object(schema.get("properties"));
    return "object".equals(schema.get("type"))
        && !schema.containsKey("additionalProperties")
        && isNothingBut("object", fields.get("metadata"))
        && isNothingBut("string", fields.get("apiVersion"))
        && isNothingBut("string", fields.get("kind"))
        && isTaken(schema, Place.FIELD);
  }

  /** Where a schema stands: what is repeated may have no rules, as these would cost too much. */
  private enum Place {
    FIELD,
    REPEATED_FIELD,
    ITEM
  }

  /** What the server itself defines may only be repeated. */
  private static boolean isNothingBut(String type, @Nullable Object field) {
    Map<String, @Nullable Object> schema = Trees.object(field);
    return field == null
        || (type.equals(schema.get("type"))
            && schema.keySet().stream().allMatch(k -> k.equals("type") || TEXTS.contains(k)));
  }

  private static boolean isTaken(Map<String, @Nullable Object> schema, Place place) {
    Object type = schema.get("type");
    if (type == null) {
      Set<String> keys = new HashSet<>(schema.keySet());
      keys.removeAll(TEXTS);
      return (keys.equals(Set.of(INT_OR_STRING)) || keys.equals(Set.of(OPEN)))
          && Boolean.TRUE.equals(schema.get(keys.iterator().next()));
    }
    Set<String> keywords = KEYWORDS.getOrDefault(String.valueOf(type), Set.of());
    for (Map.Entry<String, @Nullable Object> entry : schema.entrySet()) {
      String keyword = entry.getKey();
      boolean known = keyword.equals("type") || TEXTS.contains(keyword);
      if (!known
          && !(keywords.contains(keyword) && isTaken(keyword, entry.getValue(), schema, place))) {
        return false;
      }
    }
    return !(place == Place.ITEM && schema.containsKey("default"))
        && (!type.equals("array") || isList(schema))
        && !(schema.containsKey("properties") && schema.containsKey("additionalProperties"));
  }

  private static boolean isTaken(
      String keyword, @Nullable Object value, Map<String, @Nullable Object> schema, Place place) {
    Place below = place == Place.FIELD ? Place.FIELD : Place.REPEATED_FIELD;
    return switch (keyword) {
      case "properties" ->
          value instanceof Map
              && Trees.object(value).values().stream()
                  .allMatch(field -> isTaken(Trees.object(field), below));
      case "additionalProperties" ->
          value instanceof Map && isTaken(Trees.object(value), Place.ITEM);
      case "required" -> Trees.object(schema.get("properties")).keySet().containsAll(texts(value));
      case OPEN -> Boolean.TRUE.equals(value);
      case "items", LIST_TYPE, MAP_KEYS -> true; // see isList
      case "enum" ->
          isDistinct(Trees.list(value))
              && Trees.list(value).stream().allMatch(item -> isOf(schema.get("type"), item));
      case "pattern" -> value instanceof String pattern && compiles(pattern);
      case "default" -> isOf(schema.get("type"), value) && keepsBounds(value, schema);
      case RULES ->
          place == Place.FIELD
              && Trees.list(value).stream()
                  .allMatch(rule -> isPlain(Trees.object(rule), schema.get("properties")));
      default -> value instanceof Long number && number >= 0; // bounds
    };
  }

  private static boolean keepsBounds(@Nullable Object value, Map<String, @Nullable Object> schema) {
    List<@Nullable Object> choice = Trees.list(schema.get("enum"));
    if (schema.containsKey("pattern") || !(choice.isEmpty() || choice.contains(value))) {
      return false;
    }
    long size =
        value instanceof String text
            ? text.codePointCount(0, text.length())
            : value instanceof Long number ? number : 0;
    return size >= bound(schema, "minLength", Long.MIN_VALUE)
        && size <= bound(schema, "maxLength", Long.MAX_VALUE)
        && size >= bound(schema, "minimum", Long.MIN_VALUE)
        && size <= bound(schema, "maximum", Long.MAX_VALUE);
  }

  private static long bound(Map<String, @Nullable Object> schema, String keyword, long otherwise) {
    return schema.get(keyword) instanceof Long number ? number : otherwise;
  }

  private static boolean isPlain(Map<String, @Nullable Object> rule, @Nullable Object fields) {
    Matcher comparison = RULE.matcher(Trees.string(rule.get("rule")));
    String message = Trees.string(rule.get("message"));
    return Set.of("rule", "message").containsAll(rule.keySet())
        && comparison.matches()
        && !RESERVED.contains(comparison.group(1))
        && "integer".equals(Trees.get(fields, comparison.group(1), "type"))
        && !(rule.containsKey("message") && message.isBlank())
        && message.lines().count() <= 1;
  }

  private static boolean isList(Map<String, @Nullable Object> schema) {
    Map<String, @Nullable Object> items = Trees.object(schema.get("items"));
    if (items.isEmpty() || !isTaken(items, Place.ITEM)) {
      return false;
    }
    Object sort = schema.getOrDefault(LIST_TYPE, "atomic");
    if (!"map".equals(sort)) {
      return !schema.containsKey(MAP_KEYS)
          && ("atomic".equals(sort)
              || ("set".equals(sort)
                  && (SCALARS.contains(String.valueOf(items.get("type")))
                      || items.containsKey(INT_OR_STRING))));
    }
    List<String> keys = texts(schema.get(MAP_KEYS));
    Map<String, @Nullable Object> fields = Trees.object(items.get("properties"));
    return !keys.isEmpty()
        && isDistinct(keys)
        && "object".equals(items.get("type"))
        && keys.stream().allMatch(key -> isKey(key, fields, texts(items.get("required"))));
  }

  private static boolean isKey(
      String key, Map<String, @Nullable Object> fields, List<String> required) {
    Map<String, @Nullable Object> field = Trees.object(fields.get(key));
    return SCALARS.contains(String.valueOf(field.get("type")))
        && (required.contains(key) != field.containsKey("default"));
  }

  private static boolean isOf(@Nullable Object type, @Nullable Object value) {
    return ("string".equals(type) && value instanceof String)
        || ("integer".equals(type) && value instanceof Long)
        || ("boolean".equals(type) && value instanceof Boolean);
  }

  private static boolean isDistinct(List<?> list) {
    return !list.isEmpty() && new HashSet<>(list).size() == list.size();
  }

  private static boolean compiles(String pattern) {
    try {
      return Pattern.compile(pattern).programSize() > 0;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static List<String> texts(@Nullable Object list) {
    return Trees.list(list).stream().map(Trees::string).toList();
  }
}
