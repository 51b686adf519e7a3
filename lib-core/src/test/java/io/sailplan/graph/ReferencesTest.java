package io.sailplan.graph;

import static io.sailplan.graph.Graphs.deployment;
import static io.sailplan.graph.Graphs.edges;
import static io.sailplan.graph.Graphs.graph;
import static io.sailplan.graph.Graphs.object;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static final String SERVICE = object("v1", "Service", "api");

  @Test
  void what_lives_in_a_namespace_needs_it() {
    assertThat(
            edges(
                object("v1", "Namespace", "shop"),
                object("v1", "Namespace", "other"),
                object("v1", "ConfigMap", "cfg"),
                object("rbac.authorization.k8s.io/v1", "ClusterRole", "reader")))
        .containsExactly("ConfigMap/cfg → Namespace/shop (metadata.namespace)");
  }

  @Test
  void a_custom_resource_needs_its_definition() {
    assertThat(
            edges(
                AdmissionReferencesTest.definition("example.org", "Thing", "things"),
                object("example.org/v1alpha1", "Thing", "one")))
        .containsExactly(
            "Thing/one → CustomResourceDefinition/things.example.org (custom resource definition)");
  }

  @Test
  void a_workload_waits_for_the_limits_and_quotas_of_its_namespace() {
    assertThat(
            edges(
                deployment("api", "containers: []"),
                object("v1", "LimitRange", "sizes"),
                object("v1", "ResourceQuota", "sum")))
        .containsExactly(
            "Deployment/api ⇢ LimitRange/sizes (LimitRange of its namespace)",
            "Deployment/api ⇢ ResourceQuota/sum (ResourceQuota of its namespace)");
  }

  @Test
  void a_binding_needs_its_role_and_pods_start_after_their_account_is_bound() {
    assertThat(
            edges(
                deployment("api", "containers: [], serviceAccountName: api"),
                object("v1", "ServiceAccount", "api"),
                object("rbac.authorization.k8s.io/v1", "Role", "reader"),
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: api}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
                subjects: [{kind: User, name: jo}, {kind: ServiceAccount, name: api}]
                """))
        .containsExactly(
            "Deployment/api ⇢ RoleBinding/api (RoleBinding/api: subjects[1])",
            "Deployment/api → ServiceAccount/api (spec.template.spec.serviceAccountName)",
            "RoleBinding/api → Role/reader (roleRef)",
            "RoleBinding/api ⇢ ServiceAccount/api (subjects[1])");
  }

  @Test
  void a_controller_waits_for_the_definitions_that_its_role_lets_it_watch() {
    assertThat(
            graph(
                    deployment("operator", "containers: []"),
                    AdmissionReferencesTest.definition("example.org", "Thing", "things"),
                    AdmissionReferencesTest.definition("example.org", "Other", "others"),
                    """
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRole
                    metadata: {name: operator}
                    rules:
                      - {apiGroups: [example.org], resources: [others], verbs: [create]}
                      - {apiGroups: [example.org], resources: [things], verbs: [get, watch]}
                    """,
                    """
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRoleBinding
                    metadata: {name: operator}
                    roleRef: {kind: ClusterRole, name: operator}
                    subjects: [{kind: ServiceAccount, namespace: shop, name: default}]
                    """)
                .dependencies("Deployment/operator"))
        .extracting(Edge::toString)
        .containsExactly(
            "Deployment/operator ⇢ ClusterRoleBinding/operator"
                + " (ClusterRoleBinding/operator: subjects[0])",
            "Deployment/operator ⇢ CustomResourceDefinition/things.example.org"
                + " (ClusterRole/operator: rules[1])");
  }

  @Test
  void roles_that_every_cluster_has_are_no_external_references() {
    String binding =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: %s}
        roleRef: {kind: ClusterRole, name: '%s'}
        """;
    assertThat(
            graph(binding.formatted("a", "view"), binding.formatted("b", "system:basic-user"))
                .externalReferences())
        .isEmpty();
    assertThat(graph(binding.formatted("a", "mine")).externalReferences())
        .hasToString(
            "[ClusterRoleBinding/a refers to ClusterRole.rbac.authorization.k8s.io mine (roleRef)]");
  }

  @Test
  void an_account_waits_for_its_secrets_and_its_token_for_the_account() {
    assertThat(
            edges(
                object("v1", "Secret", "pull"),
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: robot}
                imagePullSecrets: [{name: pull}]
                """,
                """
                apiVersion: v1
                kind: Secret
                type: kubernetes.io/service-account-token
                metadata: {name: token, annotations: {kubernetes.io/service-account.name: robot}}
                """))
        .containsExactly(
            "Secret/token → ServiceAccount/robot"
                + " (metadata.annotations[\"kubernetes.io/service-account.name\"])",
            "ServiceAccount/robot ⇢ Secret/pull (imagePullSecrets[0])");
  }

  @Test
  void a_claim_needs_its_class_and_its_volume_and_comes_after_a_volume_reserved_for_it() {
    assertThat(
            edges(
                object("storage.k8s.io/v1", "StorageClass", "fast"),
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec: {storageClassName: fast, volumeName: disk}
                """,
                object("v1", "PersistentVolume", "disk"),
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: kept}
                spec: {storageClassName: fast, claimRef: {namespace: shop, name: data}}
                """))
        .containsExactly(
            "PersistentVolume/kept → StorageClass/fast (spec.storageClassName)",
            "PersistentVolumeClaim/data → PersistentVolume/disk (spec.volumeName)",
            "PersistentVolumeClaim/data ⇢ PersistentVolume/kept"
                + " (PersistentVolume/kept: spec.claimRef)",
            "PersistentVolumeClaim/data → StorageClass/fast (spec.storageClassName)");
  }

  @Test
  void a_class_that_nobody_has_is_optional_as_claims_and_volumes_may_be_paired_by_hand() {
    assertThat(
            graph(
                    """
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: data}
                    spec: {storageClassName: manual}
                    """)
                .externalReferences())
        .hasToString(
            "[PersistentVolumeClaim/data may refer to StorageClass.storage.k8s.io manual"
                + " (spec.storageClassName)]");
  }

  @Test
  void a_stateful_set_waits_for_its_service_and_needs_the_classes_of_its_claims() {
    assertThat(
            edges(
                SERVICE,
                object("storage.k8s.io/v1", "StorageClass", "fast"),
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: api
                  template: {spec: {containers: []}}
                  volumeClaimTemplates:
                    - {metadata: {name: data}, spec: {storageClassName: fast}}
                """))
        .containsExactly(
            "StatefulSet/db ⇢ Service/api (spec.serviceName)",
            "StatefulSet/db → StorageClass/fast (spec.volumeClaimTemplates[0].spec.storageClassName)");
  }

  @Test
  void pods_start_after_the_services_and_network_policies_that_select_them() {
    assertThat(
            edges(
                deployment("api", "containers: []"),
                deployment("web", "containers: []"),
                """
                apiVersion: v1
                kind: Service
                metadata: {name: api}
                spec: {selector: {app: api}}
                """,
                """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: closed}
                spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}
                """))
        .containsExactly(
            "Deployment/api ⇢ Service/api (Service/api: spec.selector)",
            "Deployment/web ⇢ NetworkPolicy/closed (NetworkPolicy/closed: spec.podSelector)");
  }

  @Test
  void an_ingress_comes_after_its_class_its_backends_and_its_certificate() {
    assertThat(
            edges(
                SERVICE,
                object("v1", "Secret", "tls"),
                object("networking.k8s.io/v1", "IngressClass", "nginx"),
                """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: api}
                spec:
                  ingressClassName: nginx
                  defaultBackend: {service: {name: api}}
                  tls: [{secretName: tls}]
                  rules: [{http: {paths: [{backend: {service: {name: api}}}]}}]
                """))
        .containsExactly(
            "Ingress/api ⇢ IngressClass/nginx (spec.ingressClassName)",
            "Ingress/api ⇢ Secret/tls (spec.tls[0].secretName)",
            "Ingress/api ⇢ Service/api (spec.defaultBackend.service,"
                + " spec.rules[0].http.paths[0].backend.service)");
  }

  @Test
  void a_route_comes_after_its_gateway_and_backends_and_a_gateway_after_its_class() {
    String group = "gateway.networking.k8s.io";
    assertThat(
            edges(
                SERVICE,
                AdmissionReferencesTest.definition(group, "Gateway", "gateways"),
                AdmissionReferencesTest.definition(group, "GatewayClass", "gatewayclasses")
                    .replace("Namespaced", "Cluster"),
                AdmissionReferencesTest.definition(group, "HTTPRoute", "httproutes"),
                object(group + "/v1", "GatewayClass", "edge"),
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: main}
                spec: {gatewayClassName: edge}
                """,
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: api}
                spec: {parentRefs: [{name: main}], rules: [{backendRefs: [{name: api}]}]}
                """))
        .filteredOn(edge -> !edge.contains("custom resource definition"))
        .containsExactly(
            "Gateway/main ⇢ GatewayClass/edge (spec.gatewayClassName)",
            "HTTPRoute/api ⇢ Gateway/main (spec.parentRefs[0])",
            "HTTPRoute/api ⇢ Service/api (spec.rules[0].backendRefs[0])");
  }

  @Test
  void an_autoscaler_comes_after_what_it_scales() {
    assertThat(
            edges(
                deployment("api", "containers: []"),
                """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: api}
                spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}}
                """))
        .containsExactly("HorizontalPodAutoscaler/api ⇢ Deployment/api (spec.scaleTargetRef)");
  }

  @Test
  void a_disruption_budget_waits_for_nothing_as_it_matters_to_evictions_only() {
    assertThat(
            edges(
                deployment("api", "containers: []"),
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: api}
                spec: {selector: {matchLabels: {app: api}}}
                """))
        .isEmpty();
  }
}
