package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What is predicted is what a real API server does. */
@EnabledIf("io.sailplan.ownership.RealServer#isGiven")
class RealServerTest {
  private static RealServer server;

  @BeforeAll
  static void connect() {
    server = RealServer.connect();
    server.createNamespace("seeds");
  }

  @AfterAll
  static void disconnect() {
    server.close();
  }

  @Test
  void a_new_object_of_each_kind_is_what_was_predicted() {
    List<String> differences = new ArrayList<>();
    for (Manifest seed : Seeds.all()) {
      KindShape shape = ShapeCatalog.builtIn().find(seed).orElseThrow();
      compare(null, seed, "tester", shape, "&dryRun=All", differences);
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void real_applications_become_what_was_predicted_and_stay_so_when_applied_again() {
    assertThat(Files.isDirectory(Seeds.applications())).as("needs -Dsailplan.data").isTrue();
    List<String> differences = new ArrayList<>();
    Seeds.ofApplications()
        .forEach(
            (name, objects) -> {
              server.createNamespace(name);
              ShapeCatalog catalog =
                  ShapeCatalog.builtIn().withCustomResources(definitions(objects));
              for (int round = 0; round < 2; round++) {
                for (Manifest object : objects) {
                  KindShape shape = catalog.find(object).orElseThrow();
                  compareAtRest(object, shape, differences);
                }
              }
              // Nobody serves these webhooks: they would refuse what other tests write.
              objects.stream()
                  .filter(object -> object.kind().endsWith("WebhookConfiguration"))
                  .forEach(object -> server.delete(catalog.find(object).orElseThrow(), object));
            });
    assertThat(differences).isEmpty();
  }

  @Test
  void a_posted_object_of_each_kind_is_owned_as_predicted() {
    List<String> differences = new ArrayList<>();
    for (Manifest seed : Seeds.all()) {
      KindShape shape = ShapeCatalog.builtIn().find(seed).orElseThrow();
      RealServer.Answer answer = server.post(shape, seed, "poster", "&dryRun=All");
      ApplyResult predicted =
          ServerSideUpdate.update(UpdateRequest.create(seed, "poster", shape, Instant.now()));
      Differences.of(predicted, answer, shape)
          .forEach(line -> differences.add(seed.key() + ": " + line));
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void quantities_are_rewritten_as_predicted() {
    List<String> texts =
        List.of(
            "1000m",
            "0.5",
            "1024Mi",
            "1.5Gi",
            "1e3",
            "1E3",
            "100k",
            "1000k",
            "1023Ki",
            "512",
            "0.1Gi",
            "12000",
            "+5",
            "0.0000000001",
            "9999999999999999999",
            "0.5Ki",
            "2048Ki",
            ".5",
            "5.",
            "1000000u",
            "0.0001",
            "1.0001",
            "12345678901234567890Ki",
            "1.500",
            "8Ki",
            "16Mi",
            "1.25Gi",
            "1000E",
            "007",
            "1.0",
            "0.10",
            "3e-3",
            "999Mi",
            "1e-5",
            "123e5");
    List<String> differences = new ArrayList<>();
    KindShape shape = Kinds.of("v1", "ResourceQuota");
    KindShape template = Kinds.of("v1", "PodTemplate");
    for (String text : texts) {
      Manifest quota =
          Kinds.yaml(
              "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: seeds}, spec: {hard: {limits.cpu: \""
                  + text
                  + "\"}}}");
      compare(null, quota, "tester", shape, "&dryRun=All", differences);
      Manifest pod =
          Kinds.yaml(
              "{apiVersion: v1, kind: PodTemplate, metadata: {name: q, namespace: seeds}, template: {spec: {containers:"
                  + " [{name: a, image: a}], volumes: [{name: v, emptyDir: {sizeLimit: \""
                  + text
                  + "\"}}]}}}");
      compare(null, pod, "tester", template, "&dryRun=All", differences);
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void random_writes_by_several_managers_end_as_predicted() {
    long seed = Long.getLong("sailplan.test.seed", 1);
    int steps = Integer.getInteger("sailplan.test.steps", 200);
    System.out.println("random writes: -Dsailplan.test.seed=" + seed);
    RandomWrites writes = new RandomWrites(server, seed);
    for (int i = 0; i < steps; i++) {
      writes.step();
    }
    assertThat(writes.differences()).as("seed " + seed).isEmpty();
    System.out.println(writes.summary());
  }

  private static List<Manifest> definitions(List<Manifest> objects) {
    return objects.stream().filter(o -> o.kind().equals("CustomResourceDefinition")).toList();
  }

  /** Controllers write as well: what they wrote between the look and the apply is no difference. */
  private static void compareAtRest(Manifest desired, KindShape shape, List<String> differences) {
    for (int attempt = 0; attempt < 50; attempt++) {
      Manifest live = server.find(shape, desired).orElse(null);
      Manifest sent =
          live == null
              ? desired
              : desired.with(
                  live.string("metadata", "resourceVersion"), "metadata", "resourceVersion");
      RealServer.Answer answer = server.apply(shape, sent, "tester", false, "");
      if (!answer.message().contains("the object has been modified")) {
        compare(answer, live, desired, "tester", shape, differences);
        return;
      }
    }
    differences.add(desired.key() + " never came to rest");
  }

  /** Applies really and in theory. */
  private static void compare(
      Manifest live,
      Manifest desired,
      String manager,
      KindShape shape,
      String more,
      List<String> differences) {
    compare(
        server.apply(shape, desired, manager, false, more),
        live,
        desired,
        manager,
        shape,
        differences);
  }

  private static void compare(
      RealServer.Answer answer,
      Manifest live,
      Manifest desired,
      String manager,
      KindShape shape,
      List<String> differences) {
    ApplyResult predicted =
        ServerSideApply.apply(ApplyRequest.of(live, desired, manager, shape, Instant.now()));
    for (String line : Differences.of(predicted, answer, shape)) {
      differences.add(desired.key() + ": " + line);
    }
  }
}
