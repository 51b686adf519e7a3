package io.sailplan.dialect;

import io.sailplan.graph.GraphResult;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applications of ConfigMaps that say things in annotations. */
final class Spoken {
  static final ApiResources KINDS = ApiResources.of(ShapeCatalog.builtIn().apiResources());

  private Spoken() {}

  /** Returns a resource {@code kind/name} with annotations, each {@code key: value}. */
  static Resource resource(String id, String... annotations) {
    return resource(id, "annotations", annotations);
  }

  static Resource labelled(String id, String... labels) {
    return resource(id, "labels", labels);
  }

  private static Resource resource(String id, String field, String... entries) {
    String[] parts = id.split("/");
    String version =
        switch (parts[0]) {
          case "Deployment" -> "apps/v1";
          case "Job" -> "batch/v1";
          case "Role", "RoleBinding" -> "rbac.authorization.k8s.io/v1";
          default -> "v1";
        };
    Map<String, String> map = new LinkedHashMap<>();
    for (String entry : entries) {
      int colon = entry.indexOf(": ");
      map.put(entry.substring(0, colon), entry.substring(colon + 2));
    }
    return Resource.of(
        Manifest.of(
            Map.of(
                "apiVersion",
                version,
                "kind",
                parts[0],
                "metadata",
                map.isEmpty() ? Map.of("name", parts[1]) : Map.of("name", parts[1], field, map))));
  }

  static Conventions read(Resource... resources) {
    return Conventions.ofDeployment(app(resources), KINDS, EnumSet.allOf(Dialect.class));
  }

  static Conventions readForRemoval(Resource... resources) {
    return Conventions.ofRemoval(app(resources), KINDS, EnumSet.allOf(Dialect.class));
  }

  static Application app(Resource... resources) {
    return Application.of("shop", List.of(resources));
  }

  static GraphResult compile(Conventions conventions) {
    return ResourceGraph.compile(
        conventions.members(), KINDS, conventions.edges(), conventions.milestones());
  }

  /** Returns each edge as {@code from > to}, in order. */
  static List<String> edges(Conventions conventions) {
    return new ArrayList<>(
        compile(conventions).orThrow().edges().stream()
            .map(edge -> edge.from() + " > " + edge.to())
            .toList());
  }
}
