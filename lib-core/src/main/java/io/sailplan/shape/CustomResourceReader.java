package io.sailplan.shape;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the kinds that one CustomResourceDefinition serves. */
final class CustomResourceReader {
  private final Manifest definition;
  private final List<KindShape> kinds = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  CustomResourceReader(Manifest definition) {
    this.definition = definition;
    if (!definition.kind().equals("CustomResourceDefinition")
        || !definition.apiVersion().equals("apiextensions.k8s.io/v1")) {
      problem(
          ProblemCode.UNKNOWN_KIND,
          "",
          "not a CustomResourceDefinition of apiextensions.k8s.io/v1");
      return;
    }
    String group = required("spec", "group");
    String kind = required("spec", "names", "kind");
    String plural = required("spec", "names", "plural");
    List<@Nullable Object> versions = Trees.list(definition.get("spec", "versions"));
    if (versions.isEmpty()) {
      problem(ProblemCode.MISSING_FIELD, ".spec.versions", "no version is defined");
    }
    if (problems.isEmpty()) {
      for (int i = 0; i < versions.size(); i++) {
        Object version = versions.get(i);
        if (!Boolean.FALSE.equals(Trees.get(version, "served"))) {
          read(Trees.object(version), ".spec.versions[" + i + "]", group, kind, plural);
        }
      }
    }
  }

  List<KindShape> kinds() {
    return kinds;
  }

  List<Problem> problems() {
    return problems;
  }

  private void read(
      Map<String, @Nullable Object> version,
      String path,
      String group,
      String kind,
      String plural) {
    String name = Trees.string(version.get("name"));
    if (name.isEmpty()) {
      problem(ProblemCode.MISSING_FIELD, path + ".name", "the version has no name");
      return;
    }
    Object schema = Trees.get(version, "schema", "openAPIV3Schema");
    if (schema == null) {
      problem(
          ProblemCode.MISSING_FIELD, path + ".schema.openAPIV3Schema", "the version has no schema");
    }
    boolean status = Trees.get(version, "subresources", "status") != null;
    ApiResource resource =
        new ApiResource(
            new GroupVersionKind(group, name, kind),
            plural,
            !"Cluster".equals(definition.get("spec", "scope")),
            status,
            Trees.get(version, "subresources", "scale") != null);
    Shape shape =
        new SchemaReader(this::problem)
            .object(Trees.object(schema), path + ".schema.openAPIV3Schema");
    kinds.add(
        new KindShape(
            resource,
            shape,
            true,
            new KindShape.Generation(
                1, status ? List.of("!metadata", "!status") : List.of("!metadata"), false),
            versions(group)));
  }

  private Set<String> versions(String group) {
    return Trees.list(definition.get("spec", "versions")).stream()
        .map(version -> group + "/" + Trees.string(Trees.get(version, "name")))
        .collect(Collectors.toSet());
  }

  private String required(String... fields) {
    String value = definition.string(fields);
    if (value.isEmpty()) {
      problem(
          ProblemCode.MISSING_FIELD,
          "." + String.join(".", fields),
          String.join(".", fields) + " is missing");
    }
    return value;
  }

  private void problem(ProblemCode code, String path, String message) {
    problems.add(
        Problem.error(code, definition.key() + ": " + message)
            .at(new SourceLocation("", 0, 0, path)));
  }
}
