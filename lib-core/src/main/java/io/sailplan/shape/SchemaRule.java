package io.sailplan.shape;

import com.google.re2j.Pattern;
import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import io.sailplan.shape.Misfit.Sort;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the schema of a custom resource demands of a value, as kube-openapi validates it: in its
 * order, and with its early ends. Rules in CEL are not evaluated; whatever stands under one is not
 * judged.
 */
final class SchemaRule implements ValueRule {
  private final List<@Nullable Object> allowed;
  private final @Nullable Pattern pattern;
  private final String format;
  private final Bounds bounds;
  private final List<String> required;
  private final Map<String, SchemaRule> properties = new LinkedHashMap<>();
  private final @Nullable SchemaRule values;
  private final @Nullable SchemaRule items;
  private final List<SchemaRule> oneOf;
  private final List<SchemaRule> anyOf;
  private final List<SchemaRule> allOf;
  private final @Nullable SchemaRule not;
  private final String type;
  private final boolean intOrString;
  private final boolean nullable;
  private final boolean certain;

  private SchemaRule(Map<String, @Nullable Object> schema, boolean below, boolean certain) {
    allowed = Trees.list(schema.get("enum"));
    pattern = schema.get("pattern") instanceof String text ? Pattern.compile(text) : null;
    format = Trees.string(schema.get("format"));
    bounds = Bounds.of(schema);
    required = Trees.list(schema.get("required")).stream().map(Trees::string).toList();
    if (below) {
      Trees.object(schema.get("properties"))
          .forEach((name, property) -> properties.put(name, nested(property)));
    }
    values = below ? one(schema.get("additionalProperties")) : null;
    items = below ? one(schema.get("items")) : null;
    oneOf = all(schema.get("oneOf"));
    anyOf = all(schema.get("anyOf"));
    allOf = all(schema.get("allOf"));
    not = one(schema.get("not"));
    type = Trees.string(schema.get("type"));
    intOrString = Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"));
    nullable = Boolean.TRUE.equals(schema.get("nullable"));
    this.certain = certain;
  }

  /**
   * Reads what a schema demands of the value itself.
   *
   * @param certain whether no rule in CEL has a say
   * @throws com.google.re2j.PatternSyntaxException if a pattern makes no sense
   */
  static SchemaRule of(Map<String, @Nullable Object> schema, boolean certain) {
    // what stands below the value has a rule of its own
    return new SchemaRule(schema, false, certain);
  }

  private static SchemaRule nested(@Nullable Object schema) {
    return new SchemaRule(Trees.object(schema), true, true);
  }

  private static @Nullable SchemaRule one(@Nullable Object schema) {
    return schema instanceof Map ? nested(schema) : null;
  }

  private static List<SchemaRule> all(@Nullable Object schemas) {
    return Trees.list(schemas).stream().map(SchemaRule::nested).toList();
  }

  @Override
  public List<Misfit> misfits(Object value) {
    List<Misfit> found = new ArrayList<>();
    own(value, found);
    alternatives(value, found);
    return found;
  }

  @Override
  public Verdict judge(Object value) {
    if (!misfits(value).isEmpty()) {
      return Verdict.REFUSED;
    }
    boolean sure =
        certain
            && (!(value instanceof String text)
                || format.isEmpty()
                || SchemaFormat.judge(format, text) == Verdict.TAKEN);
    return sure ? Verdict.TAKEN : Verdict.UNKNOWN;
  }

  private void own(Object value, List<Misfit> found) {
    if (!allowed.isEmpty() && allowed.stream().noneMatch(one -> equal(one, value))) {
      found.add(
          Misfit.notSupported(
              value,
              allowed.stream()
                  .map(one -> one instanceof String text ? text : Json.write(one))
                  .toList()));
    }
    if (value instanceof Map<?, ?> map) {
      bounds.properties(map.size(), found);
    } else if (value instanceof List<?> list) {
      bounds.items(list.size(), found);
    } else if (value instanceof Number number) {
      bounds.number(number, found);
    } else if (value instanceof String text) {
      text(text, found);
    }
  }

  private void text(String text, List<Misfit> found) {
    if (!format.isEmpty() && SchemaFormat.judge(format, text) == Verdict.REFUSED) {
      found.add(new Misfit(Sort.FORMAT, Json.write(text), format, SchemaFormat.hint(format)));
    }
    if (!bounds.length(text, found) && pattern != null && !pattern.matcher(text).find()) {
      found.add(
          new Misfit(
              Sort.INVALID,
              Json.write(text),
              "should match '" + pattern.pattern() + "'",
              "Write what matches " + pattern.pattern()));
    }
  }

  private void alternatives(Object value, List<Misfit> found) {
    if (!anyOf.isEmpty() && anyOf.stream().noneMatch(rule -> rule.takes(value))) {
      add("must validate at least one schema (anyOf)", found);
    }
    if (!oneOf.isEmpty()) {
      long fits = oneOf.stream().filter(rule -> rule.takes(value)).count();
      if (fits != 1) {
        add(
            "must validate one and only one schema (oneOf). Found "
                + (fits == 0 ? "none valid" : fits + " valid alternatives"),
            found);
      }
    }
    if (!allOf.isEmpty()) {
      long fits = allOf.stream().filter(rule -> rule.takes(value)).count();
      if (fits < allOf.size()) {
        add("must validate all the schemas (allOf)" + (fits == 0 ? ". None validated" : ""), found);
      }
    }
    if (not != null && not.takes(value)) {
      add("must not validate the schema (not)", found);
    }
  }

  private static void add(String demand, List<Misfit> found) {
    found.add(
        new Misfit(Sort.SCHEMA, "\"\"", demand, "See its schema in the CustomResourceDefinition."));
  }

  /** Whether a whole value fits, with all that stands below it. */
  private boolean takes(@Nullable Object value) {
    if (value == null) {
      return nullable || type.isEmpty();
    }
    if (!fitsType(value) || !misfits(value).isEmpty()) {
      return false;
    }
    if (value instanceof Map) {
      Map<String, @Nullable Object> map = Trees.object(value);
      for (Map.Entry<String, @Nullable Object> field : map.entrySet()) {
        SchemaRule rule = properties.getOrDefault(field.getKey(), values);
        if (rule != null && !rule.takes(field.getValue())) {
          return false;
        }
      }
      return map.keySet().containsAll(required);
    }
    return !(value instanceof List<?> list)
        || items == null
        || list.stream().allMatch(items::takes);
  }

  private boolean fitsType(Object value) {
    if (intOrString) {
      return value instanceof String || isWhole(value);
    }
    switch (type) {
      case "object":
        return value instanceof Map;
      case "array":
        return value instanceof List;
      case "string":
        return value instanceof String;
      case "boolean":
        return value instanceof Boolean;
      case "number":
        return value instanceof Number;
      case "integer":
        return isWhole(value);
      default:
        return true;
    }
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long || (value instanceof Double real && real == Math.rint(real));
  }

  private static boolean equal(@Nullable Object one, Object other) {
    if (one instanceof Number && other instanceof Number) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    return other.equals(one);
  }
}
