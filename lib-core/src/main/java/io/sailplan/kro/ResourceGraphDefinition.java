package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.SourceMap;
import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A graph of resources that is made for each instance of a kind of its own.
 *
 * @param name its name
 * @param schema what its author says about the kind
 * @param specSchema the OpenAPI v3 schema of an instance's {@code spec}
 * @param resources its resources, in the author's order
 * @param source where its text was written
 */
public record ResourceGraphDefinition(
    String name,
    GraphSchema schema,
    Map<String, @Nullable Object> specSchema,
    List<GraphResource> resources,
    SourceMap source) {

  /** The kind of a definition in a cluster. */
  public static final GroupVersionKind KIND =
      GroupVersionKind.of("kro.run/v1alpha1", "ResourceGraphDefinition");

  /** Copies its parts. */
  public ResourceGraphDefinition {
    requireNonNull(name, "name");
    requireNonNull(schema, "schema");
    specSchema = Trees.copyOfObject(specSchema);
    resources = List.copyOf(resources);
    requireNonNull(source, "source");
  }

  /** Returns the resource with this id. */
  public Optional<GraphResource> resource(String id) {
    return resources.stream().filter(resource -> resource.id().equals(id)).findFirst();
  }

  /** Returns the name and the kind, never the content: it may be secret. */
  @Override
  public String toString() {
    return "ResourceGraphDefinition[" + name + ", " + schema.kind() + "]";
  }
}
