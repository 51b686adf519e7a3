package io.sailplan.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.Goldens;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Operation OPERATION =
      new Operation.Delete(new Membership("shop", "shop"), null);

  @Test
  void the_text_is_what_people_read() throws IOException {
    Goldens.check("plans/sample.txt", SamplePlan.plan().render());
  }

  @Test
  void the_coloured_text_differs_only_by_colours() {
    Plan plan = SamplePlan.plan();
    assertThat(PlanText.coloured().render(plan).replaceAll("\u001b\\[[0-9]+m", ""))
        .isEqualTo(plan.render());
    assertThat(PlanText.coloured().render(plan)).contains("\u001b[32m", "\u001b[33m", "\u001b[31m");
  }

  @Test
  void the_json_is_what_programs_read() throws IOException {
    Goldens.check("plans/sample.json", SamplePlan.plan().toJson() + "\n");
  }

  @Test
  void no_form_of_a_plan_shows_a_secret() {
    Plan plan = SamplePlan.plan();
    for (String text :
        List.of(plan.render(), plan.toJson(), plan.toString(), plan.steps().toString())) {
      assertThat(text).doesNotContain("aHVudGVyMg==", "b2xk", "bmV3");
    }
  }

  @Test
  void steps_come_after_what_they_need_whatever_their_order_in_the_input() {
    List<Step> steps =
        new ArrayList<>(
            List.of(
                SamplePlan.unchanged("ConfigMap", "a", "keep ConfigMap/c"),
                SamplePlan.unchanged("ConfigMap", "b"),
                SamplePlan.unchanged("ConfigMap", "c", "keep ConfigMap/b"),
                SamplePlan.unchanged("ConfigMap", "d")));
    for (long seed = 0; seed < 50; seed++) {
      Collections.shuffle(steps, new Random(seed));
      assertThat(Plan.of(OPERATION, steps, List.of()).steps())
          .as("seed %d", seed)
          .extracting(Step::id)
          .containsExactly(
              "keep ConfigMap/b", "keep ConfigMap/c", "keep ConfigMap/a", "keep ConfigMap/d");
    }
  }

  @Test
  void a_plan_of_unchanged_objects_is_empty_and_says_how_many() {
    Plan plan = Plan.of(OPERATION, List.of(SamplePlan.unchanged("ConfigMap", "a")), List.of());
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.render()).contains("Nothing to do: 1 object is as it should be.");
    assertThat(SamplePlan.plan().isEmpty()).isFalse();
  }

  @Test
  void steps_that_wait_for_each_other_are_refused() {
    assertThatThrownBy(
            () ->
                Plan.of(
                    OPERATION,
                    List.of(
                        SamplePlan.unchanged("ConfigMap", "a", "keep ConfigMap/b"),
                        SamplePlan.unchanged("ConfigMap", "b", "keep ConfigMap/a")),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("steps: these wait for each other: [keep ConfigMap/a, keep ConfigMap/b]");
  }

  @Test
  void a_step_after_an_unknown_one_is_refused() {
    assertThatThrownBy(
            () ->
                Plan.of(
                    OPERATION,
                    List.of(SamplePlan.unchanged("ConfigMap", "a", "nothing")),
                    List.of()))
        .hasMessage("steps: \"keep ConfigMap/a\" comes after the unknown step \"nothing\"");
  }

  @Test
  void two_steps_with_one_id_are_refused() {
    Step step = SamplePlan.unchanged("ConfigMap", "a");
    assertThatThrownBy(() -> Plan.of(OPERATION, List.of(step, step), List.of()))
        .hasMessage("steps: two have the id \"keep ConfigMap/a\"");
  }
}
