package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what people read about broken files with what was agreed on, {@code FILE.problems}. Run
 * with {@code -Dsailplan.golden.update=true} to write them anew, and read the difference.
 */
class BrokenInputTest {
  private static final Path FOLDER = Path.of("src/test/resources/broken-input");

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".problems"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void says_all_that_is_wrong_at_once(String file) throws IOException {
    ReadResult result =
        ManifestReader.standard().read(file, Files.readString(FOLDER.resolve(file)));

    String found =
        result.problems().stream()
            .map(Problem::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    Path agreed = FOLDER.resolve(file + ".problems");
    if (Boolean.getBoolean("sailplan.golden.update")) {
      Files.writeString(agreed, found);
    }
    assertThat(found).isEqualTo(Files.readString(agreed));
    assertThat(result.hasErrors()).isTrue();
  }
}
