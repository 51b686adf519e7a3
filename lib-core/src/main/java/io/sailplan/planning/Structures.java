package io.sailplan.planning;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the structures that are known here are those by which the server works. */
final class Structures {
  private final World world;

  Structures(World world) {
    this.world = world;
  }

  /** Returns why the server's structure of a kind may be another one, parts of sentences. */
  List<String> doubts(KindShape shape, ServerFacts server) {
    return shape.custom() ? custom(shape) : builtIn(shape.kind().apiVersion(), server);
  }

  private List<String> builtIn(String apiVersion, ServerFacts server) {
    if (!server.unread().isEmpty()) {
      return List.of("the server's OpenAPI documents were not read: " + server.unread());
    }
    Optional<String> published = server.schemaHash(apiVersion);
    if (published.isEmpty()) {
      return List.of("the server publishes no structure of " + apiVersion);
    }
    return published.equals(world.catalog().schemaHash(apiVersion))
        ? conversions(apiVersion)
        : List.of(
            "the server"
                + (server.version().isEmpty() ? "" : " (" + server.version() + ")")
                + " publishes another structure of "
                + apiVersion
                + " than the one that is known here");
  }

  /** Only this kind has two versions that every server serves; the other one is stored. */
  private static List<String> conversions(String apiVersion) {
    return apiVersion.equals("autoscaling/v1")
        ? List.of("the server converts between autoscaling/v1 and the version that it stores")
        : List.of();
  }

  private List<String> custom(KindShape shape) {
    ApiResource resource = shape.resource();
    ObjectKey key = World.definition(resource);
    Manifest live = world.snapshot().find(key).map(object -> object.manifest()).orElse(null);
    if (live == null) {
      return List.of("its definition is made by this plan");
    }
    if (world.isGoing(key)) {
      return List.of("its definition is being deleted");
    }
    List<String> doubts = new ArrayList<>();
    if (!world.isAsDefined(key)) {
      doubts.add("its definition changes with this plan");
    }
    if (!isEstablished(live)) {
      doubts.add("its definition is not established yet");
    }
    GroupVersionKind kind = resource.kind();
    if (isConverted(live, kind.version())) {
      doubts.add("the server converts between " + kind.apiVersion() + " and a version it stores");
    }
    if (isServedByAnother(kind)) {
      doubts.add("another server than the one with its definition may serve " + kind.apiVersion());
    }
    return doubts;
  }

  private static boolean isEstablished(Manifest definition) {
    return Trees.list(definition.get("status", "conditions")).stream()
        .anyMatch(
            condition ->
                "Established".equals(Trees.get(condition, "type"))
                    && "True".equals(Trees.get(condition, "status")));
  }

  /** Objects are stored in one version; those that were stored before may be in others. */
  private static boolean isConverted(Manifest definition, String version) {
    List<@Nullable Object> stored = Trees.list(definition.get("status", "storedVersions"));
    boolean storage =
        Trees.list(definition.get("spec", "versions")).stream()
            .anyMatch(
                item ->
                    version.equals(Trees.get(item, "name"))
                        && Boolean.TRUE.equals(Trees.get(item, "storage")));
    return !storage || !stored.equals(List.of(version));
  }

  /** An APIService that names a Service sends its whole API version there. */
  private boolean isServedByAnother(GroupVersionKind kind) {
    Lookup service = world.snapshot().lookup(World.apiService(kind));
    return service instanceof Lookup.Found found
        ? found.object().manifest().get("spec", "service") != null
        : service instanceof Lookup.NotLookedAt && world.isServed(World.API_SERVICE);
  }
}
