package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Propagation;
import io.sailplan.policy.Policy;
import io.sailplan.reconcile.Drift;
import io.sailplan.reconcile.Finding;
import io.sailplan.reconcile.LeaseTerms;
import io.sailplan.reconcile.ReconcilePolicy;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application is kept as it is declared, on a real server. */
@ExtendWith(RealCluster.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class KubernetesReconcilerIT {
  private static final ReconcilePolicy PROMPT =
      ReconcilePolicy.standard().debounce(Duration.ofMillis(50), Duration.ofMillis(500));

  private final BlockingQueue<Finding> findings = new LinkedBlockingQueue<>();
  private KubernetesCluster cluster;
  private String namespace;
  private Application shop;

  @BeforeEach
  void connect(ControlPlane plane, TestInfo test) {
    cluster = plane.connect();
    namespace = "it-" + Integer.toHexString(test.getDisplayName().hashCode() & 0xffffff);
    Response made =
        cluster.send(
            new Request.Create(
                Manifest.of(Map.of("apiVersion", "v1", "kind", "Namespace"))
                    .with(namespace, "metadata", "name"),
                "test"));
    assertThat(made.status()).isIn(201, 409);
    shop =
        Application.read(
                "shop",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {colour: blue}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: api}}
                  template:
                    metadata: {labels: {app: api}}
                    spec:
                      containers:
                        - name: main
                          image: shop/api:1
                          envFrom: [{configMapRef: {name: settings}}]
                """)
            .inNamespace(namespace);
  }

  @AfterEach
  void close() {
    cluster.send(
        new Request.Delete(
            new ObjectKey("", "Namespace", "", namespace), "", "", Propagation.BACKGROUND));
    cluster.close();
  }

  @Test
  void a_deployment_edited_by_hand_is_corrected() throws InterruptedException {
    try (KubernetesReconciler reconciler = start(PROMPT)) {
      reconciler.declare(shop, Policy.standard().forcing());
      until(Finding.Settled.class::isInstance);
      edit("shop/api:by-hand");
      until(Finding.Acting.class::isInstance);
      until(Finding.Settled.class::isInstance);
      assertThat(image()).isEqualTo("shop/api:1");
    }
  }

  @Test
  void a_deployment_edited_by_hand_is_reported_and_stays() throws InterruptedException {
    try (KubernetesReconciler reconciler = start(PROMPT.drift(Drift.REPORT))) {
      reconciler.declare(shop, Policy.standard().forcing());
      until(Finding.Settled.class::isInstance);
      edit("shop/api:by-hand");
      Finding.Drifted drifted = (Finding.Drifted) until(Finding.Drifted.class::isInstance);
      assertThat(drifted.plan().render()).contains("shop/api:by-hand");
      assertThat(image()).isEqualTo("shop/api:by-hand");
    }
  }

  @Test
  void of_two_instances_one_writes_and_the_other_goes_on_when_it_ends()
      throws InterruptedException {
    KubernetesReconciler first = start("first");
    first.declare(shop, Policy.standard());
    until(Finding.Settled.class::isInstance);
    try (KubernetesReconciler second = start("second")) {
      second.declare(shop, Policy.standard());
      assertThat(first.leads()).isTrue();
      assertThat(second.leads()).isFalse();
      first.close();
      assertThat(first.leads()).isFalse();
      until(Finding.Settled.class::isInstance);
      assertThat(second.leads()).isTrue();
      ObjectKey settings = ObjectKey.of("v1", "ConfigMap", namespace, "settings");
      cluster.send(new Request.Delete(settings, "", "", Propagation.BACKGROUND));
      until(Finding.Acted.class::isInstance);
      assertThat(cluster.send(new Request.Get(settings)).status()).isEqualTo(200);
    }
  }

  private KubernetesReconciler start(ReconcilePolicy policy) {
    return cluster.reconciler().policy(policy).listener(this::found).start();
  }

  private KubernetesReconciler start(String name) {
    return cluster
        .reconciler()
        .policy(PROMPT)
        .electedBy(LeaseTerms.standard(namespace, "keeper", name))
        .listener(this::found)
        .start();
  }

  private void found(Membership application, Finding finding) {
    assertThat(application).isEqualTo(Membership.of(shop));
    findings.add(finding);
  }

  private Finding until(Predicate<Finding> wanted) throws InterruptedException {
    Finding finding = findings.take();
    while (!wanted.test(finding)) {
      finding = findings.take();
    }
    return finding;
  }

  private void edit(String image) {
    Manifest live = cluster.send(new Request.Get(deployment())).object().manifest();
    Object container =
        Map.of("name", "main", "image", image, "envFrom", containers(live, "envFrom"));
    Manifest edited = live.with(List.of(container), "spec", "template", "spec", "containers");
    assertThat(cluster.send(new Request.Replace(edited, "somebody", "")).status()).isEqualTo(200);
  }

  private String image() {
    return String.valueOf(
        containers(cluster.send(new Request.Get(deployment())).object().manifest(), "image"));
  }

  private static Object containers(Manifest deployment, String field) {
    List<?> all = (List<?>) deployment.get("spec", "template", "spec", "containers");
    return ((Map<?, ?>) all.get(0)).get(field);
  }

  private ObjectKey deployment() {
    return ObjectKey.of("apps/v1", "Deployment", namespace, "api");
  }
}
