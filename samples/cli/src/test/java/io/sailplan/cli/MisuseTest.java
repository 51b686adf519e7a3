package io.sailplan.cli;

import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisuseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pln -f x",
        "plan",
        "plan -f",
        "plan --filenam x",
        "plan -o xml -f x",
        "plan --color sometimes -f x",
        "plan --offline --embedded -f x",
        "plan --offline --context c -f x",
        "plan --live - -f -",
        "plan --offline --delete-kinds Pod -f x",
        "plan --offline --timeout soon -f x",
        "plan --offline --adopt some -f x",
        "plan --offline --prune some -f x",
        "plan --offline --prune 20,500% -f x",
        "plan -f x unexpected",
        "graph --format dot -o json -f x",
        "graph --format svg -f x",
        "apply --embedded",
        "apply --embedded --context c -f x",
        "apply --embedded --log-lines -1 -f x",
        "apply --embedded --log-lines many -f x",
        "apply --live x -f x",
        "delete --embedded",
        "ready",
        "validate"
      })
  void is_told_with_a_way_to_help(String line) {
    Sailing.Result result = sail(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(result.exit()).isEqualTo(ExitCode.MISUSE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("sailplan: ").contains("--help").doesNotContain("\tat ");
  }

  @Test
  void of_a_cluster_that_is_not_there_names_the_choices() {
    assertThat(sail("plan", "-f", file("shop")).err())
        .contains("--kubeconfig", "--live", "--offline", "--embedded");
    assertThat(sail("apply", "-f", file("shop")).err()).contains("--kubeconfig", "--embedded");
  }

  @Test
  void suggests_what_was_meant() {
    assertThat(sail("plna", "-f", "x").err()).contains("plan");
    assertThat(sail("plan", "--offlin", "-f", "x").err()).contains("--offline");
  }

  @Test
  void of_json_on_a_terminal_is_told_since_nobody_could_ask() {
    Sailing.Result result =
        new Sailing()
            .onTerminal()
            .with("KUBECONFIG", "/nowhere/config")
            .run("apply", "-o", "json", "-f", file("shop"));

    assertThat(result.exit()).isEqualTo(ExitCode.MISUSE);
    assertThat(result.err()).contains("--yes");
  }

  @Test
  void is_not_to_ask_for_help() {
    for (String[] line :
        new String[][] {{"--help"}, {"help"}, {"help", "plan"}, {"plan", "--help"}, {"-h"}}) {
      Sailing.Result result = sail(line);

      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("Usage: sailplan");
      assertThat(result.err()).isEmpty();
    }
    assertThat(sail("--version").out()).startsWith("sailplan ");
  }
}
