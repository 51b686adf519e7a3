package io.sailplan.cli;

import static io.sailplan.cli.Sailing.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one runnable jar, in a JVM of its own. */
class ShadedJarIT {
  @TempDir Path folder;

  @Test
  void helps() throws Exception {
    Sailing.Result result = java("--help");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Usage: sailplan", "validate", "apply");
    assertThat(result.exit()).isZero();
  }

  @Test
  void tells_its_version() throws Exception {
    assertThat(java("--version").out()).matches("sailplan [0-9].*\\R");
  }

  @Test
  void prints_the_same_as_in_this_process() throws Exception {
    for (String[] line :
        new String[][] {
          {"validate", "-f", file("shop")},
          {"validate", "-f", file("broken")},
          {"graph", "-o", "json", "-f", file("shop")},
          {"plan", "--offline", "-f", file("shop")},
          {"ready", "-o", "json", "-f", file("live/objects.yaml")},
          {"apply", "--embedded"},
        }) {
      assertThat(java(line)).as(String.join(" ", line)).isEqualTo(Sailing.sail(line));
    }
  }

  @Test
  void applies_to_a_simulated_cluster() throws Exception {
    Sailing.Result result = java("apply", "--embedded", "-f", file("shop"));

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Deployment/api  ready", "Done in ");
    assertThat(result.exit()).isZero();
  }

  @Test
  void cannot_reach_a_cluster_without_a_trace() throws Exception {
    Path kubeconfig = folder.resolve("config");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: k, user: u}}]
        clusters: [{name: k, cluster: {server: "http://127.0.0.1:1"}}]
        users: [{name: u, user: {token: not-a-token}}]
        """);

    Sailing.Result result = java("plan", "--kubeconfig", kubeconfig.toString(), "-f", file("shop"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).startsWith("sailplan: ").doesNotContain("\tat ", "java.", "SLF4J");
  }

  private Sailing.Result java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(Path.of("target", "sailplan.jar").toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("KUBECONFIG");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("HOME", "/nowhere");
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
    return new Sailing.Result(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
