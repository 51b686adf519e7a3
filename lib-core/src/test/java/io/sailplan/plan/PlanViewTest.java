package io.sailplan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.plan.PlanView.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanViewTest {
  private static final Certainty PROVEN = new Certainty.Proven();

  @Test
  void long_texts_are_compared_line_by_line() {
    Change change = changed("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nX\ne\nf\ng\n");
    assertThat(change.lines())
        .containsExactly("@@ -2,5 +2,5 @@", " b", " c", "-d", "+X", " e", " f");
    assertThat(change.before() + change.after()).isEmpty();
  }

  @Test
  void texts_that_differ_in_their_last_line_break_do_not_look_the_same() {
    Change change = changed("a\nb", "a\nb\n");
    assertThat(change.text()).isEqualTo(".data.k: \"a\\nb\" → \"a\\nb\\n\"");
  }

  @Test
  void long_values_are_cut_to_where_they_differ() {
    String start = "s".repeat(500);
    String end = "e".repeat(500);
    Change change = changed(start + "one" + end, start + "another" + end);
    assertThat(change.before()).contains("one").hasSizeLessThan(120);
    assertThat(change.after()).contains("another").hasSizeLessThan(120);
  }

  @Test
  void texts_that_differ_in_thousands_of_lines_are_counted() {
    String before = "old\n".repeat(3000);
    String after = "new\n".repeat(2000);
    assertThat(changed(before, after).lines())
        .containsExactly("@@ line 1 and following: 3000 lines become 2000 @@");
  }

  @Test
  void what_a_value_holds_cannot_paint_over_the_plan() {
    Change change = changed("a\u001b[2J\nb\r\n", "a\nb\n");
    assertThat(change.lines()).contains("-a\\u001b[2J", "-b\\u000d");
  }

  @Test
  void doubts_are_numbered_unless_there_is_but_one() {
    FieldChange one = change("1", "2", new Certainty.Assumed("one"));
    FieldChange other = change("1", "2", new Certainty.Assumed("other"));
    PlanView single = PlanView.of(plan(List.of(one, one)));
    assertThat(single.blocks().get(0).changes()).allMatch(change -> change.doubt() == 0);
    assertThat(single.doubts()).containsExactly("one");
    PlanView several = PlanView.of(plan(List.of(one, other, change("1", "2", PROVEN))));
    assertThat(several.blocks().get(0).changes())
        .extracting(Change::doubt)
        .containsExactly(1, 2, 0);
    assertThat(several.sureness()).isEqualTo("Of 3 field changes: 1 proven, 2 assumed.");
  }

  private static Change changed(String before, String after) {
    return PlanView.of(plan(List.of(change(before, after, PROVEN))))
        .blocks()
        .get(0)
        .changes()
        .get(0);
  }

  private static FieldChange change(String before, String after, Certainty certainty) {
    return new FieldChange(FieldPath.of("data", "k"), before, after, certainty, false);
  }

  private static Plan plan(List<FieldChange> changes) {
    return Plan.of(
        new Operation.Delete(new Membership("shop", "shop"), null),
        List.of(
            new Step.Apply(
                "apply ConfigMap/c",
                SamplePlan.target("ConfigMap", "c"),
                "it differs from what is declared",
                List.of(),
                Duration.ofMinutes(1),
                new Payload.Literal(Manifest.of(Map.of("apiVersion", "v1", "kind", "ConfigMap"))),
                changes,
                new Precondition.Unchanged("u", "1", "f"),
                false)),
        List.of());
  }
}
