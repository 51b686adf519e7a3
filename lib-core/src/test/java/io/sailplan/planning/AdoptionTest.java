package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdoptionTest {
  private static final String SETTINGS =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: blue}\n";

  private final Carried cluster = new Carried();

  @ParameterizedTest
  @CsvSource({
    "annotations, meta.helm.sh/release-name, shop, the Helm release shop",
    "labels, kapp.k14s.io/app, '1700000000000', the kapp application labelled 1700000000000",
    "annotations, argocd.argoproj.io/tracking-id, shop:/ConfigMap:default/settings, the Argo CD application shop",
    "labels, kustomize.toolkit.fluxcd.io/name, shop, the Flux Kustomization shop",
    "labels, helm.toolkit.fluxcd.io/name, shop, the Flux HelmRelease shop",
    "annotations, config.k8s.io/owning-inventory, abc, the cli-utils inventory abc",
    "labels, applyset.kubernetes.io/part-of, applyset-x-v1, the ApplySet applyset-x-v1"
  })
  void what_another_tool_keeps_is_refused_by_its_name(
      String where, String key, String value, String owner) {
    cluster.put(settings().with(value, "metadata", where, key));
    for (Adoption adoption : List.of(Adoption.MEMBERS_ONLY, Adoption.UNOWNED)) {
      assertThat(refusals("shop", SETTINGS, Policy.standard().adopting(adoption)))
          .singleElement()
          .satisfies(
              refusal -> {
                assertThat(refusal.code()).isEqualTo(Refusal.Code.FOREIGN_OBJECT);
                assertThat(refusal.message())
                    .isEqualTo("ConfigMap default/settings exists already and belongs to " + owner);
                assertThat(refusal.remedies().get(0).action()).isEqualTo("adopt-all");
              });
    }
    Plan plan = plan("shop", SETTINGS, Policy.standard().adopting(Adoption.ALL));
    assertThat(plan.step("apply ConfigMap/settings").orElseThrow().reason())
        .isEqualTo("it is taken from " + owner);
  }

  @Test
  void an_owner_in_a_namespace_is_named_with_it() {
    cluster.put(
        settings()
            .with("shop", "metadata", "annotations", "meta.helm.sh/release-name")
            .with("team", "metadata", "annotations", "meta.helm.sh/release-namespace"));
    assertThat(refusals("shop", SETTINGS, Policy.standard()).get(0).message())
        .endsWith("belongs to the Helm release team/shop");
  }

  @ParameterizedTest
  @EnumSource(Adoption.class)
  void what_a_controller_makes_is_refused_by_the_name_of_its_owner(Adoption adoption) {
    cluster.put(
        settings()
            .with(
                Json.read(
                    "[{\"apiVersion\":\"v1\",\"kind\":\"Widget\",\"name\":\"w\",\"uid\":\"u\",\"controller\":true}]"),
                "metadata",
                "ownerReferences"));
    List<Refusal> refusals =
        refusals("shop", SETTINGS, Policy.standard().adopting(adoption).forcing());
    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0).message()).endsWith("exists already and is controlled by Widget/w");
    assertThat(refusals.get(0).remedies())
        .extracting(Remedy::action)
        .containsExactly("undeclare", "rename");
  }

  @Test
  void an_owner_that_is_no_controller_hinders_nobody() {
    cluster.put(
        settings()
            .with(
                Json.read(
                    "[{\"apiVersion\":\"v1\",\"kind\":\"Widget\",\"name\":\"w\",\"uid\":\"u\"}]"),
                "metadata",
                "ownerReferences"));
    assertThat(
            plan("shop", SETTINGS, Policy.standard().adopting(Adoption.UNOWNED))
                .step("apply ConfigMap/settings"))
        .isPresent();
  }

  @Test
  void whom_it_belongs_to_and_what_else_stands_in_the_way_is_told_at_once() {
    cluster.apply(settings(), "kubectl");
    List<Refusal> refusals = refusals("shop", SETTINGS.replace("blue", "red"), Policy.standard());
    assertThat(refusals)
        .extracting(Refusal::code)
        .containsExactlyInAnyOrder(Refusal.Code.FOREIGN_OBJECT, Refusal.Code.FIELD_CONFLICT);
  }

  @Test
  void from_another_application_only_membership_is_taken() {
    cluster.run(plan("other", SETTINGS, Policy.standard()));
    Policy all = Policy.standard().adopting(Adoption.ALL);
    assertThat(refusals("shop", SETTINGS.replace("blue", "red"), all))
        .extracting(Refusal::message)
        .containsExactly(
            "ConfigMap default/settings: .data.colour is owned by \"sailplan/default/other\" with"
                + " the value \"blue\", declared is \"red\"");
    Plan plan = plan("shop", SETTINGS, all);
    Step.Apply apply = (Step.Apply) plan.step("apply ConfigMap/settings").orElseThrow();
    assertThat(apply.force()).isTrue();
    assertThat(apply.reason()).isEqualTo("it is taken from the application default/other");
    assertThat(apply.changes())
        .extracting(change -> change.path().toString())
        .containsExactly(".metadata.labels." + Membership.PART_OF);
    cluster.run(plan);
    assertThat(cluster.get("ConfigMap", "settings").manifest().labels())
        .containsEntry(Membership.PART_OF, new Membership("default", "shop").id());
    assertThat(plan("shop", SETTINGS, Policy.standard()).isEmpty()).isTrue();
  }

  @Test
  void two_applications_that_adopt_all_do_not_take_it_from_each_other_for_ever() {
    Policy all = Policy.standard().adopting(Adoption.ALL);
    cluster.run(plan("one", SETTINGS, all)).run(plan("two", SETTINGS, all));
    assertThat(plan("two", SETTINGS, all).isEmpty()).isTrue();
    assertThat(refusals("one", SETTINGS, all))
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.message())
                    .endsWith("exists already and was taken over by the application default/two"));
    assertThat(plan("one", SETTINGS, all.forcing()).step("apply ConfigMap/settings").orElseThrow())
        .extracting(Step::reason)
        .isEqualTo("it is taken back from the application default/two");
  }

  @Test
  void what_was_taken_is_not_pruned_by_who_had_it() {
    String more = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\n";
    Policy all = Policy.standard().adopting(Adoption.ALL);
    cluster.run(plan("one", SETTINGS + more, all)).run(plan("two", SETTINGS, all));
    Plan plan = plan("one", more, Policy.standard());
    assertThat(plan.steps()).extracting(Step::kind).doesNotContain(StepKind.DELETE);
    assertThat(cluster.run(plan).has("ConfigMap", "settings")).isTrue();
  }

  private List<Refusal> refusals(String name, String yaml, Policy policy) {
    return result(name, yaml, policy).refusals();
  }

  private Plan plan(String name, String yaml, Policy policy) {
    return result(name, yaml, policy).orThrow();
  }

  private PlanResult result(String name, String yaml, Policy policy) {
    return Planner.standard()
        .plan(
            PlanRequest.deploy(Application.read(name, yaml), cluster.snapshot())
                .by(policy)
                .at(Carried.NOW));
  }

  private static Manifest settings() {
    return Application.read("x", SETTINGS).resources().get(0).manifest().inNamespace("default");
  }
}
