package io.sailplan.kro;

import io.sailplan.kro.SchemaChange.Kind;
import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what changed between two versions of a schema, as kro does, in a fixed order. */
final class SchemaComparison {
  private static final String UNKNOWN_FIELDS = "x-kubernetes-preserve-unknown-fields";
  private static final String LIST_TYPE = "x-kubernetes-list-type";

  private final List<SchemaChange> changes = new ArrayList<>();

  private SchemaComparison() {}

  static List<SchemaChange> compare(InstanceKind before, InstanceKind after) {
    SchemaComparison comparison = new SchemaComparison();
    comparison.identity("group", before.kind().group(), after.kind().group());
    comparison.identity("kind", before.kind().kind(), after.kind().kind());
    comparison.identity(
        "scope",
        before.definition().string("spec", "scope"),
        after.definition().string("spec", "scope"));
    if (!before.kind().version().equals(after.kind().version())) {
      comparison.breaking(
          Kind.TYPE_CHANGED, "version", before.kind().version(), after.kind().version());
      return comparison.changes;
    }
    comparison.compare("", before.schema(), after.schema());
    String columns = "additionalPrinterColumns";
    if (!Objects.equals(before.version().get(columns), after.version().get(columns))) {
      comparison.harmless(Kind.ADDITIONAL_PRINTER_COLUMNS_CHANGED, "version." + columns, "", "");
    }
    return comparison.changes;
  }

  private void identity(String what, String before, String after) {
    if (!before.equals(after)) {
      breaking(Kind.IDENTITY_CHANGED, what, before, after);
    }
  }

  private void breaking(Kind kind, String path, String before, String after) {
    changes.add(new SchemaChange(kind, path, true, before, after));
  }

  private void harmless(Kind kind, String path, String before, String after) {
    changes.add(new SchemaChange(kind, path, false, before, after));
  }

  private void compare(
      String path, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    String description = Trees.string(before.get("description"));
    String described = Trees.string(after.get("description"));
    if (!description.equals(described)) {
      harmless(Kind.DESCRIPTION_CHANGED, path + ".description", description, described);
    }
    if (before.containsKey("default") != after.containsKey("default")
        || !Objects.equals(before.get("default"), after.get("default"))) {
      harmless(
          Kind.DEFAULT_CHANGED, path + ".default", json(before, "default"), json(after, "default"));
    }
    String type = Trees.string(before.get("type"));
    String typed = Trees.string(after.get("type"));
    if (!type.equals(typed)) {
      breaking(Kind.TYPE_CHANGED, path + ".type", type, typed);
      return; // all else would follow from that
    }
    pattern(path, Trees.string(before.get("pattern")), Trees.string(after.get("pattern")));
    bound(path, "minimum", "MINIMUM", true, before, after);
    bound(path, "maximum", "MAXIMUM", false, before, after);
    bound(path, "minLength", "MIN_LENGTH", true, before, after);
    bound(path, "maxLength", "MAX_LENGTH", false, before, after);
    bound(path, "minItems", "MIN_ITEMS", true, before, after);
    bound(path, "maxItems", "MAX_ITEMS", false, before, after);
    properties(path, before, after);
    required(path, before, after);
    choices(path, before, after);
    inner(path, "items", before, after);
    inner(path, "additionalProperties", before, after);
    rules(path, before, after);
  }

  private static String json(Map<String, @Nullable Object> schema, String key) {
    return schema.containsKey(key) ? Json.write(schema.get(key)) : "";
  }

  private void pattern(String path, String before, String after) {
    String at = path + ".pattern";
    if (before.equals(after)) {
      return;
    }
    if (before.isEmpty()) {
      breaking(Kind.PATTERN_ADDED, at, "", after);
    } else if (after.isEmpty()) {
      harmless(Kind.PATTERN_REMOVED, at, before, "");
    } else {
      breaking(Kind.PATTERN_CHANGED, at, before, after);
    }
  }

  private void bound(
      String path,
      String field,
      String kind,
      boolean least,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after) {
    BigDecimal old = number(before.get(field));
    BigDecimal now = number(after.get(field));
    String at = path + "." + field;
    if (old == null && now != null) {
      breaking(Kind.valueOf(kind + "_ADDED"), at, "", text(now));
    } else if (old != null && now == null) {
      harmless(Kind.valueOf(kind + "_REMOVED"), at, text(old), "");
    } else if (old != null && now != null && old.compareTo(now) != 0) {
      boolean rises = now.compareTo(old) > 0;
      changes.add(
          new SchemaChange(
              Kind.valueOf(kind + (rises ? "_INCREASED" : "_DECREASED")),
              at,
              rises == least,
              text(old),
              text(now)));
    }
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    return value instanceof Number ? new BigDecimal(value.toString()) : null;
  }

  private static String text(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.signum() == 0 ? "0" : plain.toPlainString();
  }

  private void properties(
      String path, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Map<String, @Nullable Object> old = Trees.object(before.get("properties"));
    Map<String, @Nullable Object> now = Trees.object(after.get("properties"));
    for (String name : new TreeSet<>(old.keySet())) {
      String at = path + ".properties." + name;
      if (now.containsKey(name)) {
        compare(at, Trees.object(old.get(name)), Trees.object(now.get(name)));
      } else {
        breaking(Kind.PROPERTY_REMOVED, at, "", "");
      }
    }
    for (String name : new TreeSet<>(now.keySet())) {
      if (!old.containsKey(name)) {
        boolean demanded =
            Trees.list(after.get("required")).contains(name)
                && !Trees.object(now.get(name)).containsKey("default");
        changes.add(
            new SchemaChange(Kind.PROPERTY_ADDED, path + ".properties." + name, demanded, "", ""));
      }
    }
  }

  private void required(
      String path, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Set<String> old = names(before.get("required"));
    Set<String> now = names(after.get("required"));
    Map<String, @Nullable Object> fields = Trees.object(before.get("properties"));
    Map<String, @Nullable Object> fieldsNow = Trees.object(after.get("properties"));
    String at = path + ".required";
    for (String name : now) {
      boolean known = fields.containsKey(name);
      if (known && !old.contains(name)) {
        breaking(Kind.REQUIRED_ADDED, at, "", name);
      } else if (known
          && Trees.object(fields.get(name)).containsKey("default")
          && !Trees.object(fieldsNow.get(name)).containsKey("default")) {
        breaking(Kind.REQUIRED_DEFAULT_REMOVED, at, name, "");
      }
    }
    for (String name : old) {
      if (!now.contains(name)) {
        harmless(Kind.REQUIRED_REMOVED, at, name, "");
      }
    }
  }

  private static Set<String> names(@Nullable Object list) {
    return Trees.list(list).stream()
        .map(Trees::string)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void choices(
      String path, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    List<@Nullable Object> old = Trees.list(before.get("enum"));
    List<@Nullable Object> now = Trees.list(after.get("enum"));
    String at = path + ".enum";
    if (old.isEmpty() && !now.isEmpty()) {
      breaking(Kind.ENUM_ADDED, at, "", Json.write(now));
    } else if (!old.isEmpty() && now.isEmpty()) {
      harmless(Kind.ENUM_REMOVED, at, Json.write(old), "");
    } else {
      old.stream()
          .filter(value -> !now.contains(value))
          .forEach(value -> breaking(Kind.ENUM_RESTRICTED, at, Json.write(value), ""));
      now.stream()
          .filter(value -> !old.contains(value))
          .forEach(value -> harmless(Kind.ENUM_EXPANDED, at, "", Json.write(value)));
    }
  }

  private void inner(
      String path,
      String field,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after) {
    Object old = before.get(field);
    Object now = after.get(field);
    String at = path + "." + field;
    if (old instanceof Map && now instanceof Map) {
      compare(at, Trees.object(old), Trees.object(now));
    } else if (old instanceof Map) {
      breaking(Kind.PROPERTY_REMOVED, at, "", "");
    } else if (now instanceof Map) {
      harmless(Kind.PROPERTY_ADDED, at, "", "");
    }
  }

  private void rules(
      String path, Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    String field = "x-kubernetes-validations";
    List<@Nullable Object> old = Trees.list(before.get(field));
    List<@Nullable Object> now = Trees.list(after.get(field));
    now.stream()
        .filter(rule -> !old.contains(rule))
        .forEach(
            rule ->
                breaking(
                    Kind.VALIDATION_ADDED,
                    path + "." + field,
                    "",
                    Trees.string(Trees.get(rule, "rule"))));
    old.stream()
        .filter(rule -> !now.contains(rule))
        .forEach(
            rule ->
                harmless(
                    Kind.VALIDATION_REMOVED,
                    path + "." + field,
                    Trees.string(Trees.get(rule, "rule")),
                    ""));
    if (!listType(before).equals(listType(after))) {
      breaking(Kind.LIST_TYPE_CHANGED, path + "." + LIST_TYPE, listType(before), listType(after));
    }
    boolean kept = Boolean.TRUE.equals(before.get(UNKNOWN_FIELDS));
    boolean keeps = Boolean.TRUE.equals(after.get(UNKNOWN_FIELDS));
    if (kept && !keeps) {
      breaking(Kind.UNKNOWN_FIELDS_DROPPED, path + "." + UNKNOWN_FIELDS, "", "");
    } else if (keeps && !kept) {
      harmless(Kind.UNKNOWN_FIELDS_KEPT, path + "." + UNKNOWN_FIELDS, "", "");
    }
  }

  private static String listType(Map<String, @Nullable Object> schema) {
    if (!"array".equals(schema.get("type"))) {
      return "";
    }
    String type = Trees.string(schema.get(LIST_TYPE));
    List<@Nullable Object> keys = Trees.list(schema.get("x-kubernetes-list-map-keys"));
    return (type.isEmpty() ? "atomic" : type) + (keys.isEmpty() ? "" : " by " + Json.write(keys));
  }
}
