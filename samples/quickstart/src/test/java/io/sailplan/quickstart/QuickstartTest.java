package io.sailplan.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.testing.SimulatedCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {
  @Test
  void deploys_finds_nothing_left_to_do_and_rolls_out_one_image() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SimulatedCluster cluster = SimulatedCluster.create()) {
      new Quickstart(cluster, new PrintStream(bytes, true, StandardCharsets.UTF_8)).run();
    }
    String[] parts = bytes.toString(StandardCharsets.UTF_8).split("=== ");
    assertThat(parts).hasSize(4);

    assertThat(parts[1])
        .contains("+ Secret/db", "+ StatefulSet/db", "+ Job/migrate-8", "+ Deployment/web")
        .containsSubsequence(
            "✔ create Secret/db",
            "✔ await StatefulSet/db",
            "✔ create Job/migrate-8",
            "✔ await Job/migrate-8",
            "✔ await Deployment/api",
            "✔ await Deployment/web",
            "Done after ")
        .doesNotContain("not-a-real-password");

    assertThat(parts[2]).contains("Nothing to do: ").doesNotContain("✔");

    assertThat(parts[3])
        .contains("shop/web:2.7.1\" → \"shop/web:2.8.0\"")
        .contains("1 to change", "1 to become ready", "✔ await Deployment/web", "Done after ")
        .doesNotContain("✔ apply Deployment/api");
  }
}
