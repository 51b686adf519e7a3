package io.sailplan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ApiResources;
import io.sailplan.model.ManifestReader;
import io.sailplan.plan.Plan;
import io.sailplan.planning.PlanRequest;
import io.sailplan.shape.ShapeCatalog;
import org.junit.jupiter.api.Test;

/** What is measured is what the report says. */
class FleetTest {
  private static final Fleet FLEET = Fleet.of(100);

  @Test
  void it_has_three_edges_for_each_object() {
    ResourceGraph graph =
        ResourceGraph.compile(
                FLEET.application(), ApiResources.of(ShapeCatalog.builtIn().apiResources()))
            .graph()
            .orElseThrow();
    assertThat(graph.edges()).hasSize(3 * FLEET.application().resources().size());
  }

  @Test
  void once_deployed_nothing_is_left_to_do() {
    Plan plan =
        Planner.standard()
            .plan(PlanRequest.deploy(FLEET.application(), FLEET.snapshot()).at(Fleet.NOW))
            .orThrow();
    assertThat(plan.isEmpty()).as(plan.render()).isTrue();
  }

  @Test
  void its_yaml_holds_the_same_objects() {
    assertThat(ManifestReader.standard().read("fleet.yaml", Fleet.yaml(100)).resources())
        .hasSameSizeAs(FLEET.application().resources());
  }
}
