package io.sailplan.k8s.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.k8s.ControlPlane;
import io.sailplan.k8s.RealCluster;
import io.sailplan.k8s.differential.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a plan says of each field is what the API server does, for every kind that it lets patch.
 *
 * <p>{@code -Dsailplan.plan.cases=10000} tries more cases, {@code -Dsailplan.plan.seed} others,
 * {@code -Dsailplan.plan.case} only one of them. The whole report is left in {@code
 * target/differential}.
 */
@ExtendWith(RealCluster.class)
class DifferentialIT {
  private static final long SEED = Long.getLong("sailplan.plan.seed", 1);
  private static final int CASES = Integer.getInteger("sailplan.plan.cases", 1000);
  private static final int ONLY = Integer.getInteger("sailplan.plan.case", -1);

  @Test
  void what_a_plan_says_of_each_field_is_what_the_server_does() throws IOException {
    System.out.println("plans compared with a server: -Dsailplan.plan.seed=" + SEED);
    Tally tally;
    try (ControlPlane plane = RealCluster.fresh();
        Server server = new Server(plane)) {
      Cases cases = new Cases(server, SEED);
      assertThat(cases.missing()).as("kinds without a starting object").isEmpty();
      tally =
          cases.run(
              ONLY >= 0
                  ? IntStream.of(ONLY).boxed().toList()
                  : IntStream.range(0, CASES).boxed().toList());
    }
    Path folder = Files.createDirectories(Path.of("target", "differential"));
    Files.writeString(folder.resolve("report.md"), tally.report());
    Files.writeString(folder.resolve("details.txt"), tally.details());
    System.out.println(tally.report());

    assertThat(tally.findings(Verdict.BROKEN)).isEmpty();
    assertThat(tally.contradictions(SEED)).isEmpty();
    assertThat(tally.provenShare())
        .as("share of proven changes without conversion")
        .isGreaterThanOrEqualTo(0.99);
    assertThat(tally.findings(Verdict.NEEDLESS).size())
        .isLessThanOrEqualTo((int) (tally.predictedChanges() * 0.005));
  }
}
