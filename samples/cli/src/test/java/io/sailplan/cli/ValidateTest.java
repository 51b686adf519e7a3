package io.sailplan.cli;

import static io.sailplan.cli.Sailing.data;
import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateTest {
  @TempDir Path folder;

  @Test
  void says_that_all_is_well() throws IOException {
    Sailing.Result result = sail("validate", "-f", file("shop"));

    assertThat(result.err()).isEmpty();
    Goldens.check("validate.txt", result.out());
    assertThat(result.exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-syntax",
        "2-types",
        "3-fields",
        "4-names",
        "5-duplicates",
        "6-circle",
        "7-dangling",
        "8-values",
        "9-together"
      })
  void names_every_mistake_with_its_place_and_a_way_out(String name) throws IOException {
    Sailing.Result result = sail("validate", "-f", file("broken/" + name + ".yaml"));

    Goldens.check("broken-" + name + ".txt", result.out());
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void names_the_mistakes_of_all_files_at_once() {
    String together = sail("validate", "-f", file("broken")).out();

    for (int i = 1; i <= 5; i++) {
      assertThat(together).contains(Path.of("broken", String.valueOf(i)).toString());
    }
  }

  @Test
  void writes_json_for_programs() {
    Sailing.Result result = sail("validate", "-o", "json", "-f", file("broken/2-types.yaml"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    var document = Json.readObject(result.out());
    assertThat(document).containsEntry("valid", false);
    assertThat(Trees.list(document.get("problems")))
        .allSatisfy(
            problem ->
                assertThat(Trees.object(problem))
                    .containsKeys("severity", "code", "source", "line", "column", "message", "hint")
                    .containsEntry("source", file("broken/2-types.yaml")));
  }

  @Test
  void refuses_what_is_too_large_unread() throws IOException {
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "# " + "x".repeat(10 << 20));

    Sailing.Result result = sail("validate", "-f", large.toString());

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).contains(large + ":1:1: error too-large:");
  }

  @Test
  void refuses_an_alias_bomb() throws IOException {
    StringBuilder bomb =
        new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\ndata:\n");
    bomb.append("  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("  a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    Path file = folder.resolve("bomb.yaml");
    Files.writeString(file, bomb.toString());

    Sailing.Result result = sail("validate", "-f", file.toString());

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).contains(file + ":", "error too-large:");
  }

  @Test
  void refuses_what_is_not_text() throws IOException {
    Path file = folder.resolve("picture.yaml");
    Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xff, 0});

    Sailing.Result result = sail("validate", "-f", file.toString());

    assertThat(result.out()).contains(file + ":2:2: error unreadable: this is not text in UTF-8");
    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void says_which_files_are_missing_and_which_folders_are_empty() {
    Sailing.Result result =
        sail("validate", "-f", folder.toString(), "-f", folder.resolve("no.yaml").toString());

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .contains(folder + ": error unreadable: the folder holds no manifests")
        .contains(folder.resolve("no.yaml") + ": error unreadable: there is no such file");
  }

  @Test
  void refuses_input_without_objects() {
    for (String text : List.of("", "# nothing\n---\n", "apiVersion: v1\nkind: List\nitems: []\n")) {
      for (String[] command :
          List.of(new String[] {"validate"}, new String[] {"plan", "--offline", "--app", "shop"})) {
        String[] all = java.util.Arrays.copyOf(command, command.length + 2);
        all[command.length] = "-f";
        all[command.length + 1] = "-";
        Sailing.Result result = new Sailing().stdin(text).run(all);

        assertThat(result.out() + result.err()).contains("the input holds no objects");
        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
      }
    }
  }

  @Test
  void names_an_unknown_kind_beside_other_mistakes_as_long_as_all_was_read() {
    Sailing.Result result =
        new Sailing()
            .stdin(
                """
                apiVersion: apps/v1
                kind: Deployement
                metadata: {name: web, annotations: {sailplan.io/depends-on: ConfigMap/gone}}
                """)
            .run("validate", "-f", "-");

    assertThat(result.out()).contains("dangling-reference", "unknown-kind", "\"Deployment\"");
  }

  @Test
  void reads_a_file_once_however_often_it_is_named() {
    Sailing.Result result =
        sail(
            "validate",
            "-f",
            file("shop"),
            "-f",
            file("shop/api.yaml"),
            "-f",
            file("shop/../shop/api.yaml"));

    assertThat(result.out()).isEqualTo(sail("validate", "-f", file("shop")).out());
  }

  @Test
  void reads_standard_input() {
    Sailing.Result result = new Sailing().stdin("kind: ConfigMap\n").run("validate", "-f", "-");

    assertThat(result.out()).contains("<stdin>:1:1: error missing-field:");
    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void knows_kinds_that_exist_already() {
    String config = data("own/metallb-config.yaml").toString();

    assertThat(sail("validate", "-f", config).exit()).isEqualTo(ExitCode.FAILED);
    assertThat(
            sail("validate", "-f", config, "--live", data("manifests/metallb.yaml").toString())
                .exit())
        .isZero();
  }

  @Test
  void finds_nothing_wrong_with_real_applications() {
    for (String name :
        List.of("cassandra", "guestbook", "ingress-nginx", "metallb", "online-boutique")) {
      Sailing.Result result =
          sail("validate", "-f", data("manifests/" + name + ".yaml").toString());

      assertThat(result.out()).as(name).doesNotContain("error ");
      assertThat(result.exit()).as(name).isZero();
    }
  }

  @Test
  void colours_when_asked_to() {
    String plain = sail("validate", "-f", file("broken/2-types.yaml")).out();
    Sailing terminal = new Sailing().onTerminal();

    assertThat(plain).doesNotContain("\u001b");
    assertThat(sail("validate", "--color", "always", "-f", file("broken/2-types.yaml")).out())
        .contains("\u001b[31merror\u001b[0m");
    assertThat(terminal.run("validate", "-f", file("broken/2-types.yaml")).out())
        .contains("\u001b[31merror\u001b[0m");
    assertThat(terminal.run("validate", "--color=never", "-f", file("broken/2-types.yaml")).out())
        .isEqualTo(plain);
    assertThat(
            terminal.with("NO_COLOR", "1").run("validate", "-f", file("broken/2-types.yaml")).out())
        .isEqualTo(plain);
  }

  @Test
  void says_nothing_of_a_secret() throws IOException {
    Path file = folder.resolve("secret.yaml");
    Files.writeString(
        file,
        "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n"
            + "data: {password: not base64 hunter2!}\nstringDta: {other: hunter3}\n",
        UTF_8);

    Sailing.Result result = sail("validate", "-f", file.toString());

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out() + result.err()).doesNotContain("hunter");
  }
}
