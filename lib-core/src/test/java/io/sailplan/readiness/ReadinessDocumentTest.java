package io.sailplan.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@code docs/readiness.md} says of each disputed case is what the library does. */
class ReadinessDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/readiness.md");

  @TestFactory
  List<DynamicTest> every_example_of_the_document_is_judged_as_it_says() throws IOException {
    List<String[]> rows =
        Files.readAllLines(DOCUMENT).stream()
            .map(line -> line.split(" \\| "))
            .filter(cells -> cells.length >= 3 && cells[1].startsWith("`{"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(30);
    return rows.stream()
        .map(
            cells ->
                DynamicTest.dynamicTest(
                    cells[0], () -> check(cells[1].replace("`", ""), cells[2].strip())))
        .toList();
  }

  private static void check(String example, String status) {
    Verdict verdict = Readiness.judge(object(example), ReadinessQuery.plain());
    assertThat(verdict.status()).as("%s", verdict).hasToString(status);
  }

  /** The object of generation 1, seen by its controller, unless the example says otherwise. */
  private static LiveObject object(String example) {
    Manifest manifest = Objects.live(example).manifest().with("x", "metadata", "name");
    if (manifest.get("metadata", "generation") == null) {
      manifest = manifest.with(1L, "metadata", "generation");
    }
    if (manifest.apiVersion().equals("apps/v1")
        && manifest.get("status", "observedGeneration") == null) {
      manifest = manifest.with(1L, "status", "observedGeneration");
    }
    return LiveObject.of(manifest);
  }
}
