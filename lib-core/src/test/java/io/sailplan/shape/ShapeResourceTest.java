package io.sailplan.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checked-in shapes are those of the OpenAPI documents. */
class ShapeResourceTest {

  @Test
  void the_shapes_are_generated_from_the_documents() throws IOException {
    Path checkout = Path.of("").toAbsolutePath();
    if (!Files.exists(checkout.resolve(ShapeResourceGenerator.RESOURCE))) {
      checkout = checkout.getParent();
    }
    Path openApi =
        Path.of(System.getProperty("sailplan.data", checkout.resolve("../shared/data").toString()))
            .resolve("openapi");
    boolean present = Files.isDirectory(openApi);
    if (!present) {
      System.err.println("SKIPPED: no OpenAPI documents in " + openApi + "; set -Dsailplan.data");
    }
    assumeTrue(present, "no OpenAPI documents; set -Dsailplan.data");
    Path resource = checkout.resolve(ShapeResourceGenerator.RESOURCE);
    String generated = ShapeResourceGenerator.generate(openApi);
    if (Boolean.getBoolean("sailplan.update")) {
      Files.writeString(resource, generated);
    }
    assertThat(generated.equals(Files.readString(resource)))
        .as("run .ci/generate-shapes and look at the difference")
        .isTrue();
  }
}
