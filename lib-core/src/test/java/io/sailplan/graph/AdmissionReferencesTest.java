package io.sailplan.graph;

import static io.sailplan.graph.Graphs.deployment;
import static io.sailplan.graph.Graphs.edges;
import static io.sailplan.graph.Graphs.graph;
import static io.sailplan.graph.Graphs.object;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionReferencesTest {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: hook}
      spec: {selector: {app: hook}}
      """;

  static String definition(String group, String kind, String plural) {
    return """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %s.%s}
        spec:
          group: %s
          names: {kind: %s, plural: %s}
          scope: Namespaced
          versions:
            - {name: v1alpha1, served: true, storage: false}
            - {name: v1, served: true, storage: true}
        """
        .formatted(plural, group, group, kind, plural);
  }

  private static String webhook(String kind, String more) {
    return """
        apiVersion: admissionregistration.k8s.io/v1
        kind: %s
        metadata: {name: guard}
        webhooks:
          - name: guard.example.org
            clientConfig: {service: {namespace: shop, name: hook}}
            %s
        """
        .formatted(kind, more);
  }

  private static final String DEPLOYMENTS =
      "rules: [{apiGroups: [apps], apiVersions: ['*'], operations: [CREATE], resources: [deployments]}]";

  @Test
  void a_closed_webhook_waits_for_its_service_and_the_workloads_behind_it() {
    assertThat(
            edges(
                webhook("ValidatingWebhookConfiguration", ""),
                SERVICE,
                deployment("hook", "containers: []"),
                deployment("other", "containers: []")))
        .containsExactly(
            "Deployment/hook ⇢ Service/hook (Service/hook: spec.selector)",
            "ValidatingWebhookConfiguration/guard → Deployment/hook"
                + " (webhooks[0].clientConfig.service, behind Service/hook: spec.selector)",
            "ValidatingWebhookConfiguration/guard → Service/hook (webhooks[0].clientConfig.service)");
  }

  @Test
  void a_webhook_that_fails_open_waits_softly() {
    assertThat(
            graph(
                    webhook("MutatingWebhookConfiguration", "failurePolicy: Ignore"),
                    SERVICE,
                    deployment("hook", "containers: []"))
                .dependencies("MutatingWebhookConfiguration/guard"))
        .extracting(Edge::strength)
        .containsExactly(Strength.SOFT, Strength.SOFT);
  }

  @Test
  void what_a_webhook_looks_at_comes_after_it_but_its_backend_comes_before() {
    ResourceGraph graph =
        graph(
            webhook("ValidatingWebhookConfiguration", DEPLOYMENTS),
            SERVICE,
            deployment("hook", "containers: []"),
            deployment("api", "containers: []"));
    assertThat(graph.order())
        .containsExactly(
            "Service/hook",
            "Deployment/hook",
            "ValidatingWebhookConfiguration/guard",
            "Deployment/api");
    assertThat(graph.droppedEdges())
        .hasToString(
            "[Deployment/hook ⇢ ValidatingWebhookConfiguration/guard"
                + " (ValidatingWebhookConfiguration/guard: webhooks[0].rules)]");
  }

  @Test
  void a_webhook_that_looks_at_pods_comes_before_workloads_that_make_such_pods() {
    String injector =
        webhook(
            "MutatingWebhookConfiguration",
            "objectSelector: {matchLabels: {app: api}}\n    rules: [{apiGroups: [''],"
                + " apiVersions: [v1], operations: [CREATE], resources: [pods]}]");
    assertThat(
            edges(
                injector,
                SERVICE,
                deployment("api", "containers: []"),
                deployment("web", "containers: []")))
        .containsExactly(
            "Deployment/api ⇢ MutatingWebhookConfiguration/guard"
                + " (MutatingWebhookConfiguration/guard: webhooks[0].rules)",
            "MutatingWebhookConfiguration/guard → Service/hook (webhooks[0].clientConfig.service)");
  }

  @Test
  void a_job_beside_the_backend_is_not_held_back_as_it_may_make_what_the_backend_needs() {
    String job =
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: certificates, namespace: %s}
        spec: {template: {spec: {containers: []}}}
        """;
    String hook =
        webhook(
            "ValidatingWebhookConfiguration",
            "rules: [{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*']}]");
    assertThat(graph(hook, job.formatted("shop")).dependencies("Job/certificates")).isEmpty();
    assertThat(graph(hook, job.formatted("other")).dependencies("Job/certificates")).hasSize(1);
  }

  @Test
  void a_job_that_patches_a_webhook_runs_after_it_and_before_what_the_webhook_looks_at() {
    String patch =
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: patch}
        spec: {template: {spec: {containers: [{args: [patch, --webhook-name=guard]}]}}}
        """;
    ResourceGraph graph =
        graph(
            webhook("ValidatingWebhookConfiguration", DEPLOYMENTS),
            patch,
            deployment("api", "containers: []"));
    assertThat(graph.order())
        .containsExactly("ValidatingWebhookConfiguration/guard", "Job/patch", "Deployment/api");
    assertThat(graph.dependencies("Job/patch"))
        .hasToString(
            "[Job/patch ⇢ ValidatingWebhookConfiguration/guard"
                + " (spec.template.spec.containers[0].args[1])]");
  }

  @Test
  void a_webhook_does_not_look_into_namespaces_whose_known_labels_it_does_not_select() {
    String elsewhere =
        webhook(
            "ValidatingWebhookConfiguration",
            "namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name,"
                + " operator: NotIn, values: [shop]}]}\n    "
                + DEPLOYMENTS);
    String unknown =
        webhook(
            "ValidatingWebhookConfiguration",
            "namespaceSelector: {matchLabels: {guarded: 'yes'}}\n    " + DEPLOYMENTS);
    String api = deployment("api", "containers: []");
    String namespace = object("v1", "Namespace", "shop");
    assertThat(graph(elsewhere, api).dependencies("Deployment/api")).isEmpty();
    assertThat(graph(unknown, api).dependencies("Deployment/api")).hasSize(1);
    assertThat(graph(unknown, api, namespace).dependencies("Deployment/api"))
        .extracting(Edge::to)
        .containsExactly("Namespace/shop");
  }

  @Test
  void an_object_in_a_converted_kind_waits_for_the_converter() {
    String definition =
        definition("example.org", "Thing", "things")
            + "  conversion: {strategy: Webhook, webhook: {clientConfig: {service:"
            + " {namespace: shop, name: hook}}}}";
    assertThat(
            graph(
                    definition,
                    object("example.org/v1", "Thing", "one"),
                    SERVICE,
                    deployment("hook", "containers: []"))
                .dependencies("Thing/one"))
        .extracting(Edge::toString)
        .containsExactly(
            "Thing/one → CustomResourceDefinition/things.example.org (custom resource definition)",
            "Thing/one ⇢ Deployment/hook (CustomResourceDefinition/things.example.org:"
                + " spec.conversion.webhook.clientConfig.service)",
            "Thing/one ⇢ Service/hook (CustomResourceDefinition/things.example.org:"
                + " spec.conversion.webhook.clientConfig.service)");
  }

  @Test
  void an_aggregated_api_waits_for_its_service_and_the_workloads_behind_it() {
    assertThat(
            graph(
                    """
                    apiVersion: apiregistration.k8s.io/v1
                    kind: APIService
                    metadata: {name: v1.example.org}
                    spec: {service: {namespace: shop, name: hook}}
                    """,
                    SERVICE,
                    deployment("hook", "containers: []"))
                .dependencies("APIService/v1.example.org"))
        .extracting(Edge::toString)
        .containsExactly(
            "APIService/v1.example.org → Deployment/hook"
                + " (spec.service, behind Service/hook: spec.selector)",
            "APIService/v1.example.org → Service/hook (spec.service)");
  }

  @Test
  void the_binding_of_an_admission_policy_needs_the_policy() {
    assertThat(
            edges(
                object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "p"),
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: b}
                spec: {policyName: p}
                """))
        .containsExactly(
            "ValidatingAdmissionPolicyBinding/b → ValidatingAdmissionPolicy/p (spec.policyName)");
  }

  @Test
  void what_is_given_a_certificate_by_annotation_waits_for_the_certificate() {
    String hook =
        webhook("ValidatingWebhookConfiguration", "")
            .replace(
                "{name: guard}",
                "{name: guard, annotations: {cert-manager.io/inject-ca-from: shop/ca}}");
    assertThat(
            graph(
                    hook,
                    object("cert-manager.io/v1", "Certificate", "ca"),
                    definition("cert-manager.io", "Certificate", "certificates"))
                .dependencies("ValidatingWebhookConfiguration/guard"))
        .hasToString(
            "[ValidatingWebhookConfiguration/guard ⇢ Certificate/ca"
                + " (metadata.annotations[\"cert-manager.io/inject-ca-from\"])]");
  }
}
