package io.sailplan.cli;

import static io.sailplan.cli.Sailing.data;
import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir Path folder;

  @Test
  void shows_what_would_happen_where_nothing_exists() throws IOException {
    Sailing.Result result = sail("plan", "--offline", "-f", file("shop"));

    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isEqualTo(ExitCode.PENDING);
    Goldens.check("plan.txt", result.out());
  }

  @Test
  void never_shows_a_secret() {
    for (String format : new String[] {"text", "json"}) {
      Sailing.Result result = sail("plan", "--offline", "-o", format, "-f", file("shop"));

      assertThat(result.out() + result.err())
          .contains("Secret/db")
          .doesNotContain("do-not-show-this")
          .doesNotContain("ZG8tbm90LXNob3ctdGhpcw");
    }
  }

  @Test
  void writes_a_page_and_a_comment_beside_the_text() throws IOException {
    Path html = folder.resolve("plan.html");
    Path markdown = folder.resolve("plan.md");
    Sailing.Result result =
        sail(
            "plan",
            "--offline",
            "-f",
            file("shop"),
            "--html",
            html.toString(),
            "--markdown",
            markdown.toString());

    assertThat(result.out()).startsWith("Plan: ");
    assertThat(Files.readString(html)).startsWith("<!doctype html>").contains("Secret/db", "<svg");
    assertThat(Files.readString(markdown)).startsWith("### Plan: ").contains("Secret/db");
    for (Path file : new Path[] {html, markdown}) {
      assertThat(Files.readString(file)).doesNotContain("do-not-show-this", "ZG8tbm90LXNob3ct");
    }
  }

  @Test
  void says_where_it_cannot_write() {
    Path file = folder.resolve("missing").resolve("plan.html");

    assertThat(sail("plan", "--offline", "-f", file("shop"), "--html", file.toString()).err())
        .contains(file + " cannot be written");
  }

  @Test
  void writes_json_for_programs() {
    Sailing.Result result = sail("plan", "--offline", "-o", "json", "-f", file("shop"));

    assertThat(result.exit()).isEqualTo(ExitCode.PENDING);
    assertThat(Json.readObject(result.out()))
        .containsEntry("operation", "deploy")
        .containsEntry("empty", false);
  }

  @Test
  void names_the_application_after_the_first_path_unless_told() {
    assertThat(sail("plan", "--offline", "-f", file("shop")).out())
        .startsWith("Plan: deploy default/shop\n");
    assertThat(sail("plan", "--offline", "-f", file("shop"), "--app", "store", "-n", "eu").out())
        .startsWith("Plan: deploy eu/store\n");
    assertThat(
            sail(
                    "plan",
                    "--offline",
                    "-f",
                    data("own/metallb-config.yaml").toString(),
                    "-f",
                    data("manifests/metallb.yaml").toString())
                .out())
        .startsWith("Plan: deploy default/metallb\n");
  }

  @Test
  void plans_against_a_simulated_cluster() {
    Sailing.Result result = sail("plan", "--embedded", "-n", "shops", "-f", file("shop"));

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("Plan: deploy shops/shop\n");
    assertThat(result.exit()).isEqualTo(ExitCode.PENDING);
  }

  @Test
  void says_how_to_prune_more_or_nothing() throws IOException {
    Path live = folder.resolve("live.yaml");
    String member =
        "apiVersion: v1\nkind: ConfigMap\n"
            + "metadata: {name: %s, namespace: default, uid: u-%s, resourceVersion: '7',"
            + " labels: {applyset.kubernetes.io/part-of: "
            + new Membership("default", "config").id()
            + "}}\n---\n";
    Files.writeString(live, member.formatted("a", "a") + member.formatted("b", "b"));
    String[] plan = {"plan", "--live", live.toString(), "-f", file("shop/more/config.yml")};

    Sailing.Result refused = sail(plan);
    assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err())
        .contains("refused prunes-too-much: 2 of the 2 members of default/config would be deleted")
        .contains("(--prune all, or a bound such as --prune 50,80%)", "(--prune none)");

    assertThat(sail(with(plan, "--prune", "2")).out()).contains("2 to delete");
    assertThat(sail(with(plan, "--prune", "1,100%")).err()).contains("at most 1");
    assertThat(sail(with(plan, "--prune", "99%")).err()).contains("at most 99 %");
    assertThat(sail(with(plan, "--prune", "none")).out()).contains("undeclared-member");
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void plans_against_objects_in_a_file() throws IOException {
    Path live = folder.resolve("live.yaml");
    Files.writeString(
        live,
        "apiVersion: v1\nkind: ConfigMap\n"
            + "metadata: {name: settings, namespace: default, uid: u, resourceVersion: '7'}\n"
            + "data: {CURRENCY: USD}\n");

    Sailing.Result refused =
        sail("plan", "--live", live.toString(), "-f", file("shop/more/config.yml"));
    Sailing.Result adopted =
        sail(
            "plan",
            "--live",
            live.toString(),
            "-f",
            file("shop/more/config.yml"),
            "--adopt",
            "unowned",
            "--force-conflicts");

    assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("ConfigMap/settings: refused foreign-object:", "(--adopt unowned)")
        .contains("ConfigMap/settings: refused field-conflict:", "(--force-conflicts)")
        .contains("2 refusals")
        .contains("kubectl get --show-managed-fields");
    assertThat(adopted.exit()).isEqualTo(ExitCode.PENDING);
    assertThat(adopted.out()).contains("\"USD\" → \"EUR\"");
  }

  @Test
  void writes_refusals_as_json_as_well() throws IOException {
    Path live = folder.resolve("live.yaml");
    Files.writeString(
        live,
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default, uid: u}\n");

    Sailing.Result result =
        sail("plan", "-o", "json", "--live", live.toString(), "-f", file("shop/more/config.yml"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(Json.readObject(result.out()))
        .containsEntry("format", "sailplan.io/failure/v0-experimental")
        .containsKey("refusals");
  }

  @Test
  void ends_with_zero_if_there_is_nothing_to_do() {
    Sailing.Result result = sail("plan", "--offline", "--delete", "-f", file("shop"));

    assertThat(result.out()).contains("Nothing to do");
    assertThat(result.exit()).isZero();
  }

  @Test
  void tells_all_mistakes_in_the_input() {
    Sailing.Result result = sail("plan", "--offline", "-f", file("broken"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("1-syntax.yaml:", "2-types.yaml:", "3-fields.yaml:", "errors")
        .doesNotContain("Exception");
  }

  @Test
  void the_server_is_asked_by_dry_runs_on_request() {
    Sailing.Result result =
        sail("plan", "--embedded", "--confirm", "-o", "json", "-f", file("shop"));
    assertThat(result.exit()).isEqualTo(ExitCode.PENDING);
    assertThat(result.out()).contains("\"kind\": \"confirmed\"").doesNotContain("\"proven\"");
  }

  @Test
  void without_a_cluster_there_is_nobody_to_ask() {
    Sailing.Result result = sail("plan", "--offline", "--confirm", "-f", file("shop"));
    assertThat(result.exit()).isEqualTo(ExitCode.MISUSE);
    assertThat(result.err()).contains("--confirm asks a cluster");
  }
}
