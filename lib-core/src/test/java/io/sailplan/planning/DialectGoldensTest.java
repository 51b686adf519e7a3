package io.sailplan.planning;

import io.sailplan.Goldens;
import io.sailplan.Planner;
import io.sailplan.dialect.Conventions;
import io.sailplan.dialect.Dialect;
import io.sailplan.graph.Edge;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.problem.Problem;
import io.sailplan.shape.ShapeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectGoldensTest {
  @ParameterizedTest
  @ValueSource(strings = {"argo", "helm", "kapp", "cli-utils"})
  void what_an_existing_repository_asks_for_is_planned(String dialect) throws IOException {
    String yaml = Files.readString(Path.of("src/test/resources/dialects", dialect + ".yaml"));
    Application shop = Application.read("shop", yaml);
    Plan plan = Planner.standard().plan(PlanRequest.deploy(shop, Snapshot.empty())).orThrow();

    StringBuilder text = new StringBuilder(plan.render()).append("\nOrder\n");
    for (Step step : plan.steps()) {
      text.append("  ").append(step.id()).append('\n');
      step.after().forEach(before -> text.append("      after ").append(before).append('\n'));
    }
    text.append("\nEdges\n");
    Conventions conventions =
        Conventions.ofDeployment(
            shop,
            ApiResources.of(ShapeCatalog.builtIn().apiResources()),
            EnumSet.allOf(Dialect.class));
    for (Edge edge : graph(conventions).edges()) {
      text.append("  ").append(edge).append('\n');
    }
    for (Problem problem : conventions.problems()) {
      text.append(problem).append('\n');
    }
    Goldens.check("dialects/" + dialect + ".txt", text.toString());
  }

  private static ResourceGraph graph(Conventions conventions) {
    return ResourceGraph.compile(
            conventions.members(),
            ApiResources.of(ShapeCatalog.builtIn().apiResources()),
            conventions.edges(),
            conventions.milestones())
        .orThrow();
  }
}
