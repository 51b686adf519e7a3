package io.sailplan.cli;

import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph of kro and an instance of it stand for what the graph makes of the instance. */
class GraphOfKroTest {
  private static final String GRAPH =
      """
      apiVersion: kro.run/v1alpha1
      kind: ResourceGraphDefinition
      metadata: {name: site}
      spec:
        schema:
          apiVersion: v1alpha1
          kind: Site
          spec:
            name: string | required=true
            image: string | default="site:1"
        resources:
        - id: settings
          template:
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "${schema.spec.name}-settings"}
            data: {image: "${schema.spec.image}"}
        - id: web
          template:
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "${schema.spec.name}"}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata:
                  labels: {app: web}
                  annotations: {settings: "${settings.metadata.resourceVersion}"}
                spec: {containers: [{name: web, image: "${schema.spec.image}"}]}
      """;
  private static final String INSTANCE =
      """
      apiVersion: kro.run/v1alpha1
      kind: Site
      metadata: {name: blog}
      spec: {name: blog}
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("graph.yaml"), GRAPH);
    Files.writeString(folder.resolve("instance.yaml"), INSTANCE);
  }

  @Test
  void is_valid() {
    assertThat(sail("validate", "-f", folder.toString()).out()).contains("2 objects, no problems");
  }

  @Test
  void is_planned_with_what_is_known_only_later() {
    assertThat(sail("plan", "--offline", "--app", "blog", "-f", folder.toString()).out())
        .contains("create")
        .contains("image: \"site:1\"")
        .contains("settings  (known after create settings)");
  }

  @Test
  void is_drawn_with_the_edges_that_expressions_make() {
    assertThat(sail("graph", "-f", folder.toString()).out())
        .contains("expression at .spec.template.metadata.annotations.settings");
  }

  @Test
  void tells_what_is_wrong_where_it_stands() throws IOException {
    Files.writeString(
        folder.resolve("graph.yaml"),
        GRAPH.replace("settings.metadata.res", "settngs.metadata.res"));
    Files.writeString(
        folder.resolve("instance.yaml"),
        INSTANCE.replace("name: blog}\nspec", "name: blog}\nspce"));

    String out = sail("validate", "-f", folder.toString()).out();

    assertThat(out).contains("instance.yaml:4", "spce");
    Files.writeString(folder.resolve("instance.yaml"), INSTANCE);
    assertThat(sail("validate", "-f", folder.toString()).out())
        .contains("graph.yaml:", "settngs", "settings");
  }

  @Test
  void is_one_application_at_a_time() throws IOException {
    Files.writeString(folder.resolve("second.yaml"), INSTANCE.replace("blog", "shop"));

    assertThat(sail("validate", "-f", folder.toString()).out()).contains("2 instances of graphs");
  }
}
