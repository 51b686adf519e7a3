package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.ApplicationReader;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Propagation;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What goes over the wire to a real server when nothing has changed: its reads, and nothing else.
 */
@ExtendWith(RealCluster.class)
class UnchangedIT {
  private static final String SHOP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {colour: green}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: door}
      stringData: {key: open sesame}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web}
      spec: {podSelector: {matchLabels: {app: web}}, ingress: []}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - name: web
              image: "shop/web:1"
              resources: {requests: {cpu: 1000m, memory: 1024Mi}}
              envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: door}}]
      """;

  private final String namespace = "same-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private Application shop;
  private KubernetesCluster cluster;

  @BeforeEach
  void connect(ControlPlane plane) {
    ApiClient client = Kubeconfig.ofFile(plane.kubeconfig(), null).client();
    client.setHttpClient(
        client
            .getHttpClient()
            .newBuilder()
            .addInterceptor(
                chain -> {
                  sent.add(chain.request().method() + " " + chain.request().url().encodedPath());
                  return chain.proceed(chain.request());
                })
            .build());
    cluster = KubernetesCluster.builder().apiClient(client).build();
    shop =
        ApplicationReader.named("shop")
            .inNamespace(namespace)
            .add("shop.yaml", SHOP)
            .read()
            .orThrow();
    Manifest home =
        Manifest.parseJson(
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                .formatted(namespace));
    assertThat(cluster.send(new Request.Create(home, "it")).status()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    cluster.send(
        new Request.Delete(
            new ObjectKey("", "Namespace", "", namespace), "", "", Propagation.BACKGROUND));
    cluster.close();
  }

  @Test
  void an_unchanged_set_costs_its_reads_and_nothing_else() {
    deploy();
    assertThat(sent).anyMatch(request -> request.startsWith("PATCH "));
    sent.clear();

    Plan second = deploy();

    assertThat(second.isEmpty()).as(second.render()).isTrue();
    assertThat(sent)
        .isNotEmpty()
        .allMatch(request -> request.startsWith("GET "))
        .noneMatch(request -> request.contains("/leases") || request.contains("/events"));
    // Two documents of discovery, one of OpenAPI, lists of members, what decides how sure one is.
    assertThat(sent).hasSizeLessThanOrEqualTo(18);
    assertThat(sent.stream().filter(request -> request.contains("/" + namespace + "/")))
        .as("of the namespace: one list for each kind, and the parent")
        .hasSizeLessThanOrEqualTo(7);
  }

  private Plan deploy() {
    Snapshot seen = cluster.observe(ObservationScope.of(shop));
    Plan plan = Planner.standard().plan(PlanRequest.deploy(shop, seen).at(Instant.now())).orThrow();
    Outcome outcome = cluster.run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(outcome.render()).isTrue();
    return plan;
  }
}
