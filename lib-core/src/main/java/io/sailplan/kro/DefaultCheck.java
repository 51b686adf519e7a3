package io.sailplan.kro;

import io.sailplan.model.Manifest;
import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each default is a value that its own field takes: kro does not look, and the API
 * server refuses the definition.
 */
final class DefaultCheck {
  private static final String GROUP = "defaults.kro.run";

  private final List<String> paths = new ArrayList<>();
  private final Map<String, @Nullable Object> schemas = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private DefaultCheck() {}

  /** Tells what is wrong with the defaults in the schema of an object that stands at a path. */
  static void check(Map<String, @Nullable Object> schema, String path, Mistakes mistakes) {
    DefaultCheck check = new DefaultCheck();
    check.collect(schema, path);
    if (!check.paths.isEmpty()) {
      check.tell(mistakes);
    }
  }

  private void collect(Map<String, @Nullable Object> schema, String path) {
    Object value = schema.get("default");
    if (value != null && !value.equals(Map.of())) {
      String name = "d" + paths.size();
      paths.add(path);
      Map<String, @Nullable Object> bare = new LinkedHashMap<>(schema);
      bare.remove("default");
      schemas.put(name, bare);
      values.put(name, value);
    }
    Trees.object(schema.get("properties"))
        .forEach((name, inner) -> collect(Trees.object(inner), PlainPath.field(path, name)));
    for (String inner : List.of("items", "additionalProperties")) {
      if (schema.get(inner) instanceof Map<?, ?> map) {
        collect(Trees.object(map), path);
      }
    }
  }

  /** All defaults together make one object, which is checked as any other. */
  private void tell(Mistakes mistakes) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
    spec.put("type", "object");
    spec.put("properties", schemas);
    Manifest definition =
        Manifest.of(
            Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", "defaults." + GROUP),
                "spec",
                Map.of(
                    "group",
                    GROUP,
                    "names",
                    Map.of("kind", "Defaults", "plural", "defaults"),
                    "versions",
                    List.of(
                        Map.of(
                            "name",
                            "v1",
                            "schema",
                            Map.of(
                                "openAPIV3Schema",
                                Map.of("type", "object", "properties", Map.of("spec", spec))))))));
    Manifest object =
        Manifest.of(
            Map.of(
                "apiVersion",
                GROUP + "/v1",
                "kind",
                "Defaults",
                "metadata",
                Map.of("name", "defaults"),
                "spec",
                values));
    KindShape shape =
        ShapeCatalog.builtIn().withCustomResources(List.of(definition)).find(object).orElseThrow();
    for (Problem problem : ShapeValidator.validate(object, shape)) {
      String at = problem.location() == null ? "" : problem.location().path();
      List<Object> steps = PlainPath.steps(at);
      if (steps.size() > 1 && steps.get(1) instanceof String name && name.startsWith("d")) {
        String path = paths.get(Integer.parseInt(name.substring(1)));
        String own = ".spec." + name;
        mistakes.add(
            ProblemCode.INVALID_SCHEMA,
            path,
            "the default does not fit: " + problem.message().replace(own, path),
            "Change the default, or what the field takes.");
      }
    }
  }
}
