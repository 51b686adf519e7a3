package io.sailplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what people read with files in {@code src/test/resources}. Run the tests with {@code
 * -Dsailplan.golden.update=true} to write them anew, and read the difference before committing it.
 */
public final class Goldens {
  private static final Path FOLDER = Path.of("src/test/resources");

  private Goldens() {}

  /** Checks that the file {@code name}, such as {@code plans/sample.txt}, holds {@code text}. */
  public static void check(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("sailplan.golden.update")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
