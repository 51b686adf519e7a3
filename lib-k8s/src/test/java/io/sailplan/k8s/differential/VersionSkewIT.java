package io.sailplan.k8s.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sailplan.k8s.ControlPlane;
import io.sailplan.k8s.RealCluster;
import io.sailplan.k8s.differential.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a server of another version than that of the built-in structures nothing is proven by them,
 * and what is proven is so all the same.
 *
 * <p>{@code -Dsailplan.skew.version} names another one that the server can emulate, {@code
 * -Dsailplan.skew.cases} tries more cases. The report is left in {@code target/skew}.
 */
@ExtendWith(RealCluster.class)
class VersionSkewIT {
  private static final String VERSION =
      System.getProperty("sailplan.skew.version", RecordedDocuments.VERSION);
  private static final long SEED = Long.getLong("sailplan.plan.seed", 1);
  private static final int CASES = Integer.getInteger("sailplan.skew.cases", 260);

  @Test
  void what_another_version_describes_otherwise_is_only_assumed() throws IOException {
    System.out.println("plans compared with " + VERSION + ": -Dsailplan.plan.seed=" + SEED);
    Optional<ControlPlane> older = RealCluster.emulating(VERSION);
    assumeTrue(older.isPresent(), "a server has to be started: -Dsailplan.test.controlPlane");
    Tally tally;
    try (ControlPlane plane = older.get();
        Server server = new Server(plane)) {
      if (VERSION.equals(RecordedDocuments.VERSION)) {
        assertThat(server.documents()).containsAllEntriesOf(RecordedDocuments.hashes());
      }
      Cases cases = new Cases(server, SEED);
      assertThat(cases.missing()).as("kinds without a starting object").isEmpty();
      tally = cases.run(IntStream.range(0, CASES).boxed().toList());
    }
    Path folder = Files.createDirectories(Path.of("target", "skew"));
    Files.writeString(folder.resolve("report.md"), tally.report());
    Files.writeString(folder.resolve("details.txt"), tally.details());

    assertThat(tally.findings(Verdict.BROKEN)).isEmpty();
    assertThat(tally.changes(true))
        .isNotEmpty()
        .allSatisfy(
            change -> {
              assertThat(change.certainty()).isEqualTo("Assumed");
              assertThat(change.reason()).contains("publishes another structure of");
            });
    assertThat(tally.changes(false))
        .as("custom kinds describe themselves")
        .isNotEmpty()
        .allSatisfy(change -> assertThat(change.certainty()).isEqualTo("Proven"));
    assertThat(tally.findings(Verdict.CONTRADICTED)).as("seed " + SEED).isEmpty();
  }
}
