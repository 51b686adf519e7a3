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
                  Manifest live = server.find(shape, object).orElse(null);
                  compare(live, object, "tester", shape, "", differences);
                }
              }
            });
    assertThat(differences).isEmpty();
  }

  private static List<Manifest> definitions(List<Manifest> objects) {
    return objects.stream().filter(o -> o.kind().equals("CustomResourceDefinition")).toList();
  }

  /** Applies really and in theory. */
  private static void compare(
      Manifest live,
      Manifest desired,
      String manager,
      KindShape shape,
      String more,
      List<String> differences) {
    RealServer.Answer answer = server.apply(shape, desired, manager, false, more);
    ApplyResult predicted =
        ServerSideApply.apply(ApplyRequest.of(live, desired, manager, shape, Instant.now()));
    for (String line : Differences.of(predicted, answer, shape)) {
      differences.add(desired.key() + ": " + line);
    }
  }
}
