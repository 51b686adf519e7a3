package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What failed deployments on the simulated cluster tell, word by word in {@code
 * src/test/resources/diagnoses}. {@code -Dsailplan.golden.update=true} writes these files anew:
 * read the difference before committing it.
 */
class SimulatedDiagnosisTest extends DiagnosisContract {
  private static final Path FOLDER = Path.of("src/test/resources/diagnoses");

  @Override
  protected ClusterUnderTest clusterUnderTest() {
    return ClusterUnderTest.simulated(SimulatedCluster.create());
  }

  @Override
  protected void told(String sentence, String text) {
    Path file = FOLDER.resolve(sentence.replace(' ', '-') + ".txt");
    try {
      if (Boolean.getBoolean("sailplan.golden.update")) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, text);
      }
      assertThat(text).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
