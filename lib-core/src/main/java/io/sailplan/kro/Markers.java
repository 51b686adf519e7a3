package io.sailplan.kro;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adds to the schema of a field what its markers say. */
final class Markers {
  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String MAP_KEYS = "x-kubernetes-list-map-keys";
  private static final String VALIDATIONS = "x-kubernetes-validations";
  private static final List<String> LIST_TYPES = List.of("atomic", "set", "map");
  private static final String TRUTH = "Write true or false.";
  private static final String COUNT = "Write a whole number.";

  private final Map<String, @Nullable Object> schema;
  private final String field;
  private final List<String> required;

  private Markers(Map<String, @Nullable Object> schema, String field, List<String> required) {
    this.schema = schema;
    this.field = field;
    this.required = required;
  }

  /**
   * Changes {@code schema}.
   *
   * @param required takes the name of the field, if it is required
   * @param mistakes takes what is wrong with single markers
   */
  static void apply(
      List<Marker> markers,
      Map<String, @Nullable Object> schema,
      String field,
      List<String> required,
      Consumer<SchemaMistake> mistakes) {
    Markers all = new Markers(schema, field, required);
    boolean right = true;
    for (Marker marker : markers) {
      try {
        all.apply(marker);
      } catch (SchemaMistake mistake) {
        mistakes.accept(mistake);
        right = false;
      }
    }
    if (right && schema.containsKey(MAP_KEYS) && !"map".equals(schema.get(LIST_TYPE))) {
      Object set = schema.get(LIST_TYPE);
      mistakes.accept(
          new SchemaMistake(
              "listMapKey set while listType is "
                  + (set == null ? "unset" : "set to " + set)
                  + ", listType must be set to map",
              "Add listType=map, or leave the keys away."));
    }
  }

  private void apply(Marker marker) throws SchemaMistake {
    String value = marker.value();
    switch (marker.kind()) {
      case REQUIRED -> {
        if (truth(marker)) {
          required.add(field);
        }
      }
      case DEFAULT -> schema.put("default", standard(value));
      case DESCRIPTION -> describe(value);
      case MINIMUM, MAXIMUM -> schema.put(marker.kind().word(), number(marker));
      case VALIDATION -> validation(value);
      case ENUM -> schema.put("enum", choices(value));
      case IMMUTABLE -> {
        if (truth(marker)) {
          rule("self == oldSelf", "field is immutable");
        }
      }
      case PATTERN -> pattern(value);
      case MIN_LENGTH, MAX_LENGTH -> bound(marker, "string");
      case MIN_ITEMS, MAX_ITEMS -> bound(marker, "array");
      case UNIQUE_ITEMS -> unique(marker);
      case LIST_TYPE -> listType(value);
      case LIST_MAP_KEY -> mapKey(value);
      default -> throw new AssertionError(marker.kind());
    }
  }

  private String type() {
    return Trees.string(schema.get("type"));
  }

  private void describe(String value) {
    if (value.isEmpty()) {
      schema.remove("description");
    } else {
      schema.put("description", value);
    }
  }

  private static boolean truth(Marker marker) throws SchemaMistake {
    return GoText.bool(marker.value())
        .orElseThrow(
            () ->
                new SchemaMistake(
                    "failed to parse "
                        + marker.kind().word()
                        + " marker value: \""
                        + marker.value()
                        + "\"",
                    TRUTH));
  }

  private static Object number(Marker marker) throws SchemaMistake {
    Optional<BigDecimal> number = GoText.real(marker.value());
    if (number.isEmpty()) {
      throw new SchemaMistake(
          "failed to parse " + marker.kind().word() + " value: \"" + marker.value() + "\"",
          "Write a number.");
    }
    return frozen(number.get());
  }

  private static Object frozen(Object value) {
    Object copy = Trees.copyOf(value);
    return copy == null ? value : copy;
  }

  /** kro writes the value into JSON as it stands: in a string, backslashes are those of JSON. */
  private @Nullable Object standard(String value) throws SchemaMistake {
    switch (type()) {
      case "string":
        return json("\"" + value + "\"", "Leave quotes and backslashes out of the default.");
      case "integer":
        if (GoText.integer(value).isEmpty()) {
          throw new SchemaMistake("default value must be a valid integer, got: " + value, COUNT);
        }
        return json(value, "Write it without plus and leading zeros.");
      case "number":
        if (GoText.real(value).isEmpty()) {
          throw new SchemaMistake(
              "default value must be a valid number, got: " + value, "Write a number.");
        }
        return json(value, "Write it as JSON does: 0.5, 1e3.");
      case "boolean":
        if (!value.equals("true") && !value.equals("false")) {
          throw new SchemaMistake("default value must be a valid boolean, got: " + value, TRUTH);
        }
        return Boolean.valueOf(value);
      default:
        return value.isEmpty() ? null : json(value, "Write it in JSON, strings in double quotes.");
    }
  }

  private static @Nullable Object json(String text, String hint) throws SchemaMistake {
    try {
      return Json.read(text);
    } catch (IllegalArgumentException notJson) {
      throw new SchemaMistake("the default is not JSON as it stands: " + text, hint);
    }
  }

  private void validation(String rule) throws SchemaMistake {
    if (GoText.trim(rule).isEmpty()) {
      throw new SchemaMistake(
          "validation failed: the rule is empty", "Write a rule: validation=\"self > 0\".");
    }
    rule(rule, "validation failed");
  }

  private void rule(String rule, String message) {
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("rule", rule);
    one.put("message", message);
    append(VALIDATIONS, one);
  }

  private void append(String key, Object item) {
    List<@Nullable Object> items = new ArrayList<>(Trees.list(schema.get(key)));
    items.add(item);
    schema.put(key, items);
  }

  private List<@Nullable Object> choices(String value) throws SchemaMistake {
    List<@Nullable Object> choices = new ArrayList<>();
    for (String written : value.split(",", -1)) {
      String choice = GoText.trim(written);
      if (choice.isEmpty()) {
        throw new SchemaMistake(
            "empty enum values are not allowed", "Write the values with one comma between them.");
      }
      choices.add(choice(choice));
    }
    return choices;
  }

  private Object choice(String choice) throws SchemaMistake {
    switch (type()) {
      case "string":
        if (choice.chars().anyMatch(c -> c == 0x7f || (c < ' ' && "\b\f\n\r\t".indexOf(c) < 0))) {
          throw new SchemaMistake(
              "the enum holds a control character", "Write values that can be seen.");
        }
        return choice;
      case "integer":
        Optional<Long> number = GoText.integer(choice);
        if (number.isEmpty()) {
          throw new SchemaMistake("failed to parse integer enum value: \"" + choice + "\"", COUNT);
        }
        if (!(json(choice, "Write it without plus and leading zeros.") instanceof Long)) {
          throw new SchemaMistake("failed to parse integer enum value: \"" + choice + "\"", COUNT);
        }
        return number.get();
      default:
        throw new SchemaMistake(
            "enum values only supported for string and integer types, got type: " + type(),
            "Use a validation instead.");
    }
  }

  private void pattern(String pattern) throws SchemaMistake {
    if (pattern.isEmpty()) {
      throw new SchemaMistake("pattern marker value cannot be empty", "Write a pattern.");
    }
    only("string", "pattern");
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new SchemaMistake(
          "invalid pattern regex: " + e.getDescription() + ": `" + e.getPattern() + "`",
          "Write a pattern that RE2 understands: without look-ahead and back references.");
    }
    schema.put("pattern", pattern);
  }

  private void only(String type, String marker) throws SchemaMistake {
    if (!type().equals(type)) {
      throw new SchemaMistake(
          marker + " marker is only valid for " + type + " types, got type: " + type(),
          "Take it away, or change the type.");
    }
  }

  private void bound(Marker marker, String type) throws SchemaMistake {
    String word = marker.kind().word();
    only(type, word);
    Optional<Long> number = GoText.integer(marker.value());
    if (number.isEmpty()) {
      throw new SchemaMistake(
          "failed to parse " + word + " value: \"" + marker.value() + "\"", COUNT);
    }
    schema.put(word, number.get());
  }

  private void unique(Marker marker) throws SchemaMistake {
    boolean unique = truth(marker);
    only("array", "uniqueItems");
    Object set = schema.get(LIST_TYPE);
    if (unique && set != null && !set.equals("set")) {
      throw new SchemaMistake(
          ProblemCode.CONTRADICTION,
          "cannot set unique when listType is set to " + set,
          "Keep one of them.");
    }
    if (unique) {
      schema.put(LIST_TYPE, "set");
    }
  }

  private void listType(String value) throws SchemaMistake {
    only("array", "listType");
    if (!LIST_TYPES.contains(value)) {
      throw new SchemaMistake(
          "unsupported value for listType " + value + ", needs to be one of atomic, set, or map",
          Suggestion.didYouMean(value, LIST_TYPES));
    }
    Object set = schema.get(LIST_TYPE);
    if (set != null && !set.equals(value)) {
      throw new SchemaMistake(
          ProblemCode.CONTRADICTION,
          "listType attempting to overwrite set type of " + set,
          "Keep one of them; uniqueItems=true means listType=set.");
    }
    schema.put(LIST_TYPE, value);
  }

  private void mapKey(String value) throws SchemaMistake {
    only("array", "listMapKey");
    if (Trees.list(schema.get(MAP_KEYS)).contains(value)) {
      throw new SchemaMistake(
          ProblemCode.DUPLICATE, "duplicate listMapKey marker, value " + value, "Write it once.");
    }
    append(MAP_KEYS, value);
  }
}
