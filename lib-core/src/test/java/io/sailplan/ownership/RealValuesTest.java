package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.shape.ShapeCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What real applications declare is right. */
class RealValuesTest {
  static boolean isGiven() {
    return java.nio.file.Files.isDirectory(Seeds.applications());
  }

  @Test
  @EnabledIf("isGiven")
  void real_applications_hold_no_mistake() {
    Seeds.ofApplications()
        .forEach(
            (name, objects) -> {
              List<Manifest> definitions =
                  objects.stream()
                      .filter(object -> object.kind().equals("CustomResourceDefinition"))
                      .toList();
              ShapeCatalog shapes = ShapeCatalog.builtIn().withCustomResources(definitions);
              assertThat(shapes.problems()).as(name).isEmpty();
              for (Manifest object : objects) {
                assertThat(ShapeValidator.validate(object, shapes.find(object).orElseThrow()))
                    .as(name + " " + object.key())
                    .isEmpty();
              }
            });
  }
}
