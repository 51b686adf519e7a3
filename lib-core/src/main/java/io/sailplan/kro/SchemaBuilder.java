package io.sailplan.kro;

import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes OpenAPI of the schema language, as kro does. An object gets an empty default when a field
 * of it has a default and none is required, so that defaults deep inside are filled in.
 */
final class SchemaBuilder {
  /** Types of types multiply: more than this is no schema that a server would take. */
  private static final long MOST_FIELDS = 20_000;

  /** Types of types can be nested without end, which no reader of schemas would follow. */
  private static final int DEEPEST = 100;

  private final Mistakes mistakes;
  private final CustomTypes types;
  private final Map<String, Built> built = new TreeMap<>();

  /**
   * A schema.
   *
   * @param schema the tree
   * @param size how many schemas it holds, itself included
   * @param depth how many schemas stand inside of each other
   * @param required whether a field of this type is required without saying so
   */
  private record Built(
      Map<String, @Nullable Object> schema, long size, int depth, boolean required) {}

  SchemaBuilder(CustomTypes types, String path, Mistakes mistakes) {
    this.mistakes = mistakes;
    this.types = types;
    for (String name : types.ordered()) {
      type(name, PlainPath.field(path, name)).ifPresent(type -> built.put(name, type));
    }
  }

  private Optional<Built> type(String name, String path) {
    Object written = types.written(name);
    if (written instanceof Map<?, ?> fields) {
      return object(Trees.object(fields), path);
    }
    List<String> required = new ArrayList<>();
    return field(name, written, path, required)
        .map(type -> new Built(type.schema, type.size, type.depth, !required.isEmpty()));
  }

  /** Returns the schema of an object; empty if something in it is wrong. */
  Optional<Map<String, @Nullable Object>> schema(
      Map<String, @Nullable Object> fields, String path) {
    return object(fields, path).map(Built::schema);
  }

  private Optional<Built> object(Map<String, @Nullable Object> fields, String path) {
    Map<String, @Nullable Object> properties = new TreeMap<>();
    List<String> required = new ArrayList<>();
    long size = 1;
    int depth = 0;
    boolean complete = true;
    boolean defaults = false;
    for (Map.Entry<String, @Nullable Object> entry : fields.entrySet()) {
      String name = entry.getKey();
      String place = PlainPath.field(path, name);
      Optional<Built> field =
          entry.getValue() instanceof Map<?, ?> inner
              ? object(Trees.object(inner), place)
              : field(name, entry.getValue(), place, required);
      if (field.isEmpty()) {
        complete = false;
      } else {
        properties.put(name, field.get().schema);
        size += field.get().size;
        depth = Math.max(depth, field.get().depth);
        defaults |= field.get().schema.containsKey("default");
      }
    }
    if (complete && (size > MOST_FIELDS || depth >= DEEPEST)) {
      tooLarge(path, size);
      complete = false;
    }
    if (!complete) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (defaults && required.isEmpty()) {
      schema.put("default", Map.of());
    }
    if (!required.isEmpty()) {
      schema.put("required", required.stream().sorted(SchemaBuilder::byBytes).toList());
    }
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    return Optional.of(new Built(schema, size, depth + 1, false));
  }

  /** Go orders strings by their bytes in UTF-8, which is the order of code points. */
  private static int byBytes(String one, String other) {
    return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
  }

  private void tooLarge(String path, long size) {
    mistakes.add(
        ProblemCode.TOO_LARGE,
        path,
        size > MOST_FIELDS
            ? "the schema has more than " + MOST_FIELDS + " fields"
            : "the schema has more than " + DEEPEST + " levels",
        "Use object where any fields will do.");
  }

  private Optional<Built> field(
      String name, @Nullable Object written, String path, List<String> required) {
    if (!(written instanceof String text)) {
      mistakes.add(
          ProblemCode.WRONG_TYPE,
          path,
          "unexpected type: "
              + (written == null ? "null" : written instanceof List ? "a list" : "not a string"),
          "Write a type, such as string, or the fields of an object.");
      return Optional.empty();
    }
    Optional<Built> type = Optional.empty();
    SchemaType parsed = null;
    try {
      parsed = FieldText.type(text);
      type = resolve(parsed);
    } catch (SchemaMistake mistake) {
      mistakes.add(path, mistake);
    }
    List<Marker> markers = List.of();
    boolean right = true;
    try {
      markers = MarkerText.of(text);
    } catch (SchemaMistake mistake) {
      mistakes.add(path, mistake);
      right = false;
    }
    if (type.isEmpty() || !right) {
      return Optional.empty();
    }
    if (parsed instanceof SchemaType.Custom && type.get().required) {
      required.add(name);
    }
    Map<String, @Nullable Object> schema = new LinkedHashMap<>(type.get().schema);
    List<SchemaMistake> wrong = new ArrayList<>();
    Markers.apply(markers, schema, name, required, wrong::add);
    wrong.forEach(mistake -> mistakes.add(path, mistake));
    return wrong.isEmpty()
        ? Optional.of(new Built(schema, type.get().size, type.get().depth, false))
        : Optional.empty();
  }

  /** Returns the schema; empty if it is made of a type that was found wrong already. */
  private Optional<Built> resolve(SchemaType type) throws SchemaMistake {
    if (type instanceof SchemaType.Scalar scalar) {
      return Optional.of(new Built(one("type", scalar.openApi()), 1, 1, false));
    }
    if (type instanceof SchemaType.ListOf list) {
      return wrap(resolve(list.items()), "array", "items");
    }
    if (type instanceof SchemaType.MapOf map) {
      return wrap(resolve(map.values()), "object", "additionalProperties");
    }
    if (type instanceof SchemaType.Custom custom) {
      if (!types.has(custom.name())) {
        throw new SchemaMistake(
            ProblemCode.DANGLING_REFERENCE, "unknown type: " + custom.name(), known(custom.name()));
      }
      return Optional.ofNullable(built.get(custom.name()));
    }
    Map<String, @Nullable Object> free = one("type", "object");
    free.put("x-kubernetes-preserve-unknown-fields", true);
    return Optional.of(new Built(free, 1, 1, false));
  }

  private String known(String name) {
    List<String> all = new ArrayList<>(List.of("string", "integer", "boolean", "float", "object"));
    all.addAll(types.names());
    String near = Suggestion.didYouMean(name, all);
    if (name.equals("number") || name.equals("double")) {
      near = "Did you mean \"float\"?";
    } else if (name.equals("int")) {
      near = "Did you mean \"integer\"?";
    }
    return near.isEmpty() ? "Known are " + String.join(", ", all) + "." : near;
  }

  private static Optional<Built> wrap(Optional<Built> inner, String type, String field) {
    return inner.map(
        its -> {
          Map<String, @Nullable Object> outer = one("type", type);
          outer.put(field, its.schema);
          return new Built(outer, its.size + 1, its.depth + 1, false);
        });
  }

  private static Map<String, @Nullable Object> one(String key, Object value) {
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    schema.put(key, value);
    return schema;
  }
}
