package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sailplan.Planner;
import io.sailplan.kro.GraphApplication;
import io.sailplan.kro.Instance;
import io.sailplan.kro.InstanceKind;
import io.sailplan.kro.ResourceGraphDefinition;
import io.sailplan.kro.ResourceGraphDefinitionReader;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs of kro are planned offline, carried out in one run, and then there is nothing to do. */
class GraphsOfKroTest {
  private static final Path DATA = Path.of(System.getProperty("sailplan.data", ""));

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @BeforeEach
  void others_have_made_what_graphs_read() throws IOException {
    assumeThat(DATA.resolve("kro")).exists();
    cluster.given(
        Manifest.parseJson(
            """
            {"apiVersion":"v1","kind":"Secret","type":"Opaque",
             "metadata":{"name":"db-credentials","namespace":"default"},
             "data":{"password":"aHVudGVyMmh1bnRlcjI="}}"""),
        "kubectl");
    cluster.given(
        Manifest.parseJson(
            """
            {"apiVersion":"v1","kind":"Secret","type":"Opaque",
             "metadata":{"name":"your-postgres-secret-name","namespace":"default"},
             "data":{"password":"aHVudGVyMmh1bnRlcjI="}}"""),
        "kubectl");
  }

  static Stream<Path> graphs() throws IOException {
    try (Stream<Path> files = Files.walk(DATA)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> contains(file, "kind: ResourceGraphDefinition"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void every_graph_is_planned_with_its_instance_and_a_second_plan_is_empty(Path file)
      throws IOException {
    ResourceGraphDefinition graph = graph(file);
    for (Resource written : instances(file, graph)) {
      Application application = application(graph, written, beside(file));
      prepare(file, application);
      Plan plan = plan(application);
      assertThat(cluster.run(plan, progress -> {})).isSuccess();
      if (file.endsWith("core-dns.yaml")) {
        // It declares what the controller of Deployments writes otherwise, and kro forces.
        assertThat(result(application)).isRefused();
      } else {
        assertThat(plan(application)).isEmpty();
      }
    }
  }

  @Test
  void what_follows_a_secret_rolls_once_and_nothing_else() throws IOException {
    Path file = DATA.resolve("own/secret-rollout-rgd.yaml");
    ResourceGraphDefinition graph = graph(file);
    Application application = application(graph, instances(file, graph).get(0), beside(file));
    String name = application.name();
    assertThat(cluster.run(plan(application), progress -> {})).isSuccess();

    cluster.given(
        Manifest.parseJson(
            """
            {"apiVersion":"v1","kind":"Secret","type":"Opaque",
             "metadata":{"name":"db-credentials","namespace":"default"},
             "data":{"password":"b3RoZXIwb3RoZXIw"}}"""),
        "kubectl");
    Plan both = plan(application);
    assertThat(both.steps().stream().map(Step::id))
        .contains("apply byVersion", "apply byContent", "keep bystander");
    assertThat(both.toJson()).doesNotContain("b3RoZXIwb3RoZXIw");
    assertThat(cluster.run(both, progress -> {})).isSuccess();
    assertThat(generations(name)).containsExactly(2L, 2L, 1L);

    cluster.given(
        Manifest.parseJson(
            """
            {"apiVersion":"v1","kind":"Secret","type":"Opaque",
             "metadata":{"name":"db-credentials","namespace":"default","labels":{"a":"b"}},
             "data":{"password":"b3RoZXIwb3RoZXIw"}}"""),
        "kubectl");
    assertThat(cluster.run(plan(application), progress -> {})).isSuccess();
    assertThat(generations(name)).containsExactly(3L, 2L, 1L);
    assertThat(plan(application)).isEmpty();
  }

  private List<Long> generations(String name) {
    return Stream.of("by-version", "by-content", "bystander")
        .map(
            suffix ->
                cluster.snapshot().objects().stream()
                    .filter(object -> object.key().kind().equals("Deployment"))
                    .filter(object -> object.key().name().endsWith(suffix))
                    .findFirst()
                    .map(LiveObject::generation)
                    .orElseThrow(() -> new AssertionError(name)))
        .toList();
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ResourceGraphDefinition graph(Path file) throws IOException {
    return ResourceGraphDefinitionReader.read(
            documents(file).stream()
                .filter(one -> ResourceGraphDefinitionReader.reads(one.manifest()))
                .findFirst()
                .orElseThrow())
        .orThrow();
  }

  /** Returns all graphs of the file's folder. */
  private static List<ResourceGraphDefinition> beside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files
          .filter(other -> other.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(other -> documents(other).stream())
          .filter(one -> ResourceGraphDefinitionReader.reads(one.manifest()))
          .map(one -> ResourceGraphDefinitionReader.read(one).orThrow())
          .toList();
    }
  }

  private static List<Resource> instances(Path file, ResourceGraphDefinition graph)
      throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files
          .filter(other -> other.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(other -> documents(other).stream())
          .filter(one -> one.manifest().groupVersionKind().equals(graph.schema().kind()))
          .toList();
    }
  }

  private static List<Resource> documents(Path file) {
    try {
      return ManifestReader.standard().read(file.toString(), Files.readString(file)).resources();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The instance as it stands in a cluster: one example reads its UID. */
  private static Application application(
      ResourceGraphDefinition graph, Resource written, List<ResourceGraphDefinition> others) {
    return GraphApplication.of(
        graph,
        Instance.read(written, InstanceKind.of(graph))
            .orThrow()
            .manifest()
            .with("6f1a0c9e-0000-4000-8000-000000000001", "metadata", "uid"),
        written.manifest().name(),
        "default",
        others);
  }

  /** Makes the namespaces, and what the graph reads of others and its folder holds. */
  private void prepare(Path file, Application application) throws IOException {
    namespace(application.namespace());
    try (Stream<Path> files = Files.walk(DATA.resolve("kro/upgrade"), 1)) {
      if (file.startsWith(DATA.resolve("kro/upgrade"))) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .flatMap(other -> documents(other).stream())
            .forEach(
                one -> {
                  namespace(one.manifest().namespace());
                  if (cluster.object(one.manifest().key()).isEmpty()) {
                    cluster.given(one.manifest(), "kubectl");
                  }
                });
      }
    }
  }

  private void namespace(String name) {
    ObjectKey key = new ObjectKey("", "Namespace", "", name);
    if (!name.isEmpty() && cluster.object(key).isEmpty()) {
      cluster.given(
          Manifest.parseJson(
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                  .formatted(name)),
          "kubectl");
    }
  }

  private Plan plan(Application application) {
    return result(application).orThrow();
  }

  private PlanResult result(Application application) {
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster.observe(ObservationScope.of(deploy, Voyage.POLICY)))
                .by(Voyage.POLICY)
                .at(cluster.now()));
  }
}
