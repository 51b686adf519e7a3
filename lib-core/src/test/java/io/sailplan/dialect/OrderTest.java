package io.sailplan.dialect;

import static io.sailplan.dialect.Spoken.compile;
import static io.sailplan.dialect.Spoken.edges;
import static io.sailplan.dialect.Spoken.read;
import static io.sailplan.dialect.Spoken.readForRemoval;
import static io.sailplan.dialect.Spoken.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sailplan.graph.Edge;
import io.sailplan.graph.GraphResult;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTest {
  private static final String DEPENDS_ON = "config.kubernetes.io/depends-on: ";
  private static final String WAVE = "argocd.argoproj.io/sync-wave: ";
  private static final String GROUP = "kapp.k14s.io/change-group: ";
  private static final String RULE = "kapp.k14s.io/change-rule: ";

  @Test
  void depends_on_names_objects_with_and_without_namespace() {
    Conventions conventions =
        read(
            resource("ConfigMap/a", DEPENDS_ON + "/namespaces/default/ConfigMap/b, /Namespace/n"),
            resource("ConfigMap/b"),
            resource("Namespace/n"));
    assertThat(edges(conventions))
        .containsExactly("ConfigMap/a > ConfigMap/b", "ConfigMap/a > Namespace/n");
    assertThat(conventions.edges().get(0))
        .hasToString(
            "ConfigMap/a → ConfigMap/b (annotation config.kubernetes.io/depends-on:"
                + " /namespaces/default/ConfigMap/b (cli-utils))");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ConfigMap/b | \"ConfigMap/b\" is no reference",
        "/namespaces/default/ConfigMap | \"/namespaces/default/ConfigMap\" is no reference",
        "/namespace/default/ConfigMap/b | \"/namespace/default/ConfigMap/b\" is no reference",
        "/namespaces/default/ConfigMap/b, | \"\" is no reference",
        "/namespaces/default/ConfigMap/b,/namespaces/default/ConfigMap/b | stands there twice",
        "/namespaces/other/ConfigMap/b | ConfigMap other/b is not part of the application"
      })
  void a_reference_that_cannot_be_followed_is_an_error(String value, String found) {
    Conventions conventions =
        read(resource("ConfigMap/a", DEPENDS_ON + value), resource("ConfigMap/b"));
    assertThat(conventions.problems()).filteredOn(Problem::isError).hasSize(1);
    assertThat(conventions.problems().get(0).message())
        .contains("ConfigMap/a, config.kubernetes.io/depends-on: ")
        .contains(found);
    assertThat(conventions.problems().get(0).hint()).isNotEmpty();
  }

  @Test
  void references_in_a_circle_are_shown_with_their_reasons() {
    GraphResult result =
        compile(
            read(
                resource("ConfigMap/a", DEPENDS_ON + "/namespaces/default/ConfigMap/b"),
                resource("ConfigMap/b", DEPENDS_ON + "/namespaces/default/ConfigMap/a")));
    assertThat(result.graph()).isEmpty();
    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.CYCLE);
              assertThat(problem.message())
                  .startsWith("these need each other: ConfigMap/a → ConfigMap/b (annotation config")
                  .contains("→ ConfigMap/a (annotation config.kubernetes.io/depends-on");
            });
  }

  @Test
  void all_of_a_wave_comes_after_all_of_the_wave_before() {
    Conventions conventions =
        read(
            resource("ConfigMap/a", WAVE + "5"),
            resource("ConfigMap/b"),
            resource("ConfigMap/c"),
            resource("ConfigMap/d", WAVE + "-3"));
    assertThat(conventions.milestones()).containsExactly("Argo CD wave -3", "Argo CD wave 0");
    assertThat(compile(conventions).orThrow().sequence())
        .containsExactly(
            "ConfigMap/d",
            "Argo CD wave -3",
            "ConfigMap/b",
            "ConfigMap/c",
            "Argo CD wave 0",
            "ConfigMap/a");
    assertThat(compile(conventions).orThrow().order())
        .containsExactly("ConfigMap/d", "ConfigMap/b", "ConfigMap/c", "ConfigMap/a");
  }

  @Test
  void waves_without_number_are_none() {
    assertThat(read(resource("ConfigMap/a", WAVE + "0"), resource("ConfigMap/b")).edges())
        .isEmpty();
  }

  @Test
  void a_wave_gives_way_to_what_kubernetes_needs_and_the_author_is_told() {
    Resource namespaced =
        Resource.of(resource("ConfigMap/a", WAVE + "-1").manifest().inNamespace("late"));
    Conventions conventions = read(namespaced, resource("Namespace/late", WAVE + "1"));
    ResourceGraph graph = compile(conventions).orThrow();
    assertThat(graph.order()).containsExactly("Namespace/late", "ConfigMap/a");
    assertThat(conventions.notKept(graph))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo(ProblemCode.CONTRADICTION);
              assertThat(warning.isError()).isFalse();
              assertThat(warning.message()).contains("Argo CD wave -1").contains("sync-wave");
            });
  }

  @Test
  void waves_of_ten_thousand_need_two_edges_for_each() {
    List<Resource> resources = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      resources.add(resource("ConfigMap/c" + i, WAVE + (i % 10)));
    }
    Conventions conventions = read(resources.toArray(Resource[]::new));
    assertThat(conventions.edges()).hasSizeLessThan(20_010);
    assertThat(compile(conventions).orThrow().order()).hasSize(10_000);
  }

  @Test
  void groups_hold_back_those_with_a_rule_and_placeholders_are_filled() {
    Conventions conventions =
        read(
            resource("ConfigMap/a", RULE + "upsert after upserting own/ConfigMap-b"),
            resource("ConfigMap/b", GROUP + "own/{kind}-{name}"),
            resource("ConfigMap/c", RULE + "upsert before upserting own/ConfigMap-b"));
    assertThat(edges(conventions))
        .containsExactly("ConfigMap/a > ConfigMap/b", "ConfigMap/b > ConfigMap/c");
  }

  @Test
  void a_group_of_many_is_a_milestone() {
    Conventions conventions =
        read(
            resource(
                "Deployment/a",
                RULE + "upsert after upserting change-groups.kapp.k14s.io/pod-related"),
            resource("ConfigMap/b"),
            resource("Secret/c"));
    assertThat(edges(conventions))
        .containsExactly(
            "Deployment/a > kapp group change-groups.kapp.k14s.io/pod-related",
            "kapp group change-groups.kapp.k14s.io/pod-related > ConfigMap/b",
            "kapp group change-groups.kapp.k14s.io/pod-related > Secret/c");
  }

  @Test
  void rules_for_deletions_count_when_things_are_removed_and_only_then() {
    Resource[] resources = {
      resource(
          "ConfigMap/a",
          RULE + "delete before deleting g",
          "kapp.k14s.io/change-rule.x: delete after deleting h"),
      resource("ConfigMap/b", GROUP + "g"),
      resource("ConfigMap/c", GROUP + "h")
    };
    assertThat(read(resources).edges()).isEmpty();
    assertThat(readForRemoval(resources).edges())
        .extracting(edge -> edge.from() + " > " + edge.to())
        .containsExactly("ConfigMap/a > ConfigMap/b", "ConfigMap/c > ConfigMap/a");
  }

  @Test
  void a_member_of_a_group_may_come_after_the_rest_of_it() {
    Conventions conventions =
        read(
            resource("ConfigMap/a", GROUP + "g", RULE + "upsert after upserting g"),
            resource("ConfigMap/b", GROUP + "g"),
            resource("ConfigMap/c", GROUP + "g"));
    assertThat(edges(conventions))
        .containsExactly("ConfigMap/a > ConfigMap/b", "ConfigMap/a > ConfigMap/c");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "upsert following upserting g | INVALID_ANNOTATION | is no rule",
        "upsert after upserting {nam} | INVALID_ANNOTATION | stands for nothing",
        "upsert after upserting nowhere | DANGLING_REFERENCE | nothing is in the group",
        "upsert after deleting g | NOT_CARRIED_OVER | not carried over"
      })
  void rules_that_lead_nowhere_are_problems(String rule, ProblemCode code, String message) {
    Conventions conventions =
        read(resource("ConfigMap/a", RULE + rule), resource("ConfigMap/b", GROUP + "g"));
    assertThat(conventions.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.message()).contains(message);
            });
    assertThat(conventions.edges()).isEmpty();
  }

  @Test
  void nelm_names_dependencies_and_weighs() {
    Conventions conventions =
        read(
            resource(
                "ConfigMap/a",
                "werf.io/deploy-dependency-db: state=ready,kind=ConfigMap,name=b",
                "werf.io/weight: 1"),
            resource("ConfigMap/b"),
            resource("ConfigMap/c", "werf.io/weight: 1"));
    assertThat(edges(conventions))
        .containsExactly(
            "ConfigMap/a > ConfigMap/b",
            "ConfigMap/a > nelm weight 0",
            "ConfigMap/c > nelm weight 0",
            "nelm weight 0 > ConfigMap/b");
    assertThat(conventions.problems()).isEmpty();
  }

  @Test
  void a_dependency_for_removals_turns_around() {
    Conventions conventions =
        readForRemoval(
            resource(
                "ConfigMap/a", "werf.io/delete-dependency-x: state=absent,kind=ConfigMap,name=b"),
            resource("ConfigMap/b"));
    assertThat(conventions.edges())
        .extracting(Edge::from, Edge::to)
        .containsExactly(tuple("ConfigMap/b", "ConfigMap/a"));
  }

  @Test
  void numbers_that_are_none_are_errors() {
    assertThat(read(resource("ConfigMap/a", WAVE + "soon")).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isTrue();
              assertThat(problem.message()).contains("\"soon\" is no whole number");
            });
  }
}
