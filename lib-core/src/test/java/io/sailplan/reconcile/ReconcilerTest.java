package io.sailplan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.run.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  private static final ReconcilePolicy POLICY = ReconcilePolicy.standard();
  private static final Application SHOP = shop("1");
  private static final ObjectKey SECRET = ObjectKey.of("v1", "Secret", "default", "db");

  @Test
  void what_is_declared_is_looked_at_run_and_confirmed_by_a_second_look() {
    Trial trial = deployed();
    assertThat(trial.runs).hasSize(1);
    assertThat(trial.looks)
        .extracting(ReconcileAction.LookAt::reasons)
        .containsExactly(Set.of(LookReason.DECLARED), Set.of(LookReason.RAN));
    assertThat(trial.has("ConfigMap", "settings")).isTrue();
    assertThat(trial.findings)
        .extracting(finding -> finding.getClass().getSimpleName())
        .containsExactly("Acting", "Acted", "Settled");
  }

  @Test
  void nothing_happens_before_this_instance_leads() {
    Trial trial = new Trial(POLICY).declare(SHOP).pass(Duration.ofHours(2));
    assertThat(trial.looks).isEmpty();
    trial.led();
    assertThat(trial.looks.get(0).reasons()).containsExactly(LookReason.LEADERSHIP);
    assertThat(trial.runs).hasSize(1);
  }

  @Test
  void the_same_declaration_again_changes_nothing() {
    Trial trial = deployed().declare(SHOP).pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(2);
  }

  @Test
  void its_own_writes_cause_one_look_after_the_run_and_no_more() {
    Trial trial = deployed().pass(Duration.ofMinutes(5));
    assertThat(trial.looks).hasSize(2);
  }

  @Test
  void it_looks_from_time_to_time_although_nothing_has_changed() {
    Trial trial = deployed().pass(POLICY.resync().multipliedBy(3));
    assertThat(trial.looks).hasSize(5);
    assertThat(trial.looks.get(4).reasons()).containsExactly(LookReason.RESYNC);
    assertThat(trial.runs).hasSize(1);
  }

  @Test
  void drift_is_corrected_once_changes_have_calmed_down() {
    Trial trial = deployed().remove("ConfigMap", "settings").passMillis(499);
    assertThat(trial.looks).hasSize(2);
    trial.passMillis(1);
    assertThat(trial.runs).hasSize(2);
    assertThat(trial.has("ConfigMap", "settings")).isTrue();
  }

  @Test
  void a_storm_makes_few_looks_but_never_waits_longer_than_the_longest_delay() {
    Trial trial = deployed();
    for (int i = 0; i < 600; i++) {
      trial.put(secret("v" + i)).passMillis(100);
    }
    trial.pass(Duration.ofSeconds(5));
    assertThat(trial.looks).hasSizeBetween(2 + 12, 2 + 14);
    assertThat(trial.runs).hasSize(1);
  }

  @Test
  void without_debounce_a_change_is_looked_at_at_once() {
    Trial trial = new Trial(POLICY.debounce(Duration.ZERO, Duration.ZERO)).led().declare(SHOP);
    trial.remove("ConfigMap", "settings");
    assertThat(trial.runs).hasSize(2);
  }

  @Test
  void changes_that_do_not_matter_cause_no_look() {
    Trial trial = deployed();
    Manifest settings = trial.get("ConfigMap", "settings").manifest();
    trial
        .put(settings.with(List.of(), "metadata", "managedFields"))
        .put(settings.with(Map.of("phase", "x"), "status"))
        .put(settings.with(7L, "metadata", "generation"))
        .put(
            Manifest.of(Map.of("apiVersion", "v1", "kind", "ConfigMap"))
                .with("foreign", "metadata", "name")
                .with("default", "metadata", "namespace"))
        .pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(2);
  }

  @Test
  void a_change_of_what_it_reads_is_looked_at_even_if_it_was_not_there_before() {
    Trial trial = deployed().put(secret("one")).pass(Duration.ofSeconds(1));
    assertThat(trial.looks).hasSize(3);
    trial.remove("Secret", "db").pass(Duration.ofSeconds(1));
    assertThat(trial.looks).hasSize(4);
    assertThat(trial.runs).hasSize(1);
  }

  @Test
  void a_member_that_loses_its_label_is_noticed() {
    Trial trial = deployed();
    Manifest bare =
        trial
            .get("ConfigMap", "settings")
            .manifest()
            .without("metadata", "labels", Membership.PART_OF);
    trial.put(bare).pass(Duration.ofSeconds(1));
    assertThat(trial.looks).hasSizeGreaterThan(2);
  }

  @Test
  void drift_is_reported_once_and_stays_if_the_policy_says_so() {
    Trial trial = new Trial(POLICY.drift(Drift.REPORT)).led().declare(SHOP);
    trial.pass(Duration.ofSeconds(1)).remove("ConfigMap", "settings").pass(Duration.ofHours(3));
    assertThat(trial.findings(Finding.Drifted.class)).hasSize(1);
    assertThat(trial.has("ConfigMap", "settings")).isFalse();
    assertThat(trial.runs).hasSize(1);
    trial.declare(shop("2")).pass(Duration.ofSeconds(1));
    assertThat(trial.runs).hasSize(2);
    assertThat(trial.has("ConfigMap", "settings")).isTrue();
  }

  @Test
  void changes_during_a_run_cause_exactly_one_look_after_it() {
    Trial trial = new Trial(POLICY).led();
    trial.holdRuns = true;
    trial.declare(SHOP).passMillis(500);
    trial.put(secret("one")).passMillis(700).put(secret("two")).pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(1);
    trial.end(trial.runs.get(0), StepStatus.SUCCEEDED).pass(Duration.ofMinutes(5));
    assertThat(trial.looks).hasSize(2);
  }

  @Test
  void a_change_that_a_look_has_seen_causes_no_other_and_one_that_it_has_not_does() {
    Trial trial = deployed();
    trial.holdLooks = true;
    trial.put(secret("one")).passMillis(500);
    Snapshot before = trial.snapshot();
    trial.put(secret("two")).answer(trial.looks.get(2)).pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(3);

    trial.put(secret("three")).passMillis(500);
    trial.put(secret("four")).answer(trial.looks.get(3), before).pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(5);
  }

  @Test
  void what_a_watch_tells_too_late_is_no_change() {
    Trial trial = deployed().put(secret("one")).pass(Duration.ofMinutes(1));
    LiveObject old = trial.get("Secret", "db");
    trial.put(secret("two")).pass(Duration.ofMinutes(1));
    int looks = trial.looks.size();
    trial.feed(new ReconcileEvent.Changed(old)).pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(looks);
  }

  @Test
  void failures_are_tried_again_ever_more_slowly_whatever_changes_meanwhile() {
    Trial trial = new Trial(POLICY.resync(Duration.ofDays(9))).led();
    trial.fate = StepStatus.FAILED;
    trial.declare(SHOP).pass(Duration.ofMinutes(1));
    for (int i = 0; i < 360; i++) {
      trial.put(secret("v" + i)).pass(Duration.ofSeconds(10));
    }
    // After 1, 2, 4, ... 256, 300, 300, ... seconds.
    assertThat(trial.runs).hasSizeBetween(19, 22);
    trial.fate = StepStatus.SUCCEEDED;
    trial.pass(Duration.ofMinutes(5));
    int runs = trial.runs.size();
    trial.remove("ConfigMap", "settings").pass(Duration.ofSeconds(1));
    assertThat(trial.runs).hasSize(runs + 1);
  }

  @Test
  void a_new_declaration_is_not_held_back_by_the_failures_of_an_old_one() {
    Trial trial = new Trial(POLICY).led();
    trial.fate = StepStatus.FAILED;
    trial.declare(SHOP).pass(Duration.ofHours(1));
    int runs = trial.runs.size();
    trial.fate = StepStatus.SUCCEEDED;
    trial.declare(shop("2")).pass(Duration.ofSeconds(1));
    assertThat(trial.runs).hasSize(runs + 1);
  }

  @Test
  void a_new_declaration_stops_the_run_of_an_old_one() {
    Trial trial = new Trial(POLICY).led();
    trial.holdRuns = true;
    trial.declare(SHOP).pass(Duration.ofSeconds(1));
    trial.declare(shop("2")).declare(shop("3")).pass(Duration.ofMinutes(1));
    assertThat(trial.stopped).containsExactly(trial.runs.get(0).number());
    assertThat(trial.runs).hasSize(1);
    trial.holdRuns = false;
    trial.end(trial.runs.get(0), StepStatus.CANCELLED).pass(Duration.ofSeconds(1));
    assertThat(trial.runs).hasSize(2);
    assertThat(trial.get("ConfigMap", "settings").manifest().get("data", "v")).isEqualTo("3");
    assertThat(trial.findings(Finding.Acted.class)).hasSize(1);
  }

  @Test
  void refusals_are_reported_once_and_looked_at_ever_more_slowly_until_something_changes() {
    Trial trial = new Trial(POLICY.resync(Duration.ofDays(9)));
    trial.put(foreignSettings()).led().declare(SHOP).pass(Duration.ofHours(1));
    assertThat(trial.findings).hasSize(1).allMatch(Finding.Refused.class::isInstance);
    assertThat(trial.looks).hasSizeBetween(18, 22);
    assertThat(trial.runs).isEmpty();
    int looks = trial.looks.size();
    trial.put(secret("one")).pass(Duration.ofMillis(500));
    assertThat(trial.looks).hasSize(looks + 1);
    assertThat(trial.findings).hasSize(1);
  }

  @Test
  void invalid_input_is_reported_once_for_each_declaration() {
    Application wrong =
        application("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\nspec: 1\n");
    Trial trial = new Trial(POLICY).led().declare(wrong).pass(Duration.ofHours(2));
    assertThat(trial.findings).hasSize(1).allMatch(Finding.Invalid.class::isInstance);
  }

  @Test
  void what_somebody_undoes_each_time_is_done_ever_more_slowly() {
    Trial trial = deployed();
    for (int i = 0; i < 3600; i++) {
      if (trial.has("ConfigMap", "settings")) {
        trial.remove("ConfigMap", "settings");
      }
      trial.pass(Duration.ofSeconds(1));
    }
    assertThat(trial.runs).hasSizeBetween(15, 30);
    assertThat(trial.findings(Finding.Contended.class)).isNotEmpty();
    trial.pass(Duration.ofMinutes(30)).remove("ConfigMap", "settings").pass(Duration.ofSeconds(1));
    assertThat(trial.has("ConfigMap", "settings")).as("all is forgotten").isTrue();
  }

  @Test
  void a_plan_made_before_leadership_was_lost_is_never_run() {
    Trial trial = new Trial(POLICY).led();
    trial.holdLooks = true;
    trial.declare(SHOP).pass(Duration.ofSeconds(1));
    trial.feed(new ReconcileEvent.Deposed()).feed(new ReconcileEvent.Led());
    trial.answer(trial.looks.get(0));
    assertThat(trial.runs).isEmpty();
    assertThat(trial.looks).as("it looks again").hasSize(2);
    trial.answer(trial.looks.get(1));
    assertThat(trial.runs).hasSize(1);
  }

  @Test
  void a_run_is_stopped_with_the_leadership_and_ends_before_another_begins() {
    Trial trial = new Trial(POLICY).led();
    trial.holdRuns = true;
    trial.declare(SHOP).pass(Duration.ofSeconds(1));
    trial.feed(new ReconcileEvent.Deposed());
    assertThat(trial.stopped).hasSize(1);
    assertThat(trial.watched).isEmpty();
    trial.feed(new ReconcileEvent.Led()).pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(1);
    trial.end(trial.runs.get(0), StepStatus.CANCELLED);
    assertThat(trial.runs).hasSize(2);
  }

  @Test
  void while_not_leading_nothing_is_remembered_or_watched() {
    Trial trial = deployed().feed(new ReconcileEvent.Deposed());
    assertThat(trial.reconciler.remembered()).isZero();
    assertThat(trial.watched).isEmpty();
    trial.feed(new ReconcileEvent.Changed(trial.get("ConfigMap", "settings")));
    trial.pass(Duration.ofDays(1));
    assertThat(trial.looks).hasSize(2);
  }

  @Test
  void what_cannot_be_looked_at_is_said_once_and_tried_again() {
    Trial trial = new Trial(POLICY).led();
    trial.unreachable = true;
    trial.declare(SHOP).pass(Duration.ofHours(1));
    assertThat(trial.findings).hasSize(1).allMatch(Finding.Unreachable.class::isInstance);
    assertThat(trial.looks).hasSizeBetween(18, 22);
    trial.unreachable = false;
    trial.pass(Duration.ofMinutes(5));
    assertThat(trial.runs).hasSize(1);
  }

  @Test
  void after_a_gap_in_a_watch_it_looks_and_while_it_lasts_more_often_than_otherwise() {
    Trial trial = deployed();
    Look source = trial.watched.iterator().next();
    trial.feed(new ReconcileEvent.SourceLost(source)).pass(POLICY.longestRetry());
    assertThat(trial.looks).hasSize(3);
    trial.feed(new ReconcileEvent.SourceRestored(source)).pass(Duration.ofSeconds(1));
    assertThat(trial.looks.get(3).reasons()).containsExactly(LookReason.GAP);
  }

  @Test
  void an_application_that_is_released_is_let_go_and_what_exists_stays() {
    Trial trial = deployed().feed(new ReconcileEvent.Released(Membership.of(SHOP)));
    assertThat(trial.reconciler.applications()).isEmpty();
    assertThat(trial.reconciler.remembered()).isZero();
    assertThat(trial.watched).isEmpty();
    assertThat(trial.has("ConfigMap", "settings")).isTrue();
    trial.remove("ConfigMap", "settings").pass(Duration.ofHours(1));
    assertThat(trial.looks).hasSize(2);
  }

  @Test
  void one_released_while_it_runs_is_stopped_and_may_come_back() {
    Trial trial = new Trial(POLICY).led();
    trial.holdRuns = true;
    trial.declare(SHOP).pass(Duration.ofSeconds(1));
    trial.feed(new ReconcileEvent.Released(Membership.of(SHOP)));
    assertThat(trial.stopped).hasSize(1);
    trial.declare(SHOP).pass(Duration.ofMinutes(1));
    assertThat(trial.runs).hasSize(1);
    trial.holdRuns = false;
    trial.end(trial.runs.get(0), StepStatus.CANCELLED).pass(Duration.ofSeconds(1));
    assertThat(trial.runs).hasSize(2);
    assertThat(trial.reconciler.applications()).hasSize(1);
  }

  @Test
  void no_more_applications_are_worked_on_at_once_than_the_policy_says() {
    Trial trial = new Trial(POLICY.concurrency(2)).led();
    trial.holdLooks = true;
    for (int i = 0; i < 5; i++) {
      trial.declare(application("shop" + i, settings("1").replace("settings", "settings" + i)));
    }
    trial.pass(Duration.ofMinutes(1));
    assertThat(trial.looks).hasSize(2);
    for (int i = 0; i < 5; i++) {
      assertThat(trial.reconciler.busy()).isLessThanOrEqualTo(2);
      trial.answer(trial.looks.get(i));
    }
    trial.holdLooks = false;
    assertThat(trial.looks.stream().map(look -> look.application().name()).distinct()).hasSize(5);
  }

  @Test
  void each_application_that_shares_a_source_is_told_of_it() {
    Trial trial = new Trial(POLICY).led().declare(SHOP);
    trial.declare(
        application(
            "other",
            shopText("1").replace("settings", "others").replace("name: api", "name: apo")));
    trial.put(secret("one")).pass(Duration.ofSeconds(5));
    int looks = trial.looks.size();
    trial.put(secret("two")).pass(Duration.ofSeconds(5));
    assertThat(trial.looks).hasSize(looks + 2);
    trial.feed(new ReconcileEvent.Released(Membership.of(SHOP)));
    trial.put(secret("three")).pass(Duration.ofSeconds(5));
    assertThat(trial.looks).hasSize(looks + 3);
  }

  @Test
  void of_a_huge_application_it_remembers_a_bounded_number_of_objects() {
    Trial trial = deployed();
    String id = Membership.of(SHOP).id();
    Snapshot.Builder many = trial.snapshot().toBuilder();
    for (int i = 0; i < Sight.MOST_OBJECTS + 500; i++) {
      many.add(LiveObject.of(member(id, "m" + i, "1")));
    }
    trial.holdLooks = true;
    trial.put(secret("one")).pass(Duration.ofSeconds(1));
    trial.answer(trial.looks.get(2), many.build());
    for (int i = 0; i < 1000; i++) {
      trial.feed(new ReconcileEvent.Changed(LiveObject.of(member(id, "n" + i, "2"))));
    }
    assertThat(trial.reconciler.remembered()).isLessThanOrEqualTo(2 * Sight.MOST_OBJECTS);
    int looks = trial.looks.size();
    trial.pass(Duration.ofMinutes(1));
    assertThat(trial.looks).as("what it cannot remember matters").hasSize(looks + 1);
  }

  @Test
  void an_answer_to_nothing_is_a_mistake() {
    Trial trial = deployed();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trial.feed(new ReconcileEvent.LookFailed(99, "?")))
        .withMessageContaining("99");
  }

  @Test
  void the_same_events_give_the_same_actions() {
    assertThat(story()).isEqualTo(story());
  }

  private static String story() {
    Trial trial = deployed().put(secret("one")).pass(Duration.ofSeconds(3));
    trial.remove("ConfigMap", "settings").pass(Duration.ofHours(1));
    return trial.looks + "\n" + trial.runs + "\n" + trial.findings + "\n" + trial.lookedAt;
  }

  private static Trial deployed() {
    return new Trial(POLICY).led().declare(SHOP).pass(Duration.ofSeconds(1));
  }

  private static Application shop(String value) {
    return application(shopText(value));
  }

  private static String shopText(String value) {
    return settings(value)
        + """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api}
        spec:
          containers: [{name: c, image: "c:1", envFrom: [{secretRef: {name: db, optional: true}}]}]
        """;
  }

  private static String settings(String value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {v: \""
        + value
        + "\"}\n";
  }

  private static Application application(String text) {
    return application("shop", text);
  }

  private static Application application(String name, String text) {
    return Application.read(name, text);
  }

  private static Manifest secret(String value) {
    return Manifest.of(Map.of("apiVersion", "v1", "kind", "Secret", "data", Map.of("v", value)))
        .with(SECRET.name(), "metadata", "name")
        .with(SECRET.namespace(), "metadata", "namespace");
  }

  private static Manifest foreignSettings() {
    return Manifest.of(Map.of("apiVersion", "v1", "kind", "ConfigMap", "data", Map.of("v", "0")))
        .with("settings", "metadata", "name")
        .with("default", "metadata", "namespace");
  }

  private static Manifest member(String id, String name, String version) {
    return Manifest.of(Map.of("apiVersion", "v1", "kind", "ConfigMap"))
        .with(name, "metadata", "name")
        .with("default", "metadata", "namespace")
        .with(version, "metadata", "resourceVersion")
        .with(id, "metadata", "labels", Membership.PART_OF);
  }
}
