package io.sailplan.graph;

import static io.sailplan.graph.Graphs.KINDS;
import static io.sailplan.graph.Graphs.application;
import static io.sailplan.graph.Graphs.configMap;
import static io.sailplan.graph.Graphs.graph;
import static io.sailplan.graph.Graphs.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.model.Application;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.SourceMap;
import io.sailplan.problem.Problem;
import io.sailplan.problem.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResourceGraphTest {

  private static List<String> problems(String... yaml) {
    return ResourceGraph.compile(application(yaml), KINDS).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  private static List<String> problems(Resource... resources) {
    return ResourceGraph.compile(Application.of("test", List.of(resources)), KINDS)
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void a_namespaced_object_without_namespace_lives_at_home() {
    ResourceGraph graph = graph(object("v1", "ConfigMap", "cfg"));
    assertThat(graph.key("ConfigMap/cfg"))
        .isEqualTo(ObjectKey.of("v1", "ConfigMap", "shop", "cfg"));
    assertThat(graph.resources().get(0).manifest().namespace()).isEqualTo("shop");
    assertThat(graph.id(ObjectKey.of("v1", "ConfigMap", "shop", "cfg"))).contains("ConfigMap/cfg");
  }

  @Test
  void a_namespace_on_a_cluster_scoped_object_is_left_out_with_a_warning() {
    String role =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader, namespace: shop}
        """;
    assertThat(problems(role))
        .containsExactly(
            "warning wrong-scope: ClusterRole/reader names the namespace \"shop\", but objects of"
                + " the kind ClusterRole live in no namespace. The namespace is left out; remove"
                + " it.");
    assertThat(graph(role).key("ClusterRole/reader").namespace()).isEmpty();
  }

  @Test
  void two_resources_that_turn_out_to_be_one_object_are_a_problem() {
    assertThat(
            problems(
                object("v1", "Namespace", "a"),
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: a, namespace: other}
                """))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith(
                        "error duplicate: Namespace/shop/a is the same object as"
                            + " Namespace/other/a: Namespace a"));
  }

  @Test
  void every_unknown_kind_is_a_problem_with_advice() {
    assertThat(
            problems(
                object("apps/v1beta1", "Deployment", "a"),
                object("v1", "StatefulSet", "b"),
                object("apps/v1", "Deploymnet", "c"),
                object("example.org/v1", "Thing", "d")))
        .containsExactly(
            "error unknown-kind: Deployment/a has the kind Deployment of apps/v1beta1, which is not"
                + " known. The kind is served as apps/v1.",
            "error unknown-kind: Deploymnet/c has the kind Deploymnet of apps/v1, which is not"
                + " known. Did you mean \"Deployment\"? A kind that does not ship with Kubernetes"
                + " needs its CustomResourceDefinition in the application, or a cluster that serves"
                + " it.",
            "error unknown-kind: StatefulSet/b has the kind StatefulSet of v1, which is not known."
                + " Did you mean the apiVersion \"apps/v1\"?",
            "error unknown-kind: Thing/d has the kind Thing of example.org/v1, which is not known."
                + " A kind that does not ship with Kubernetes needs its CustomResourceDefinition in"
                + " the application, or a cluster that serves it.");
  }

  @Test
  void an_unserved_version_of_a_definition_is_unknown() {
    assertThat(
            problems(
                AdmissionReferencesTest.definition("example.org", "Thing", "things"),
                object("example.org/v2", "Thing", "one")))
        .singleElement()
        .asString()
        .endsWith("The kind is served as example.org/v1, example.org/v1alpha1.");
  }

  @Test
  void an_explicit_dependency_is_hard_and_says_so() {
    ResourceGraph graph = graph(List.of(configMap("a", "b"), configMap("b")), List.of());
    assertThat(graph.edges()).hasToString("[a → b (dependsOn)]");
    assertThat(graph.dependents("b")).isEqualTo(graph.dependencies("a"));
    assertThat(graph.order()).containsExactly("b", "a");
    assertThat(graph.reverseOrder()).containsExactly("a", "b");
  }

  @Test
  void edges_found_elsewhere_keep_their_provenance() {
    List<Edge> more =
        List.of(
            Edge.of("a", "b", Strength.SOFT, Provenance.annotation("example.org/after")),
            Edge.of("a", "b", Strength.HARD, Provenance.expression("spec.x")));
    ResourceGraph graph = graph(List.of(configMap("a", "b"), configMap("b")), more);
    assertThat(graph.edges())
        .hasToString("[a → b (dependsOn, annotation example.org/after, expression at spec.x)]");
  }

  @Test
  void a_written_soft_edge_goes_before_an_inferred_one() {
    List<Resource> resources =
        Graphs.resources(
            object("v1", "Service", "api"),
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: api}
            spec: {defaultBackend: {service: {name: api}}}
            """);
    List<Edge> more =
        List.of(
            Edge.of("Service/api", "Ingress/api", Strength.SOFT, Provenance.annotation("wave")));
    ResourceGraph graph = graph(resources, more);
    assertThat(graph.edges()).hasToString("[Service/api ⇢ Ingress/api (annotation wave)]");
    assertThat(graph.droppedEdges())
        .hasToString("[Ingress/api ⇢ Service/api (spec.defaultBackend.service)]");
  }

  @Test
  void an_edge_to_an_unknown_id_is_the_callers_mistake() {
    List<Edge> more = List.of(Edge.of("a", "b", Strength.SOFT, Provenance.dependsOn()));
    assertThatThrownBy(() -> graph(List.of(configMap("a")), more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more names \"b\"");
    assertThatThrownBy(() -> graph(List.of(configMap("a")), List.of()).dependencies("b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id \"b\"");
  }

  @Test
  void a_circle_of_hard_edges_is_reported_with_its_path_and_place() {
    Resource placed =
        configMap("a", "b").from(SourceMap.of(SourceLocation.of("shop.yaml", 3, 1), Map.of()));
    assertThat(problems(placed, configMap("b", "c"), configMap("c", "a")))
        .containsExactly(
            "error cycle shop.yaml:3:1: these need each other: a → b (dependsOn) → c (dependsOn)"
                + " → a (dependsOn). Take one of these reasons away.");
  }

  @Test
  void every_circle_is_reported_by_the_shortest_way_around() {
    assertThat(
            problems(
                configMap("a", "b"),
                configMap("b", "c"),
                configMap("c", "a", "b"),
                configMap("d"),
                configMap("x", "y"),
                configMap("y", "x")))
        .containsExactly(
            "error cycle: these need each other: b → c (dependsOn) → b (dependsOn); 3 resources in"
                + " all need each other. Take one of these reasons away.",
            "error cycle: these need each other: x → y (dependsOn) → x (dependsOn). Take one of"
                + " these reasons away.");
  }

  @Test
  void a_resource_that_depends_on_itself_is_a_circle() {
    assertThat(problems(configMap("a", "a")))
        .containsExactly(
            "error cycle: a needs itself: a → a (dependsOn). Take one of these reasons away.");
  }

  @Test
  void a_circle_may_mix_what_was_written_and_what_was_inferred() {
    List<Resource> resources =
        new ArrayList<>(
            Graphs.resources(
                Graphs.deployment("api", "containers: [{envFrom: [{secretRef: {name: db}}]}]")));
    resources.add(Graphs.resources(object("v1", "Secret", "db")).get(0).after("Deployment/api"));
    assertThat(problems(resources.toArray(Resource[]::new)))
        .containsExactly(
            "error cycle: these need each other: Deployment/api → Secret/db"
                + " (spec.template.spec.containers[0].envFrom[0].secretRef) → Deployment/api"
                + " (dependsOn). Take one of these reasons away.");
  }

  @Test
  void circles_and_other_problems_are_reported_together() {
    assertThat(
            problems(
                configMap("a", "b"),
                configMap("b", "a"),
                Graphs.resources(object("example.org/v1", "Thing", "d")).get(0)))
        .hasSize(2);
  }

  @Test
  void a_chain_of_fifty_thousand_resources_does_not_exhaust_the_stack() {
    int length = 50_000;
    List<Resource> chain =
        IntStream.range(0, length)
            .mapToObj(i -> i == 0 ? configMap(name(i)) : configMap(name(i), name(i - 1)))
            .toList();
    assertThat(graph(chain, List.of()).order()).startsWith(name(0), name(1)).hasSize(length);

    List<Resource> ring = new ArrayList<>(chain);
    ring.set(0, configMap(name(0), name(length - 1)));
    assertThat(problems(ring.toArray(Resource[]::new)))
        .singleElement()
        .asString()
        .contains("… 49988 more …")
        .hasSizeLessThan(500);
  }

  private static String name(int number) {
    return "c" + (100_000 + number);
  }
}
