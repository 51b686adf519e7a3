package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinition;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinitionSpec;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinitionVersion;
import io.kubernetes.client.openapi.models.V1CustomResourceSubresources;
import io.kubernetes.client.openapi.models.V1CustomResourceValidation;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1JSONSchemaProps;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1TCPSocketAction;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.sailplan.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesManifestsTest {

  @Test
  void leaves_out_the_empty_collections_that_nobody_set() {
    V1Deployment deployment =
        new V1Deployment()
            .apiVersion("apps/v1")
            .kind("Deployment")
            .metadata(new V1ObjectMeta().name("api").namespace("shop"))
            .spec(
                new V1DeploymentSpec()
                    .replicas(0)
                    .selector(new V1LabelSelector().putMatchLabelsItem("app", "api"))
                    .template(
                        new V1PodTemplateSpec()
                            .spec(
                                new V1PodSpec()
                                    .hostNetwork(false)
                                    .addVolumesItem(
                                        new V1Volume()
                                            .name("scratch")
                                            .emptyDir(new V1EmptyDirVolumeSource()))
                                    .addContainersItem(
                                        new V1Container()
                                            .name("main")
                                            .image("nginx")
                                            .resources(
                                                new V1ResourceRequirements()
                                                    .putRequestsItem("cpu", new Quantity("250m")))
                                            .livenessProbe(
                                                new V1Probe()
                                                    .tcpSocket(
                                                        new V1TCPSocketAction()
                                                            .port(new IntOrString(8080))))))));

    assertThat(KubernetesManifests.manifest(deployment))
        .isEqualTo(
            Manifest.parseJson(
                """
                {"apiVersion":"apps/v1","kind":"Deployment",
                 "metadata":{"name":"api","namespace":"shop"},
                 "spec":{"replicas":0,"selector":{"matchLabels":{"app":"api"}},
                  "template":{"spec":{
                   "containers":[{"name":"main","image":"nginx",
                    "livenessProbe":{"tcpSocket":{"port":8080}},
                    "resources":{"requests":{"cpu":"250m"}}}],
                   "hostNetwork":false,
                   "volumes":[{"name":"scratch","emptyDir":{}}]}}}}
                """));
  }

  @Test
  void keeps_empty_objects_that_somebody_set() {
    V1NetworkPolicy policy =
        new V1NetworkPolicy()
            .apiVersion("networking.k8s.io/v1")
            .kind("NetworkPolicy")
            .metadata(new V1ObjectMeta().name("none"))
            .spec(new V1NetworkPolicySpec().podSelector(new V1LabelSelector()));
    assertThat(KubernetesManifests.manifest(policy).get("spec"))
        .isEqualTo(Map.of("podSelector", Map.of()));

    V1CustomResourceDefinition definition =
        new V1CustomResourceDefinition()
            .apiVersion("apiextensions.k8s.io/v1")
            .kind("CustomResourceDefinition")
            .spec(
                new V1CustomResourceDefinitionSpec()
                    .addVersionsItem(
                        new V1CustomResourceDefinitionVersion()
                            .name("v1")
                            .subresources(new V1CustomResourceSubresources().status(Map.of()))
                            .schema(
                                new V1CustomResourceValidation()
                                    .openAPIV3Schema(
                                        new V1JSONSchemaProps()
                                            .type("object")
                                            .putPropertiesItem("any", new V1JSONSchemaProps())))));
    assertThat(KubernetesManifests.manifest(definition).toJson())
        .contains("\"subresources\":{\"status\":{}}")
        .contains("\"properties\":{\"any\":{}}");
  }

  @Test
  void writes_bytes_and_times_as_the_api_does() {
    V1Secret secret =
        new V1Secret()
            .apiVersion("v1")
            .kind("Secret")
            .metadata(
                new V1ObjectMeta()
                    .name("db")
                    .creationTimestamp(OffsetDateTime.parse("2026-11-20T08:00:00Z")))
            .putDataItem("password", "hunter2".getBytes(StandardCharsets.UTF_8));

    Manifest manifest = KubernetesManifests.manifest(secret);

    assertThat(manifest.get("data")).isEqualTo(Map.of("password", "aHVudGVyMg=="));
    assertThat(manifest.string("metadata", "creationTimestamp")).startsWith("2026-11-20T08:00:00");
  }

  @Test
  void keeps_empty_strings_in_maps() {
    assertThat(
            KubernetesManifests.manifest(
                    new V1ConfigMap().apiVersion("v1").kind("ConfigMap").putDataItem("empty", ""))
                .get("data"))
        .isEqualTo(Map.of("empty", ""));
  }

  @Test
  void takes_dynamic_objects_as_they_are() {
    String json =
        """
        {"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","labels":{}},
         "spec":{"size":3}}""";
    assertThat(
            KubernetesManifests.manifest(
                new DynamicKubernetesObject(JsonParser.parseString(json).getAsJsonObject())))
        .isEqualTo(Manifest.parseJson(json));
  }

  @Test
  void cannot_guess_what_a_model_does_not_say() {
    assertThatThrownBy(() -> KubernetesManifests.manifest(new V1ConfigMap().kind("ConfigMap")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apiVersion")
        .hasMessageContaining("V1ConfigMap");
  }
}
