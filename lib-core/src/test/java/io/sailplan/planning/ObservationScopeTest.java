package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.Look;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationScopeTest {
  private static final Application SHOP =
      Application.read(
          "shop",
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: settings}
          ---
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: {name: data}
          spec:
            selector: {matchLabels: {app: data}}
            template:
              metadata: {labels: {app: data}}
              spec:
                containers: [{name: d, image: "d:1", envFrom: [{secretRef: {name: elsewhere}}]}]
          """);

  private final Carried cluster = new Carried();
  private final List<List<Look>> rounds = new ArrayList<>();

  @Test
  void members_are_listed_by_label_first_and_only_what_is_missing_is_got_by_name() {
    observe(ObservationScope.of(SHOP));
    assertThat(rounds).hasSize(2);
    assertThat(rounds.get(0))
        .extracting(Object::toString)
        .anyMatch(look -> look.contains("ConfigMap default/sailplan-shop"))
        .anyMatch(look -> look.contains("StatefulSet") && look.contains(Membership.PART_OF));
    assertThat(rounds.get(1))
        .contains(
            new Look.AtObject(new ObjectKey("", "ConfigMap", "default", "settings")),
            new Look.AtObject(new ObjectKey("", "Secret", "default", "elsewhere")));
  }

  @Test
  void once_deployed_the_members_themselves_cost_nothing_but_the_lists() {
    deploy();
    Snapshot seen = observe(ObservationScope.of(SHOP));
    assertThat(rounds.get(1))
        .containsExactly(new Look.AtObject(new ObjectKey("", "Secret", "default", "elsewhere")));
    assertThat(
            Planner.standard()
                .plan(PlanRequest.deploy(SHOP, seen).at(Carried.NOW))
                .orThrow()
                .isEmpty())
        .isTrue();
  }

  @Test
  void what_is_observed_by_the_scope_is_enough_to_plan() {
    Snapshot seen = observe(ObservationScope.of(SHOP));
    assertThat(Planner.standard().plan(PlanRequest.deploy(SHOP, seen).at(Carried.NOW)).plan())
        .isPresent();
  }

  @Test
  void a_deletion_finds_the_kinds_in_the_parent_and_asks_for_the_claims_of_statefulsets() {
    deploy();
    Operation delete = new Operation.Delete(Membership.of(SHOP), null);
    Snapshot seen = observe(ObservationScope.of(delete, Policy.standard()));
    assertThat(rounds.stream().flatMap(List::stream))
        .extracting(Object::toString)
        .anyMatch(look -> look.contains("PersistentVolumeClaim"));
    assertThat(Planner.standard().plan(PlanRequest.of(delete, seen)).orThrow().steps())
        .extracting(step -> step.id())
        .contains(
            "delete StatefulSet/data",
            "delete ConfigMap/settings",
            "delete ConfigMap/sailplan-shop");
  }

  @Test
  void a_refused_look_is_not_asked_for_again() {
    ObservationScope scope = ObservationScope.of(SHOP);
    Snapshot seen = Snapshot.builder().build();
    Snapshot.Builder builder = seen.toBuilder();
    scope.next(seen).forEach(look -> builder.refused(look, "forbidden"));
    assertThat(scope.next(builder.build())).doesNotContainAnyElementsOf(scope.next(seen));
  }

  private void deploy() {
    cluster.run(
        Planner.standard()
            .plan(PlanRequest.deploy(SHOP, Snapshot.empty()).at(Carried.NOW))
            .orThrow());
  }

  private Snapshot observe(ObservationScope scope) {
    Snapshot seen = Snapshot.builder().build();
    for (List<Look> looks = scope.next(seen); !looks.isEmpty(); looks = scope.next(seen)) {
      rounds.add(looks);
      assertThat(rounds).hasSizeLessThan(6);
      Snapshot.Builder builder = seen.toBuilder();
      for (Look look : looks) {
        builder.looked(
            look,
            cluster.snapshot().objects().stream()
                .filter(object -> look.covers(object.key(), object.manifest().labels()))
                .toList());
      }
      seen = builder.build();
    }
    return seen;
  }
}
