package io.sailplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurityTest {
  @TempDir Path folder;

  @Test
  void a_plan_without_expressions_loads_no_class_of_the_expression_language() throws Exception {
    assertThat(loadedBy()).isNotEmpty().noneMatch(PurityTest::isOfExpressions);
  }

  @Test
  void such_a_class_would_be_noticed() throws Exception {
    assertThat(loadedBy("dev.cel.Loaded")).anyMatch(PurityTest::isOfExpressions);
  }

  private static boolean isOfExpressions(String className) {
    return className.startsWith("dev.cel.") || className.startsWith("com.google.protobuf.");
  }

  /** Returns the classes that a JVM of its own loads for one plan. */
  private List<String> loadedBy(String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:file=" + log,
                    "-cp",
                    System.getProperty("java.class.path"),
                    PlansOnce.class.getName()),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("planned 4 steps");
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst(" .*", ""))
        .toList();
  }
}
