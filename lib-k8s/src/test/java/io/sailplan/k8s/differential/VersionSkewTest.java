package io.sailplan.k8s.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.ServerFacts;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.shape.ShapeCatalog;
import io.sailplan.testing.SailplanAssertions;
import io.sailplan.testing.SimulatedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionSkewTest {
  private static final String SHOP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {colour: green}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "shop/web:1"}]}
      """;

  private final Application shop = Application.read("shop", SHOP);

  @Test
  void each_document_of_another_version_has_another_hash_as_it_names_its_version() {
    Map<String, String> recorded = RecordedDocuments.hashes();
    assertThat(recorded).hasSizeGreaterThan(15);
    recorded.forEach(
        (name, hash) ->
            assertThat(ShapeCatalog.builtIn().schemaHash(name.substring(name.indexOf('/') + 1)))
                .as(name)
                .isPresent()
                .isNotEqualTo(java.util.Optional.of(hash)));
  }

  @Test
  void on_a_cluster_of_our_version_changes_are_proven_and_on_one_of_another_they_are_assumed() {
    SimulatedCluster ours = SimulatedCluster.create();
    assertThat(certainties(plan(ours))).containsOnly(new Certainty.Proven());

    SimulatedCluster older =
        SimulatedCluster.builder()
            .serverFacts(ServerFacts.of("v1.35.0", RecordedDocuments.hashes()))
            .build();
    Plan plan = plan(older);
    assertThat(certainties(plan))
        .isNotEmpty()
        .allSatisfy(
            certainty ->
                assertThat(certainty.toString())
                    .startsWith("assumed: the server (v1.35.0) publishes another structure of "));
    SailplanAssertions.assertThat(older.run(plan, progress -> {})).isSuccess();
    assertThat(plan(older).isEmpty()).isTrue();
  }

  @Test
  void of_a_cluster_that_tells_of_some_documents_only_these_prove_anything() {
    Map<String, String> some = new TreeMap<>(RecordedDocuments.hashes());
    some.put("api/v1", ShapeCatalog.builtIn().schemaHash("v1").orElseThrow());
    SimulatedCluster mixed =
        SimulatedCluster.builder().serverFacts(ServerFacts.of("v1.35.0", some)).build();
    for (Step step : plan(mixed).steps()) {
      boolean core = step.target().kind().group().isEmpty();
      assertThat(changes(step)).allMatch(c -> (c.certainty() instanceof Certainty.Proven) == core);
    }
  }

  private Plan plan(SimulatedCluster cluster) {
    return Planner.standard()
        .plan(
            PlanRequest.deploy(shop, cluster.observe(ObservationScope.of(shop))).at(cluster.now()))
        .orThrow();
  }

  private static List<Certainty> certainties(Plan plan) {
    List<Certainty> all = new ArrayList<>();
    plan.steps().forEach(step -> changes(step).forEach(change -> all.add(change.certainty())));
    return all;
  }

  private static List<FieldChange> changes(Step step) {
    return step instanceof Step.Create create ? create.changes() : List.of();
  }
}
