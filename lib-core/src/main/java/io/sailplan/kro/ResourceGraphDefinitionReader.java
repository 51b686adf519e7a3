package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads ResourceGraphDefinitions and says all that is wrong at once, in kro's own words where it
 * has some. Expressions are kept as texts, and not looked into.
 */
public final class ResourceGraphDefinitionReader {
  private static final String SCHEMA = ".spec.schema";
  private static final String STANDALONE = "Write one expression and nothing around it: \"${…}\".";

  private final Resource resource;
  private final Mistakes mistakes;

  private ResourceGraphDefinitionReader(Resource resource) {
    this.resource = resource;
    this.mistakes = new Mistakes(resource.source());
  }

  /** Returns whether a manifest is a ResourceGraphDefinition, in whatever version. */
  public static boolean reads(Manifest manifest) {
    return manifest.groupVersionKind().groupKind().equals(ResourceGraphDefinition.KIND.groupKind());
  }

  /** Returns the definition that a manifest holds; problems have paths but no places. */
  public static DefinitionReadResult read(Manifest manifest) {
    return read(Resource.of(manifest));
  }

  /**
   * Returns the definition that a resource holds. Never throws because of what it holds.
   *
   * @param resource what was read; its places go into the problems
   */
  public static DefinitionReadResult read(Resource resource) {
    return new ResourceGraphDefinitionReader(requireNonNull(resource, "resource")).read();
  }

  private DefinitionReadResult read() {
    Manifest manifest = resource.manifest();
    if (!manifest.groupVersionKind().equals(ResourceGraphDefinition.KIND)) {
      mistakes.add(
          ProblemCode.UNKNOWN_KIND,
          reads(manifest) ? ".apiVersion" : ".kind",
          "not a ResourceGraphDefinition of kro.run/v1alpha1",
          "Write apiVersion: kro.run/v1alpha1 and kind: ResourceGraphDefinition.");
      return new DefinitionReadResult(Optional.empty(), mistakes.all());
    }
    mistakes.addAll(ShapeValidator.validate(resource, DefinitionShape.SHAPE));
    GraphSchema schema = schema(Trees.object(manifest.get("spec", "schema")));
    List<GraphResource> resources = resources(Trees.list(manifest.get("spec", "resources")));
    boolean sound = !mistakes.speaksOf(SCHEMA + ".spec") && !mistakes.speaksOf(SCHEMA + ".types");
    Mistakes ofSchema = new Mistakes(resource.source());
    Optional<Map<String, @Nullable Object>> spec =
        sound
            ? SimpleSchema.read(
                schema.spec(), SCHEMA + ".spec", schema.types(), SCHEMA + ".types", ofSchema)
            : Optional.empty();
    spec.ifPresent(openApi -> DefaultCheck.check(openApi, SCHEMA + ".spec", ofSchema));
    mistakes.addAll(ofSchema.all());
    List<Problem> problems = mistakes.all();
    return new DefinitionReadResult(
        mistakes.hasErrors()
            ? Optional.empty()
            : spec.map(
                openApi ->
                    new ResourceGraphDefinition(
                        manifest.name(), schema, openApi, resources, resource.source())),
        problems);
  }

  private GraphSchema schema(Map<String, @Nullable Object> tree) {
    String kind = Trees.string(tree.get("kind"));
    if (tree.get("kind") instanceof String && !Names.isKind(kind)) {
      String better = Names.kind(kind);
      mistakes.add(
          ProblemCode.INVALID_NAME,
          SCHEMA + ".kind",
          "naming convention violation: kind '"
              + kind
              + "' is not a valid KRO kind name: must be UpperCamelCase",
          better.isEmpty()
              ? "Use at most 63 letters and digits, with a capital letter first."
              : "Did you mean \"" + better + "\"?");
    }
    String version = Trees.string(tree.get("apiVersion"));
    if (tree.get("apiVersion") instanceof String && !Names.isVersion(version)) {
      mistakes.add(
          ProblemCode.INVALID_VALUE,
          SCHEMA + ".apiVersion",
          "version " + version + " is not a valid Kubernetes version",
          version.contains("/")
              ? "Write the version alone, such as v1alpha1, and the group in the field group."
              : "Write a version such as v1, v1beta1 or v1alpha1.");
    }
    Map<String, @Nullable Object> status = Trees.object(tree.get("status"));
    new StatusCheck(mistakes).check(status, SCHEMA + ".status");
    String group = Trees.string(tree.get("group"));
    return new GraphSchema(
        new GroupVersionKind(group.isEmpty() ? GraphSchema.DEFAULT_GROUP : group, version, kind),
        !"Cluster".equals(tree.get("scope")),
        Trees.object(tree.get("spec")),
        Trees.object(tree.get("types")),
        status,
        Trees.list(tree.get("additionalPrinterColumns")).stream().map(Trees::object).toList(),
        strings(tree.get("shortNames")),
        strings(tree.get("categories")),
        Trees.strings(Trees.get(tree, "metadata", "labels")),
        Trees.strings(Trees.get(tree, "metadata", "annotations")));
  }

  private static List<String> strings(@Nullable Object list) {
    return Trees.list(list).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  private List<GraphResource> resources(List<@Nullable Object> trees) {
    Set<String> ids = new HashSet<>();
    trees.forEach(tree -> ids.add(Trees.string(Trees.get(tree, "id"))));
    Map<String, String> seen = new HashMap<>();
    List<GraphResource> resources = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      String path = ".spec.resources[" + i + "]";
      if (trees.get(i) instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> tree = Trees.object(map);
        String id = Trees.string(tree.get("id"));
        if (tree.get("id") instanceof String) {
          id(id, path, seen);
        }
        List<String> readyWhen = conditions(tree, "readyWhen", path);
        List<String> includeWhen = conditions(tree, "includeWhen", path);
        List<ForEachDimension> forEach =
            new ForEachCheck(mistakes, ids).read(tree, id, path + ".forEach");
        content(tree, id, path)
            .ifPresent(
                content ->
                    resources.add(
                        new GraphResource(id, path, content, readyWhen, includeWhen, forEach)));
      }
    }
    return resources;
  }

  private void id(String id, String path, Map<String, String> seen) {
    String at = path + ".id";
    if (Names.isReserved(id)) {
      mistakes.add(
          ProblemCode.INVALID_NAME,
          at,
          "naming convention violation: id " + id + " is a reserved keyword in KRO",
          "Choose another id.");
    } else if (!Names.isIdentifier(id)) {
      String better = Names.lowerCamel(id);
      mistakes.add(
          ProblemCode.INVALID_NAME,
          at,
          "naming convention violation: id "
              + id
              + " is not a valid KRO resource id: must be lower camelCase",
          better.isEmpty()
              ? "Use letters and digits, with a small letter first."
              : "Did you mean \"" + better + "\"?");
    }
    String first = seen.putIfAbsent(id, at);
    if (first != null) {
      mistakes.add(
          ProblemCode.DUPLICATE,
          at,
          "found duplicate resource IDs " + id + ", first at " + first,
          "Give one of them another id.");
    }
  }

  private Optional<ResourceContent> content(
      Map<String, @Nullable Object> tree, String id, String path) {
    boolean template = tree.get("template") instanceof Map;
    boolean external = tree.get("externalRef") instanceof Map;
    if (template && external) {
      mistakes.add(
          ProblemCode.CONTRADICTION,
          path + ".externalRef",
          "resource \"" + id + "\": cannot use externalRef with template",
          "Keep one of them.");
    } else if (!template && !external) {
      if (tree.get("template") == null && tree.get("externalRef") == null) {
        mistakes.add(
            ProblemCode.MISSING_FIELD,
            path,
            "resource \"" + id + "\": exactly one of template or externalRef must be provided",
            "Write a template for an object to make, or externalRef for one to read.");
      }
      return Optional.empty();
    }
    if (external && !Trees.list(tree.get("forEach")).isEmpty()) {
      mistakes.add(
          ProblemCode.CONTRADICTION,
          path + ".forEach",
          "resource \"" + id + "\": cannot use externalRef with forEach",
          "Read several objects by externalRef.metadata.selector.");
    }
    if (template) {
      return new TemplateCheck(mistakes)
          .read(Trees.object(tree.get("template")), id, path + ".template");
    }
    return new ExternalCheck(mistakes)
        .read(Trees.object(tree.get("externalRef")), path + ".externalRef");
  }

  private List<String> conditions(Map<String, @Nullable Object> tree, String field, String path) {
    List<@Nullable Object> items = Trees.list(tree.get(field));
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof String text) {
        if (!Expressions.isStandalone(text)) {
          mistakes.add(
              ProblemCode.INVALID_VALUE,
              path + "." + field + "[" + i + "]",
              field + ": only standalone expressions are allowed",
              STANDALONE);
        }
        conditions.add(text);
      }
    }
    return conditions;
  }
}
