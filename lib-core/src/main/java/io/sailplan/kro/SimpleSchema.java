package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.SourceMap;
import io.sailplan.model.Trees;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * kro's language for schemas: {@code replicas: integer | default=1 minimum=0}.
 *
 * @param openApi the OpenAPI v3 schema of an object, structural as Kubernetes wants it; null if
 *     there are errors
 * @param problems all that is wrong, in the order of the text
 */
public record SimpleSchema(
    @Nullable Map<String, @Nullable Object> openApi, List<Problem> problems) {

  /** Copies its parts. */
  public SimpleSchema {
    openApi = openApi == null ? null : Trees.copyOfObject(openApi);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a schema.
   *
   * @param fields what each field is: a text, or the fields of an object
   * @param types the author's own types, each a text, or the fields of an object
   */
  public static SimpleSchema read(Map<String, ?> fields, Map<String, ?> types) {
    Mistakes mistakes = new Mistakes(SourceMap.none());
    Optional<Map<String, @Nullable Object>> schema =
        read(
            Trees.copyOfObject(requireNonNull(fields, "fields")),
            "",
            Trees.copyOfObject(requireNonNull(types, "types")),
            ".types",
            mistakes);
    return new SimpleSchema(mistakes.hasErrors() ? null : schema.orElse(null), mistakes.all());
  }

  static Optional<Map<String, @Nullable Object>> read(
      Map<String, @Nullable Object> fields,
      String path,
      Map<String, @Nullable Object> types,
      String typesPath,
      Mistakes mistakes) {
    CustomTypes custom = new CustomTypes(types, typesPath, mistakes);
    return new SchemaBuilder(custom, typesPath, mistakes)
        .schema(fields, path)
        .filter(schema -> !mistakes.hasErrors());
  }

  /**
   * Returns the schema.
   *
   * @throws InvalidInputException with all problems, if one is an error
   */
  public Map<String, @Nullable Object> orThrow() {
    if (openApi == null) {
      throw new InvalidInputException(problems);
    }
    return openApi;
  }
}
