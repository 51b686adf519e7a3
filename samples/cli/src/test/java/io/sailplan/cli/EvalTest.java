package io.sailplan.cli;

import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalTest {
  @TempDir Path folder;

  @Test
  void prints_the_value_its_type_and_what_is_read() throws IOException {
    Sailing.Result result = sail("eval", "--bind", "web=" + deployment(), "web.spec.replicas + 1");

    assertThat(result.out()).isEqualTo("4\ntype: integer\nreads: web.spec.replicas\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void takes_text_with_expressions() throws IOException {
    assertThat(sail("eval", "--bind", "web=" + deployment(), "${web.metadata.name}-x").out())
        .startsWith("\"web-x\"\n");
  }

  @Test
  void says_what_is_wrong_and_what_was_meant() throws IOException {
    Sailing.Result result = sail("eval", "--bind", "web=" + deployment(), "web.spec.replicsa");

    assertThat(result.err()).contains("replicsa", "replicas");
    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void shows_nothing_that_was_made_from_a_secret() throws IOException {
    Path secret = folder.resolve("secret.yaml");
    Files.writeString(
        secret,
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: db}
        data: {password: aHVudGVyMg==}
        """);

    for (String format : new String[] {"text", "json"}) {
      String out =
          sail("eval", "-o", format, "--bind", "db=" + secret, "string(db.data.password)").out();
      assertThat(out).contains("secret").doesNotContain("hunter2", "aHVudGVyMg");
    }
  }

  @Test
  void refuses_a_name_that_no_expression_can_hold() throws IOException {
    assertThat(sail("eval", "--bind", "a-b=" + deployment(), "1").exit()).isEqualTo(64);
  }

  private Path deployment() throws IOException {
    Path file = folder.resolve("web.yaml");
    Files.writeString(
        file,
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "web:1"}]}
        """);
    return file;
  }
}
