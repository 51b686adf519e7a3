package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealManifestsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("sailplan.data", "../../shared/data"), "manifests");

  @BeforeEach
  void needs_the_manifests() {
    boolean present = Files.isDirectory(FOLDER);
    if (!present) {
      System.err.println("SKIPPED: no manifests in " + FOLDER + "; set -Dsailplan.data");
    }
    assumeTrue(present, "no manifests; set -Dsailplan.data");
  }

  @ParameterizedTest
  @CsvSource({
    "cassandra, 3",
    "guestbook, 6",
    "ingress-nginx, 19",
    "metallb, 26",
    "online-boutique, 35"
  })
  void reads_all_objects_without_a_problem(String name, int objects) throws IOException {
    ApplicationReadResult result =
        ApplicationReader.named(name).add(name + ".yaml", text(name)).read();

    assertThat(result.problems()).isEmpty();
    assertThat(result.orThrow().resources()).hasSize(objects);
  }

  @Test
  void reads_a_megabyte_in_no_time() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < 1 << 20) {
      text.append(text("online-boutique")).append("\n---\n");
    }

    ThreadMXBean cpu = ManagementFactory.getThreadMXBean(); // other programs do not count
    long start = cpu.getCurrentThreadCpuTime();
    ReadResult result = ManifestReader.standard().read("many.yaml", text.toString());
    Duration taken = Duration.ofNanos(cpu.getCurrentThreadCpuTime() - start);

    assertThat(result.problems()).isEmpty();
    assertThat(result.resources()).hasSizeGreaterThan(1_000);
    System.out.println("RealManifestsTest: 1 MiB of YAML in " + taken.toMillis() + " ms");
    assertThat(taken).isLessThan(Duration.ofSeconds(2));
  }

  private static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name + ".yaml"));
  }
}
