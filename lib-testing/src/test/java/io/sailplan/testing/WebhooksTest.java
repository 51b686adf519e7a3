package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing runs in a simulated cluster, so nobody answers for an admission webhook. */
class WebhooksTest {
  private static final Manifest HOOK =
      Yaml.manifest(
          """
          apiVersion: admissionregistration.k8s.io/v1
          kind: ValidatingWebhookConfiguration
          metadata: {name: guard}
          webhooks:
            - name: guard.example.com
              admissionReviewVersions: [v1]
              sideEffects: None
              clientConfig: {service: {name: guard, namespace: default, path: /check}}
              rules:
                - {apiGroups: [""], apiVersions: [v1], resources: [configmaps], operations: [CREATE]}
          """);

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @BeforeEach
  void guard() {
    cluster.given(HOOK, "me");
  }

  private Response create(String name) {
    return cluster.send(Request.Apply.of(Yaml.configMap(name, "key", "value"), "me"));
  }

  @Test
  void a_webhook_that_nobody_serves_blocks_what_it_matches() {
    Response answer = create("settings");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.reason()).isEqualTo("InternalError");
    assertThat(answer.message())
        .startsWith(
            "Internal error occurred: failed calling webhook \"guard.example.com\": failed to call"
                + " webhook: Post \"https://guard.default.svc:443/check?timeout=10s\"");
  }

  @Test
  void what_it_does_not_match_is_not_blocked() {
    assertThat(cluster.send(Request.Apply.of(Yaml.deployment("web", 0, "a"), "me")).status())
        .isEqualTo(201);
  }

  @Test
  void a_webhook_that_is_served_lets_everything_pass() {
    cluster.webhooksServe(true);
    assertThat(create("settings").status()).isEqualTo(201);
  }

  @Test
  void a_webhook_that_may_be_ignored_is_ignored() {
    cluster.given(
        Manifest.parseJson(
            HOOK.toJson()
                .replace("\"sideEffects\"", "\"failurePolicy\":\"Ignore\",\"sideEffects\"")),
        "me");
    assertThat(create("settings").status()).isEqualTo(201);
  }
}
