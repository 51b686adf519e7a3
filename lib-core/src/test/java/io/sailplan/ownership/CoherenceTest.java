package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not go together is named with its place; each was refused by a real server. */
class CoherenceTest {
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
                    + " {fieldPath: c}}}]}]"),
            ".template.spec.containers[0].env[0]: may not have both value and valueFrom"),
        Arguments.of(
            pod(
                "containers: [{name: a, image: a}], volumes: [{name: v, emptyDir: {}, configMap:"
                    + " {name: c}}]"),
            ".template.spec.volumes[0]: may not have more than one of configMap, emptyDir"),
        Arguments.of(
            pod("containers: [{name: a, image: a, volumeMounts: [{name: v, mountPath: /v}]}]"),
            ".template.spec.containers.volumeMounts: one names no volume of the pod"),
        Arguments.of(
            pod("containers: [{name: a, image: a, livenessProbe: {periodSeconds: 3}}]"),
            ".template.spec.containers[0].livenessProbe: must have one of exec, httpGet, tcpSocket,"
                + " grpc"),
        Arguments.of(
            pod(
                "containers: [{name: a, image: a, resources: {limits: {cpu: '1'}, requests: {cpu:"
                    + " 1500m}}}]"),
            ".template.spec.containers[0].resources.requests: more cpu than the limit"),
        Arguments.of(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: space}, spec:"
                + " {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec:"
                + " {containers: [{name: a, image: a}]}}}}",
            ".spec.template.metadata.labels: the selector does not match them"),
        Arguments.of(
            "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p, namespace:"
                + " space}, spec: {minAvailable: 1, maxUnavailable: 1}}",
            ".spec: may not have more than one of minAvailable, maxUnavailable"),
        Arguments.of(
            "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: space}, spec:"
                + " {scopes: [BestEffort], hard: {configmaps: 1}}}",
            ".spec.hard.configmaps: is not counted by the scopes of this quota"),
        Arguments.of(
            SERVICE.formatted("type: NodePort, clusterIP: None, ports: [{port: 80}]"),
            ".spec.clusterIP: must not be None for type NodePort"),
        Arguments.of(
            SERVICE.formatted("type: ClusterIP, ports: [{port: 80}, {port: 81, name: b}]"),
            ".spec.ports: each needs a name where there are several"));
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

  private static String pod(String spec) {
    return POD.formatted(spec);
  }

  private static List<String> errors(String yaml) {
    Manifest object = Kinds.yaml(yaml);
    return Coherence.errors(object, Kinds.of(object));
  }
}
