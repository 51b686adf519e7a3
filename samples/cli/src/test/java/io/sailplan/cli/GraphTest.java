package io.sailplan.cli;

import static io.sailplan.cli.Sailing.data;
import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
  @Test
  void shows_what_needs_what_and_why() throws IOException {
    Sailing.Result result = sail("graph", "-f", file("shop"));

    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    Goldens.check("graph.txt", result.out());
  }

  @Test
  void writes_json_for_programs() throws IOException {
    Sailing.Result result = sail("graph", "-o", "json", "-f", file("shop"));

    assertThat(result.exit()).isZero();
    Goldens.check("graph.json", result.out());
    List<?> order = Trees.list(Json.readObject(result.out()).get("order"));
    assertThat(order.indexOf("Secret/db")).isLessThan(order.indexOf("Deployment/api"));
  }

  @Test
  void draws_for_mermaid_and_graphviz() throws IOException {
    Goldens.check("graph.mermaid", sail("graph", "--format", "mermaid", "-f", file("shop")).out());
    Goldens.check("graph.dot", sail("graph", "--format=dot", "-f", file("shop")).out());
  }

  @Test
  void orders_a_real_application_with_its_definitions_first() {
    Sailing.Result result =
        sail(
            "graph",
            "-o",
            "json",
            "-f",
            data("manifests/metallb.yaml").toString(),
            "-f",
            data("own/metallb-config.yaml").toString());

    List<?> order = Trees.list(Json.readObject(result.out()).get("order"));
    assertThat(order.indexOf("CustomResourceDefinition/ipaddresspools.metallb.io"))
        .isGreaterThanOrEqualTo(0)
        .isLessThan(order.indexOf("IPAddressPool/first-pool"));
  }

  @Test
  void tells_why_there_is_no_graph() {
    Sailing.Result result = sail("graph", "-f", file("broken/6-circle.yaml"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("error cycle:", "ConfigMap/hen", "ConfigMap/egg");
  }
}
