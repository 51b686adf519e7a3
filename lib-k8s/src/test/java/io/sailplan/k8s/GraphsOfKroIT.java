package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.kro.GraphApplication;
import io.sailplan.kro.Instance;
import io.sailplan.kro.InstanceKind;
import io.sailplan.kro.ResourceGraphDefinition;
import io.sailplan.kro.ResourceGraphDefinitionReader;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.StepKind;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Graphs of kro on a real API server: one run, and then there is nothing to do. */
@ExtendWith(RealCluster.class)
class GraphsOfKroIT {
  private static final Path DATA = Path.of(System.getProperty("sailplan.data"));
  private static final Policy POLICY =
      Policy.standard().readyWithin(Duration.ofMinutes(2)).deleting("Namespace");
  private static final List<String> SECRETS =
      List.of("db-credentials", "your-postgres-secret-name");

  @Test
  void every_graph_is_carried_out_in_one_run_and_a_second_plan_is_empty(ControlPlane plane)
      throws IOException {
    try (KubernetesCluster cluster = plane.connect()) {
      List<Path> files = graphs();
      assertThat(files).hasSizeGreaterThan(25);
      for (String secret : SECRETS) {
        apply(cluster, secret(secret, "aHVudGVyMmh1bnRlcjI="));
      }
      for (Path file : files) {
        List<ResourceGraphDefinition> beside = definitions(file.getParent());
        for (ResourceGraphDefinition graph : definitions(file)) {
          for (Application application : applications(file, graph, beside)) {
            deploy(cluster, file, application);
          }
        }
      }
    }
  }

  private static void deploy(KubernetesCluster cluster, Path file, Application application)
      throws IOException {
    prepare(cluster, file, application.namespace());
    Plan plan = plan(cluster, application).orThrow();
    Outcome outcome = cluster.run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(file + "\n" + plan.render() + outcome.render()).isTrue();
    PlanResult again = plan(cluster, application);
    if (file.endsWith("core-dns.yaml")) {
      // It declares what the controller of Deployments writes otherwise, and kro forces.
      assertThat(again.refusals()).extracting(Refusal::code).contains(Refusal.Code.FIELD_CONFLICT);
    } else {
      assertThat(again.orThrow().isEmpty()).as(file + again.orThrow().render()).isTrue();
    }
    delete(cluster, application);
  }

  private static void delete(KubernetesCluster cluster, Application application) {
    Operation delete = Operation.Delete.of(application);
    Plan removal =
        Planner.standard()
            .plan(
                PlanRequest.of(delete, cluster.observe(ObservationScope.of(delete, POLICY)))
                    .by(POLICY)
                    .at(Instant.now()))
            .orThrow();
    assertThat(cluster.run(removal, progress -> {}).isSuccess()).as(removal.render()).isTrue();
  }

  @Test
  void what_follows_a_secret_rolls_once_and_nothing_else(ControlPlane plane) throws IOException {
    Path file = DATA.resolve("own/secret-rollout-rgd.yaml");
    ResourceGraphDefinition graph = definitions(file).get(0);
    Application application = applications(file, graph, List.of()).get(0);
    String space = application.namespace();
    try (KubernetesCluster cluster = plane.connect()) {
      prepare(cluster, file, space);
      apply(cluster, secret("db-credentials", "aHVudGVyMmh1bnRlcjI=").inNamespace(space));
      assertThat(cluster.run(plan(cluster, application).orThrow(), progress -> {}).isSuccess())
          .isTrue();
      List<Long> before = generations(cluster, application);

      apply(cluster, secret("db-credentials", "b3RoZXIwb3RoZXIw").inNamespace(space));
      Plan both = plan(cluster, application).orThrow();
      assertThat(both.toJson()).doesNotContain("b3RoZXIwb3RoZXIw");
      assertThat(cluster.run(both, progress -> {}).isSuccess()).isTrue();
      assertThat(generations(cluster, application))
          .containsExactly(before.get(0) + 1, before.get(1) + 1, before.get(2));

      apply(
          cluster,
          secret("db-credentials", "b3RoZXIwb3RoZXIw")
              .inNamespace(space)
              .with("b", "metadata", "labels", "a"));
      assertThat(cluster.run(plan(cluster, application).orThrow(), progress -> {}).isSuccess())
          .isTrue();
      assertThat(generations(cluster, application))
          .containsExactly(before.get(0) + 2, before.get(1) + 1, before.get(2));
      // Its condition of readiness does not hold at each moment of a rollout.
      assertThat(plan(cluster, application).orThrow().counts().keySet())
          .isSubsetOf(StepKind.UNCHANGED, StepKind.AWAIT_READY);
      delete(cluster, application);
    }
  }

  private static List<Long> generations(KubernetesCluster cluster, Application application) {
    List<Long> generations = new ArrayList<>();
    for (String suffix : List.of("by-version", "by-content", "bystander")) {
      ObjectKey key =
          new ObjectKey(
              "apps", "Deployment", application.namespace(), application.name() + "-" + suffix);
      generations.add(cluster.send(new Request.Get(key)).object().generation());
    }
    return generations;
  }

  private static Manifest secret(String name, String password) {
    return Manifest.parseJson(
        """
        {"apiVersion":"v1","kind":"Secret","type":"Opaque",
         "metadata":{"name":"%s","namespace":"default"},"data":{"password":"%s"}}"""
            .formatted(name, password));
  }

  private static void prepare(KubernetesCluster cluster, Path file, String namespace)
      throws IOException {
    namespace(cluster, namespace);
    if (file.startsWith(DATA.resolve("kro/upgrade"))) {
      try (Stream<Path> files = Files.list(DATA.resolve("kro/upgrade"))) {
        for (Path other : files.filter(Files::isRegularFile).sorted().toList()) {
          for (Resource one : documents(other)) {
            namespace(cluster, one.manifest().namespace());
            apply(cluster, one.manifest());
          }
        }
      }
    }
  }

  private static void namespace(KubernetesCluster cluster, String name) {
    if (!name.isEmpty()) {
      apply(
          cluster,
          Manifest.parseJson(
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                  .formatted(name)));
    }
  }

  private static void apply(KubernetesCluster cluster, Manifest manifest) {
    Response response = cluster.send(Request.Apply.of(manifest, "others").forced());
    assertThat(response.isSuccess()).as(manifest + ": " + response.message()).isTrue();
  }

  private static PlanResult plan(KubernetesCluster cluster, Application application) {
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster.observe(ObservationScope.of(deploy, POLICY)))
                .by(POLICY)
                .at(Instant.now()));
  }

  // What stands in files

  private static List<Path> graphs() throws IOException {
    try (Stream<Path> files = Files.walk(DATA)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> text(file).contains("kind: ResourceGraphDefinition"))
          .sorted()
          .toList();
    }
  }

  private static List<Application> applications(
      Path file, ResourceGraphDefinition graph, List<ResourceGraphDefinition> beside)
      throws IOException {
    List<Application> applications = new ArrayList<>();
    for (Resource one : all(file.getParent())) {
      GroupKind kind = one.manifest().groupVersionKind().groupKind();
      if (kind.equals(graph.schema().kind().groupKind())) {
        Manifest instance =
            Instance.read(one, InstanceKind.of(graph))
                .orThrow()
                .manifest()
                .with("6f1a0c9e-0000-4000-8000-000000000001", "metadata", "uid");
        applications.add(GraphApplication.of(graph, instance, instance.name(), "default", beside));
      }
    }
    return applications;
  }

  private static List<ResourceGraphDefinition> definitions(Path at) throws IOException {
    List<Resource> resources = Files.isDirectory(at) ? all(at) : documents(at);
    return resources.stream()
        .filter(one -> ResourceGraphDefinitionReader.reads(one.manifest()))
        .map(one -> ResourceGraphDefinitionReader.read(one).orThrow())
        .toList();
  }

  private static List<Resource> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(other -> other.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(other -> documents(other).stream())
          .toList();
    }
  }

  private static List<Resource> documents(Path file) {
    return ManifestReader.standard().read(file.toString(), text(file)).resources();
  }

  private static String text(Path file) {
    try {
      // An address from the range of the test control plane, in place of one from a usual range.
      return Files.readString(file).replace("10.100.123.45", "127.96.123.45");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
