package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What would not be stored is named with its place; each was refused by a real server. */
class FlawsTest {
  private static final String POD =
      "{apiVersion: v1, kind: PodTemplate, metadata: {name: p, namespace: space}, template: {spec:"
          + " {%s}}}";
  private static final String SERVICE =
      "{apiVersion: v1, kind: Service, metadata: {name: s, namespace: space}, spec: {%s}}";

  static Stream<Arguments> incoherent() {
    return Stream.of(
        Arguments.of(
            pod(
                "containers: [{name: a, image: a, env: [{name: A, value: b, valueFrom: {fieldRef:"
                    + " {fieldPath: metadata.name}}}]}]"),
            ".template.spec.containers[0].env[0].valueFrom cannot stand beside value"),
        Arguments.of(
            pod(
                "containers: [{name: a, image: a}], volumes: [{name: v, emptyDir: {}, configMap:"
                    + " {name: c}}]"),
            ".template.spec.volumes[0] has more than one source: configMap, emptyDir"),
        Arguments.of(
            pod("containers: [{name: a, image: a, volumeMounts: [{name: v, mountPath: /v}]}]"),
            ".template.spec.containers[0].volumeMounts[0].name is \"v\", which is no volume of the"
                + " pod"),
        Arguments.of(
            pod("containers: [{name: a, image: a, livenessProbe: {periodSeconds: 3}}]"),
            ".template.spec.containers[0].livenessProbe has no handler"),
        Arguments.of(
            pod(
                "containers: [{name: a, image: a, resources: {limits: {cpu: '1'}, requests: {cpu:"
                    + " 1500m}}}]"),
            ".template.spec.containers[0].resources.requests.cpu is 1500m, above the limit of 1"),
        Arguments.of(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: space}, spec:"
                + " {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec:"
                + " {containers: [{name: a, image: a}]}}}}",
            ".spec.template.metadata.labels are not those that the selector asks for"),
        Arguments.of(
            "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p, namespace:"
                + " space}, spec: {minAvailable: 1, maxUnavailable: 1}}",
            ".spec has more than one bound: maxUnavailable, minAvailable"),
        Arguments.of(
            "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: space}, spec:"
                + " {scopes: [BestEffort], hard: {configmaps: 1}}}",
            ".spec.hard.configmaps is not counted by a quota with these scopes"),
        Arguments.of(
            SERVICE.formatted("type: NodePort, clusterIP: None, ports: [{port: 80}]"),
            ".spec.clusterIP cannot be None for type NodePort"),
        Arguments.of(
            SERVICE.formatted("type: ClusterIP, ports: [{port: 80}, {port: 81, name: b}]"),
            ".spec.ports[0].name is required"));
  }

  @ParameterizedTest
  @MethodSource("incoherent")
  void what_does_not_go_together_is_named(String yaml, String error) {
    assertThat(errors(yaml)).containsExactly(error);
  }

  @Test
  void what_goes_together_is_right() {
    assertThat(
            errors(
                pod(
                    "containers: [{name: a, image: a, livenessProbe: {grpc: {port: 1}},"
                        + " volumeMounts: [{name: v, mountPath: /v}]}], volumes: [{name: v,"
                        + " emptyDir: {}}]")))
        .isEmpty();
  }

  @Test
  void what_was_wrong_before_is_left_out() {
    Manifest before = Kinds.yaml(SERVICE.formatted("type: NodePort, clusterIP: None, ports: []"));
    Manifest after = before.with("b", "metadata", "labels", "a");

    assertThat(ShapeValidator.flaws(after, before, Kinds.of(after))).isEmpty();
    assertThat(ShapeValidator.flaws(after, null, Kinds.of(after))).hasSize(1);
  }

  @Test
  void a_flaw_stands_where_owners_of_fields_are_told() {
    Manifest object =
        Kinds.yaml(
            pod("containers: [{name: a, image: a}, {name: b, image: '', ports: []}], volumes: []"));

    assertThat(ShapeValidator.flaws(object, null, Kinds.of(object)))
        .extracting(flaw -> flaw.path().toString())
        .containsExactly(".template.spec.containers[name=\"b\"].image");
  }

  @Test
  void items_that_defaults_make_the_same_are_flawed_where_there_were_none_before() {
    Manifest definition =
        Kinds.yaml(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: parts.a.example}
            spec:
              group: a.example
              scope: Namespaced
              names: {kind: Part, plural: parts}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      ports:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name, port]
                        items:
                          type: object
                          properties: {name: {type: string}, port: {type: integer, default: 80}}
            """);
    KindShape shape =
        ShapeCatalog.builtIn()
            .withCustomResources(List.of(definition))
            .find(GroupVersionKind.of("a.example/v1", "Part"))
            .orElseThrow();
    Manifest twice =
        Kinds.yaml(
            "{apiVersion: a.example/v1, kind: Part, metadata: {name: p, namespace: space}, ports:"
                + " [{name: b, port: 80}, {name: b, port: 80}]}");
    assertThat(ShapeValidator.flaws(twice, null, shape))
        .extracting(flaw -> flaw.problem().message())
        .containsExactly(".ports[1] has the same key as item 0: [name=\"b\",port=80]");
    assertThat(ShapeValidator.flaws(twice.with(List.of(), "ports"), null, shape)).isEmpty();
    assertThat(ShapeValidator.flaws(twice.with("x", "metadata", "name"), twice, shape)).isEmpty();
  }

  private static String pod(String spec) {
    return POD.formatted(spec);
  }

  private static List<String> errors(String yaml) {
    Manifest object = Kinds.yaml(yaml);
    return ShapeValidator.flaws(object, null, Kinds.of(object)).stream()
        .map(flaw -> flaw.problem().message())
        .toList();
  }
}
