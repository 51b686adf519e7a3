package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a graph's instances: the CustomResourceDefinition that kro makes for it, and its
 * structure. Immutable; thread-safe.
 */
public final class InstanceKind {
  private static final List<@Nullable Object> COLUMNS =
      Trees.list(
          Json.read(
              """
              [{"name": "State", "type": "string", "jsonPath": ".status.state",
                "description": "The state of a ResourceGraphDefinition instance"},
               {"name": "Ready", "type": "string",
                "jsonPath": ".status.conditions[?(@.type==\\"Ready\\")].status",
                "description": "Whether a ResourceGraphDefinition instance is ready"},
               {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp",
                "description": "Age of the resource"}]
              """));

  private final Manifest definition;
  private final KindShape shape;
  private final List<Problem> problems;

  private InstanceKind(Manifest definition, KindShape shape, List<Problem> problems) {
    this.definition = definition;
    this.shape = shape;
    this.problems = problems;
  }

  /** Returns the kind of a graph's instances; what its status computes may be of any type. */
  public static InstanceKind of(ResourceGraphDefinition graph) {
    return of(graph, path -> Optional.empty());
  }

  /**
   * Returns the kind of a graph's instances.
   *
   * @param graph the graph
   * @param statusSchemas the OpenAPI v3 schema of each expression of the status, by its path in the
   *     definition, such as {@code .spec.schema.status.url}; empty if it may be anything
   */
  public static InstanceKind of(
      ResourceGraphDefinition graph,
      Function<String, Optional<Map<String, @Nullable Object>>> statusSchemas) {
    requireNonNull(statusSchemas, "statusSchemas");
    Manifest definition = Manifest.of(definition(graph, statusSchemas));
    ShapeCatalog kinds = ShapeCatalog.builtIn().withCustomResources(List.of(definition));
    return new InstanceKind(
        definition, kinds.find(graph.schema().kind()).orElseThrow(), kinds.problems());
  }

  /** Returns the CustomResourceDefinition. */
  public Manifest definition() {
    return definition;
  }

  /** Returns the structure of an instance. */
  public KindShape shape() {
    return shape;
  }

  /** Returns group, version and kind. */
  public GroupVersionKind kind() {
    return shape.kind();
  }

  /** Returns the OpenAPI v3 schema of a whole instance. */
  public Map<String, @Nullable Object> schema() {
    return Trees.object(Trees.get(version(), "schema", "openAPIV3Schema"));
  }

  /** Returns what the API server would not take of the definition. */
  public List<Problem> problems() {
    return problems;
  }

  /** Returns what changes for those who have instances of the kind before. */
  public List<SchemaChange> changesFrom(InstanceKind before) {
    return SchemaComparison.compare(before, this);
  }

  /** Returns the only version of the definition. */
  Map<String, @Nullable Object> version() {
    return Trees.object(Trees.list(definition.get("spec", "versions")).get(0));
  }

  private static Map<String, @Nullable Object> definition(
      ResourceGraphDefinition graph,
      Function<String, Optional<Map<String, @Nullable Object>>> statusSchemas) {
    GraphSchema schema = graph.schema();
    String plural = Plurals.of(schema.kind().kind());
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("name", plural + "." + schema.kind().group());
    putUnlessEmpty(metadata, "labels", schema.labels());
    putUnlessEmpty(metadata, "annotations", schema.annotations());
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    names.put("plural", plural);
    names.put("singular", schema.kind().kind().toLowerCase(Locale.ROOT));
    names.put("kind", schema.kind().kind());
    names.put("listKind", schema.kind().kind() + "List");
    if (!schema.shortNames().isEmpty()) {
      names.put("shortNames", schema.shortNames());
    }
    if (!schema.categories().isEmpty()) {
      names.put("categories", schema.categories());
    }
    Map<String, @Nullable Object> version = new LinkedHashMap<>();
    version.put("name", schema.kind().version());
    version.put("served", true);
    version.put("storage", true);
    version.put("schema", Map.of("openAPIV3Schema", whole(graph, statusSchemas)));
    version.put("subresources", Map.of("status", Map.of()));
    version.put("additionalPrinterColumns", columns(schema));
    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
    spec.put("group", schema.kind().group());
    spec.put("names", names);
    spec.put("scope", schema.namespaced() ? "Namespaced" : "Cluster");
    spec.put("versions", List.of(version));
    Map<String, @Nullable Object> definition = new LinkedHashMap<>();
    definition.put("apiVersion", "apiextensions.k8s.io/v1");
    definition.put("kind", "CustomResourceDefinition");
    definition.put("metadata", metadata);
    definition.put("spec", spec);
    return definition;
  }

  private static void putUnlessEmpty(
      Map<String, @Nullable Object> metadata, String field, Map<String, String> values) {
    if (!values.isEmpty()) {
      metadata.put(field, values);
    }
  }

  private static Map<String, @Nullable Object> whole(
      ResourceGraphDefinition graph,
      Function<String, Optional<Map<String, @Nullable Object>>> statusSchemas) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("apiVersion", Map.of("type", "string"));
    properties.put("kind", Map.of("type", "string"));
    properties.put("metadata", Map.of("type", "object"));
    properties.put("spec", graph.specSchema());
    properties.put(
        "status",
        StatusSchema.of(graph.schema().statusFields(), ".spec.schema.status", statusSchemas));
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    return schema;
  }

  /** What is zero or empty is not written. */
  private static List<@Nullable Object> columns(GraphSchema schema) {
    if (schema.printerColumns().isEmpty()) {
      return COLUMNS;
    }
    return schema.printerColumns().stream()
        .<@Nullable Object>map(
            column -> {
              Map<String, @Nullable Object> written = new LinkedHashMap<>(column);
              written.values().removeIf(value -> value == null || value.equals(0L));
              written.remove("format", "");
              written.remove("description", "");
              return written;
            })
        .toList();
  }

  /** Returns the kind, never the structure. */
  @Override
  public String toString() {
    return "InstanceKind[" + kind() + "]";
  }
}
