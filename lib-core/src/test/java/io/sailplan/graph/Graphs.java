package io.sailplan.graph;

import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the tests of this package share. */
final class Graphs {
  static final ApiResources KINDS = ApiResources.of(ShapeCatalog.builtIn().apiResources());

  private Graphs() {}

  static Application application(String... yaml) {
    return Application.of("test", "shop", resources(yaml));
  }

  static List<Resource> resources(String... yaml) {
    Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
    List<Resource> resources = new ArrayList<>();
    for (Object document : reader.loadAll(String.join("\n---\n", yaml))) {
      if (document != null) {
        @SuppressWarnings("unchecked") // documents of manifests are mappings
        Map<String, ?> tree = (Map<String, ?>) document;
        resources.add(Resource.of(Manifest.of(tree)));
      }
    }
    return resources;
  }

  static ResourceGraph graph(String... yaml) {
    return ResourceGraph.compile(application(yaml), KINDS).orThrow();
  }

  static List<String> edges(String... yaml) {
    return graph(yaml).edges().stream().map(Edge::toString).toList();
  }

  static Resource configMap(String name, String... dependsOn) {
    Map<String, ?> tree =
        Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", name));
    return Resource.of(Manifest.of(tree)).withId(name).after(dependsOn);
  }

  static ResourceGraph graph(List<Resource> resources, List<Edge> more) {
    return ResourceGraph.compile(Application.of("test", resources), KINDS, more).orThrow();
  }

  /** A Deployment whose pod spec is {@code pod}, written in YAML flow style without braces. */
  static String deployment(String name, String pod) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s}
        spec:
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec: {%s}
        """
        .formatted(name, name, name, pod);
  }

  static String object(String apiVersion, String kind, String name) {
    return """
        apiVersion: %s
        kind: %s
        metadata: {name: "%s"}
        """
        .formatted(apiVersion, kind, name);
  }
}
