package io.sailplan.graph;

import static io.sailplan.graph.Graphs.deployment;
import static io.sailplan.graph.Graphs.edges;
import static io.sailplan.graph.Graphs.graph;
import static io.sailplan.graph.Graphs.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PodReferencesTest {
  private static final String SECRET = object("v1", "Secret", "db");
  private static final String CONFIG = object("v1", "ConfigMap", "cfg");

  @Test
  void a_pod_needs_the_secret_it_mounts() {
    assertThat(
            edges(
                deployment("api", "containers: [], volumes: [{name: v, secret: {secretName: db}}]"),
                SECRET))
        .containsExactly("Deployment/api → Secret/db (spec.template.spec.volumes[0].secret)");
  }

  @Test
  void a_pod_needs_the_config_map_it_mounts() {
    assertThat(
            edges(
                deployment("api", "containers: [], volumes: [{}, {configMap: {name: cfg}}]"),
                CONFIG))
        .containsExactly(
            "Deployment/api → ConfigMap/cfg (spec.template.spec.volumes[1].configMap)");
  }

  @Test
  void a_projected_volume_needs_each_of_its_sources() {
    String volumes =
        "volumes: [{projected: {sources: [{secret: {name: db}}, {configMap: {name: cfg}}]}}]";
    assertThat(edges(deployment("api", "containers: [], " + volumes), SECRET, CONFIG))
        .containsExactly(
            "Deployment/api → ConfigMap/cfg"
                + " (spec.template.spec.volumes[0].projected.sources[1].configMap)",
            "Deployment/api → Secret/db"
                + " (spec.template.spec.volumes[0].projected.sources[0].secret)");
  }

  @Test
  void a_container_needs_what_its_environment_is_read_from() {
    String containers =
        """
        initContainers: [{env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: a}}}]}],
        containers: [{envFrom: [{configMapRef: {name: cfg}}, {secretRef: {name: db}}],
                      env: [{name: B, valueFrom: {configMapKeyRef: {name: cfg, key: b}}}]}]
        """;
    assertThat(edges(deployment("api", containers), SECRET, CONFIG))
        .containsExactly(
            "Deployment/api → ConfigMap/cfg"
                + " (spec.template.spec.containers[0].envFrom[0].configMapRef,"
                + " spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef)",
            "Deployment/api → Secret/db"
                + " (spec.template.spec.containers[0].envFrom[1].secretRef,"
                + " spec.template.spec.initContainers[0].env[0].valueFrom.secretKeyRef)");
  }

  @Test
  void an_optional_reference_is_soft() {
    assertThat(
            edges(
                deployment(
                    "api", "containers: [{envFrom: [{secretRef: {name: db, optional: true}}]}]"),
                SECRET))
        .containsExactly(
            "Deployment/api ⇢ Secret/db (spec.template.spec.containers[0].envFrom[0].secretRef)");
  }

  @Test
  void one_hard_reason_makes_the_edge_hard() {
    String pod =
        "containers: [{envFrom: [{secretRef: {name: db, optional: true}}, {secretRef: {name: db}}]}]";
    assertThat(graph(deployment("api", pod), SECRET).edges())
        .singleElement()
        .satisfies(
            edge -> {
              assertThat(edge.isHard()).isTrue();
              assertThat(edge.provenances()).hasSize(2);
            });
  }

  @Test
  void a_pod_needs_its_account_its_pull_secrets_and_its_classes() {
    assertThat(
            edges(
                deployment(
                    "api",
                    "containers: [], serviceAccountName: api, imagePullSecrets: [{name: db}],"
                        + " priorityClassName: high, runtimeClassName: gvisor"),
                SECRET,
                object("v1", "ServiceAccount", "api"),
                object("scheduling.k8s.io/v1", "PriorityClass", "high"),
                object("node.k8s.io/v1", "RuntimeClass", "gvisor")))
        .containsExactly(
            "Deployment/api → PriorityClass/high (spec.template.spec.priorityClassName)",
            "Deployment/api → RuntimeClass/gvisor (spec.template.spec.runtimeClassName)",
            "Deployment/api → Secret/db (spec.template.spec.imagePullSecrets[0])",
            "Deployment/api → ServiceAccount/api (spec.template.spec.serviceAccountName)");
  }

  @Test
  void a_pod_needs_the_claim_it_mounts_and_the_secrets_of_other_volume_sources() {
    assertThat(
            edges(
                deployment(
                    "api",
                    "containers: [], volumes: [{persistentVolumeClaim: {claimName: data}},"
                        + " {csi: {driver: d, nodePublishSecretRef: {name: db}}},"
                        + " {azureFile: {secretName: db, shareName: s}}]"),
                SECRET,
                object("v1", "PersistentVolumeClaim", "data")))
        .containsExactly(
            "Deployment/api → PersistentVolumeClaim/data"
                + " (spec.template.spec.volumes[0].persistentVolumeClaim)",
            "Deployment/api → Secret/db (spec.template.spec.volumes[1].csi.nodePublishSecretRef,"
                + " spec.template.spec.volumes[2].azureFile.secretName)");
  }

  @Test
  void pods_are_found_in_cron_jobs_bare_pods_and_custom_workloads() {
    assertThat(
            edges(
                SECRET,
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec: {jobTemplate: {spec: {template: {spec: {
                  containers: [{envFrom: [{secretRef: {name: db}}]}]}}}}}
                """,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: once}
                spec: {containers: [{envFrom: [{secretRef: {name: db}}]}]}
                """,
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: slow}
                spec: {template: {spec: {containers: [{envFrom: [{secretRef: {name: db}}]}]}}}
                """,
                AdmissionReferencesTest.definition("argoproj.io", "Rollout", "rollouts")))
        .containsExactly(
            "CronJob/nightly → Secret/db"
                + " (spec.jobTemplate.spec.template.spec.containers[0].envFrom[0].secretRef)",
            "Pod/once → Secret/db (spec.containers[0].envFrom[0].secretRef)",
            "Rollout/slow → CustomResourceDefinition/rollouts.argoproj.io"
                + " (custom resource definition)",
            "Rollout/slow → Secret/db (spec.template.spec.containers[0].envFrom[0].secretRef)");
  }

  @Test
  void the_same_name_in_another_namespace_is_another_object() {
    ResourceGraph graph =
        graph(
            deployment("api", "containers: [{envFrom: [{secretRef: {name: db}}]}]"),
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: db, namespace: elsewhere}
            """);
    assertThat(graph.edges()).isEmpty();
    assertThat(graph.externalReferences())
        .hasToString(
            "[Deployment/api refers to Secret shop/db"
                + " (spec.template.spec.containers[0].envFrom[0].secretRef)]");
  }

  @Test
  void what_is_not_in_the_application_is_an_external_reference_required_or_optional() {
    List<ExternalReference> external =
        graph(
                deployment(
                    "api",
                    "containers: [{envFrom: [{secretRef: {name: a}},"
                        + " {configMapRef: {name: b, optional: true}}]}]"))
            .externalReferences();
    assertThat(external)
        .extracting(reference -> reference.key() + (reference.optional() ? "?" : ""))
        .containsExactly("ConfigMap shop/b?", "Secret shop/a");
  }

  @Test
  void what_kubernetes_makes_itself_is_no_external_reference() {
    String pod =
        "containers: [], serviceAccountName: default, priorityClassName: system-node-critical,"
            + " volumes: [{projected: {sources: [{configMap: {name: kube-root-ca.crt}}]}}]";
    assertThat(graph(deployment("api", pod)).externalReferences()).isEmpty();
  }

  @Test
  void a_name_that_is_an_expression_refers_to_nothing_yet() {
    String pod = "containers: [{envFrom: [{secretRef: {name: '${other.metadata.name}'}}]}]";
    assertThat(graph(deployment("api", pod)).externalReferences()).isEmpty();
  }

  @Test
  void a_secret_that_a_custom_resource_makes_is_waited_for_at_its_maker() {
    ResourceGraph graph =
        graph(
            deployment("api", "containers: [], volumes: [{secret: {secretName: tls}}]"),
            """
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {name: api}
            spec: {secretName: tls}
            """,
            AdmissionReferencesTest.definition("cert-manager.io", "Certificate", "certificates"));
    assertThat(graph.dependencies("Deployment/api"))
        .hasToString(
            "[Deployment/api ⇢ Certificate/api (spec.template.spec.volumes[0].secret,"
                + " made by Certificate/api: spec.secretName)]");
    assertThat(graph.externalReferences()).isEmpty();
  }
}
