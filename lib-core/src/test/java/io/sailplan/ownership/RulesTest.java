package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.shape.ValueLearner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The checked-in rules for values are those of the server. To learn them takes minutes, so they are
 * only sampled unless {@code sailplan.learn} asks for more.
 */
@EnabledIf("io.sailplan.ownership.RealServer#isGiven")
class RulesTest {
  private static final String RESOURCE = "src/main/resources/io/sailplan/shape/rules.txt";

  @Test
  void no_rule_contradicts_the_server() throws IOException {
    List<Manifest> seeds = new ArrayList<>(Seeds.all());
    seeds.addAll(Seeds.resource("value-seeds.yaml"));
    try (RealServer server = RealServer.connect()) {
      server.createNamespace("seeds");
      ValueObserver observer = new ValueObserver(server);
      if (Boolean.getBoolean("sailplan.learn")) {
        Files.writeString(Path.of(RESOURCE), ValueLearner.rules(observer.observe(seeds)));
      } else {
        assertThat(observer.contradictions(seeds)).isEmpty();
      }
    }
  }
}
