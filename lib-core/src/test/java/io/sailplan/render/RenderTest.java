package io.sailplan.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.Goldens;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.SamplePlan;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RenderTest {
  private static final Operation OPERATION =
      new Operation.Delete(new Membership("shop", "shop"), null);

  @Test
  void markdown_is_what_people_read_beside_a_change() throws IOException {
    Goldens.check("plans/sample.md", PlanMarkdown.of(SamplePlan.plan()));
  }

  @Test
  void the_page_is_one_file_that_needs_nothing_else() throws IOException {
    String page = PlanHtml.of(SamplePlan.plan());
    Goldens.check("plans/sample.html", page);
    assertThat(page).doesNotContain("<script", "<link", "<img", "@import", "url(");
    Matcher addresses = Pattern.compile("https?://[^\"' ]+").matcher(page);
    assertThat(addresses.results().map(found -> found.group()))
        .containsOnly("http://www.w3.org/2000/svg"); // a name, not a place
  }

  @Test
  void the_drawing_is_well_formed_and_its_lines_lead_to_the_right() throws Exception {
    String svg = PlanSvg.of(SamplePlan.plan());
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    Matcher lines = Pattern.compile("d=\"M(\\d+) \\d+C.* (\\d+) \\d+\"").matcher(svg);
    List<Integer> spans =
        lines
            .results()
            .map(found -> Integer.parseInt(found.group(2)) - Integer.parseInt(found.group(1)))
            .toList();
    assertThat(spans).isNotEmpty().allMatch(span -> span > 0);
  }

  @Test
  void no_form_shows_a_secret() {
    for (String text :
        List.of(PlanMarkdown.of(SamplePlan.plan()), PlanHtml.of(SamplePlan.plan()))) {
      assertThat(text).doesNotContain("aHVudGVyMg==", "b2xk", "bmV3");
    }
  }

  @Test
  void text_from_outside_stays_text() {
    String hostile = "</td><script>alert(1)</script>\"' onload=x `````` | \u001b[31m \u202e </svg>";
    Plan plan = plan(List.of(change("evil", "1", hostile)), "ConfigMap/" + hostile);
    String page = PlanHtml.of(plan);
    assertThat(page).doesNotContain("<script", "\u001b", "\u202e").contains("&lt;script&gt;");
    assertThat(PlanSvg.of(plan)).doesNotContain("<script", "</td>");
    String markdown = PlanMarkdown.of(plan);
    assertThat(markdown).contains("```````diff").doesNotContain("\u001b");
    assertThat(plan.render()).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void a_comment_never_gets_longer_than_it_may_and_says_what_is_left_out() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      steps.add(step("ConfigMap/c" + i, List.of(change("k", "a\n".repeat(50), "b\n".repeat(50)))));
    }
    Plan plan = Plan.of(OPERATION, steps, List.of());
    for (int longest : List.of(1000, 5000, 60_000)) {
      String markdown = PlanMarkdown.of(plan, longest);
      assertThat(markdown.length()).isLessThanOrEqualTo(longest);
      assertThat(markdown).contains("left out").containsPattern("300 to change");
    }
    assertThatThrownBy(() -> PlanMarkdown.of(plan, 999)).hasMessageContaining("longest");
  }

  @Test
  void a_drawing_that_nobody_could_follow_is_cut() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      steps.add(step("ConfigMap/c" + i, List.of(change("k", "a", "b"))));
    }
    assertThat(PlanHtml.of(Plan.of(OPERATION, steps, List.of()))).contains("and 100 more steps");
  }

  private static Plan plan(List<FieldChange> changes, String resource) {
    return Plan.of(OPERATION, List.of(step(resource, changes)), List.of());
  }

  private static Step step(String resource, List<FieldChange> changes) {
    return new Step.Apply(
        "apply " + resource,
        new Target(resource, GroupVersionKind.of("v1", "ConfigMap"), "shop", "c"),
        "it differs from what is declared",
        List.of(),
        Duration.ofMinutes(1),
        new Payload.Literal(Manifest.of(Map.of("apiVersion", "v1", "kind", "ConfigMap"))),
        changes,
        new Precondition.Unchanged("u", "1", "f"),
        false);
  }

  private static FieldChange change(String key, String before, String after) {
    return new FieldChange(FieldPath.of("data", key), before, after, new Certainty.Proven(), false);
  }
}
