package io.sailplan.cli;

import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
  @Test
  void deploys_what_is_declared_and_says_that_all_is_well() {
    Sailing.Result result = sail("watch", "--embedded", "-f", file("shop"));
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("default/shop: acting, because of: declared")
        .contains("Deployment/api")
        .contains("default/shop: done")
        .endsWith("default/shop: as declared\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void writes_one_json_document_a_line() {
    Sailing.Result result =
        sail("watch", "--embedded", "-o", "json", "--for", "2h", "-f", file("shop"));
    List<String> lines = result.out().lines().toList();
    assertThat(lines)
        .extracting(line -> Json.readObject(line).get("finding"))
        .containsExactly("acting", "acted", "settled");
    assertThat(result.exit()).isZero();
  }

  @Test
  void fails_if_all_is_not_as_declared_in_the_end() {
    Sailing.Result result = sail("watch", "--embedded", "--for", "0s", "-f", file("shop"));
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void wants_a_cluster_and_sensible_times() {
    assertThat(sail("watch", "-f", file("shop")).err()).contains("there is no kubeconfig");
    assertThat(sail("watch", "--embedded", "--resync", "0s", "-f", file("shop")).err())
        .contains("--resync must not be zero");
    assertThat(sail("watch", "--embedded", "--drift", "ignore", "-f", file("shop")).exit())
        .isEqualTo(64);
    assertThat(
            sail("watch", "--embedded", "--drift", "report", "--debounce", "0s", "-f", file("shop"))
                .exit())
        .isZero();
  }
}
