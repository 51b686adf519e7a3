package io.sailplan.cli;

import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void applies_and_tells_each_event_on_a_line_of_its_own() throws IOException {
    Sailing.Result result = sail("apply", "--embedded", "-f", file("shop"));

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .doesNotContain("\u001b")
        .contains("Deployment/api  created\n", "Deployment/api  ready\n");
    assertThat(result.out().lines().reduce((first, last) -> last))
        .hasValueSatisfying(last -> assertThat(last).startsWith("Done in "));
    assertThat(result.exit()).isZero();
  }

  @Test
  void rewrites_a_table_in_place_on_a_terminal() {
    Sailing.Result result =
        new Sailing()
            .onTerminal()
            .run("apply", "--embedded", "--color", "never", "-f", file("shop"));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("A\r\u001b[J", "✔ Deployment/api", "objects done");
    String afterTheTable = result.out().substring(result.out().lastIndexOf("\u001b[J") + 3);
    assertThat(afterTheTable).startsWith("Done in ");
  }

  @Test
  void writes_one_json_document_and_keeps_the_rest_out_of_it() {
    Sailing.Result result = sail("apply", "--embedded", "-o", "json", "-f", file("shop"));

    assertThat(result.exit()).isZero();
    assertThat(Json.readObject(result.out()))
        .containsEntry("operation", "deploy")
        .containsEntry("success", true)
        .containsEntry("cancelled", false);
    assertThat(result.err()).contains("Deployment/api  ready");
  }

  @Test
  void says_that_nothing_is_there_to_delete() {
    Sailing.Result result = sail("delete", "--embedded", "--app", "shop");

    assertThat(result.out()).contains("Nothing to do");
    assertThat(result.exit()).isZero();
  }

  @Test
  void refuses_what_the_policy_does_not_allow_before_anything_is_sent() {
    Sailing.Result result =
        sail(
            "apply",
            "--embedded",
            "-n",
            "metallb-system",
            "-f",
            Sailing.data("manifests/metallb.yaml").toString());

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("refused home-is-member:", "move-home: ");
  }

  @Test
  void tells_why_a_run_failed() throws IOException {
    Sailing.Result result =
        sail("apply", "--embedded", "--timeout", "30s", "-f", file("crash.yaml"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).contains("container app keeps crashing", "exit code 1", "Failed in ");
    assertThat(result.out() + result.err()).doesNotContain("Exception");
  }

  @Test
  void watches_for_interrupts_only_while_it_runs() {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger watches = new AtomicInteger();

    new Sailing()
        .interrupts(
            cancel -> {
              watches.incrementAndGet();
              open.incrementAndGet();
              return open::decrementAndGet;
            })
        .run("apply", "--embedded", "-f", file("shop"));

    assertThat(watches).hasValue(1);
    assertThat(open).hasValue(0);
  }

  @Test
  void ends_early_when_cancelled_and_says_what_was_done() {
    Sailing.Result result =
        new Sailing()
            .interrupts(
                cancel -> {
                  cancel.run();
                  return () -> {};
                })
            .run("apply", "--embedded", "-f", file("shop"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("press Ctrl-C again");
    assertThat(result.out()).contains("Cancelled in ").doesNotContain("Deployment/api  created");
  }

  @Test
  void cannot_reach_a_cluster_without_a_trace() {
    Sailing.Result result =
        sail("apply", "--kubeconfig", "/nowhere/kubeconfig", "-f", file("shop"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("sailplan: ").doesNotContain("Exception", "\tat ");
  }
}
