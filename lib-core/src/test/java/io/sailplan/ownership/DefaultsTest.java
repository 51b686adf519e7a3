package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The checked-in defaults are those of the server. */
@EnabledIf("io.sailplan.ownership.RealServer#isGiven")
class DefaultsTest {

  @Test
  void the_defaults_are_learned_from_the_server() throws IOException {
    Path checkout = Path.of("").toAbsolutePath();
    Path resource =
        (checkout.endsWith("lib-core") ? checkout.getParent() : checkout)
            .resolve(DefaultsLearner.RESOURCE);
    String learned = DefaultsLearner.learn();
    if (Boolean.getBoolean("sailplan.learn")) {
      Files.writeString(resource, learned);
    }
    assertThat(learned).isEqualTo(Files.readString(resource));
  }
}
