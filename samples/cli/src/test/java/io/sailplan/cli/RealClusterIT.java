package io.sailplan.cli;

import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command on a real API server, which the script {@code -Dsailplan.test.controlPlane} starts.
 * Skipped without one, unless {@code -Dsailplan.test.clusterRequired=true}.
 */
@EnabledIf("isWanted")
class RealClusterIT {
  private static final String SCRIPT = System.getProperty("sailplan.test.controlPlane", "");

  @TempDir static Path plane;
  @TempDir Path folder;

  private static String kubeconfig = "";

  static boolean isWanted() {
    return !SCRIPT.isEmpty() || Boolean.getBoolean("sailplan.test.clusterRequired");
  }

  @BeforeAll
  static void start() throws Exception {
    assertThat(SCRIPT).as("-Dsailplan.test.controlPlane").isNotEmpty();
    List<String> lines = script(SCRIPT);
    kubeconfig = lines.get(lines.size() - 1);
  }

  @AfterAll
  static void stop() throws Exception {
    script(Path.of(SCRIPT).resolveSibling("stop").toString());
  }

  @Test
  void applies_finds_nothing_left_to_do_changes_one_image_and_deletes() throws IOException {
    String[] first = {"--kubeconfig", kubeconfig, "-f", file("shop"), "--app", "shop"};
    Sailing.Result applied = sail(line("apply", first));
    assertThat(applied.exit()).as(applied.out() + applied.err()).isZero();
    assertThat(applied.out()).contains("Deployment/api  ready", "Done in ");

    Sailing.Result again = sail(line("plan", first));
    assertThat(again.out()).contains("Nothing to do");
    assertThat(again.exit()).isZero();

    Path next = folder.resolve("next");
    Files.createDirectory(next);
    for (String name : List.of("api.yaml", "more/config.yml", "more/db.json")) {
      String text = Files.readString(Path.of(file("shop/" + name)));
      Files.writeString(
          next.resolve(name.replace('/', '-')), text.replace("image: api:1", "image: api:2"));
    }
    String[] second = {"--kubeconfig", kubeconfig, "-f", next.toString(), "--app", "shop"};
    Sailing.Result changed = sail(line("plan", second));
    assertThat(changed.out()).contains("\"api:1\" → \"api:2\"", "1 to change");
    assertThat(changed.exit()).isEqualTo(ExitCode.PENDING);

    Sailing.Result deleted = sail("delete", "--kubeconfig", kubeconfig, "--app", "shop");
    assertThat(deleted.exit()).as(deleted.out() + deleted.err()).isZero();
    assertThat(deleted.out()).contains("Deployment/api  gone", "Secret/db  gone");
  }

  @Test
  void tells_the_outcome_when_the_process_is_asked_to_end() throws Exception {
    Path never = folder.resolve("never.yaml");
    Files.writeString(
        never,
        Files.readString(Path.of(file("crash.yaml")))
            .replace("crash-loop", "never-ready")
            .replace("crashing", "never"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "sailplan.jar").toString(),
                "apply",
                "--kubeconfig",
                kubeconfig,
                "-f",
                never.toString())
            .redirectErrorStream(true)
            .start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.append(line).append('\n');
        if (line.contains("Deployment/never  waiting")) {
          process.toHandle().destroy(); // SIGTERM; Process.destroy would close the pipe, too
        }
      }
    }

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said).contains("Deployment/never  cancelled", "Cancelled in ");
    assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
  }

  private static String[] line(String command, String... options) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(options));
    return line.toArray(new String[0]);
  }

  private static List<String> script(String script) throws Exception {
    Process process =
        new ProcessBuilder(script, plane.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor()).as("%s %s", script, plane).isZero();
      return lines;
    }
  }
}
