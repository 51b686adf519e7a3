package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.ApplicationReader;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What a failed deployment tells a person, who has nothing but this text: which object, which pod
 * and container, why, and what to do. On every {@link io.sailplan.run.Cluster}, simulated or real;
 * nothing but the port is used, and the annotation {@value PodBehaviour#ANNOTATION}.
 *
 * <p>Subclasses say which cluster they mean; JUnit runs the sentences that they inherit.
 */
public abstract class DiagnosisContract extends ContractFixture {
  private static final AtomicLong NAMES = new AtomicLong();
  private static final String SECRET_VALUE = "hunter2-of-the-sea";
  private static final String SECRET_IN_BASE64 = "aHVudGVyMi1vZi10aGUtc2Vh";

  private static final Policy POLICY =
      Policy.standard().readyWithin(Duration.ofSeconds(8)).writtenWithin(Duration.ofSeconds(4));

  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: login, namespace: $ns}
      stringData: {password: hunter2-of-the-sea}
      ---
      """;

  private static final String WEB =
      SECRET
          + """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web, namespace: $ns}
          spec:
            replicas: 2
            selector: {matchLabels: {app: web}}
            template:
              metadata:
                labels: {app: web}
                annotations: {kubelet.test.sailplan.io/behaviour: "$behaviour"}
              spec:
                $pod
                containers:
                  - name: server
                    image: shop/web:1
                    $container
          """;

  /** For subclasses. */
  protected DiagnosisContract() {}

  /** Returns the cluster; asked once for each sentence, and may be the same each time. */
  protected abstract ClusterUnderTest clusterUnderTest();

  /** Returns what the names of namespaces begin with; see {@link ClusterContract#prefix}. */
  protected String prefix() {
    return "diagnosis";
  }

  /**
   * Is told each text; for subclasses that keep them.
   *
   * @param sentence what had gone wrong
   * @param text what a person reads, with {@code shop} for the name of the namespace
   */
  protected void told(String sentence, String text) {}

  @Override
  final ClusterUnderTest underTest() {
    return clusterUnderTest();
  }

  @Override
  final String freshName() {
    return prefix() + "-" + NAMES.incrementAndGet();
  }

  @Test
  void an_image_that_cannot_be_pulled() {
    assertThat(deploy("an image that cannot be pulled", web("image-pull-error", "", "")))
        .contains("Deployment shop/web", "Pod web-", "container server")
        .contains("\"shop/web:1\"", "ImagePullBackOff", "Check the image's name and tag");
  }

  @Test
  void a_container_that_crashes() {
    assertThat(deploy("a container that crashes", web("fail:3", "", "")))
        .contains("Deployment shop/web", "Pod web-", "container server")
        .contains("keeps crashing", "exit code 3", "Look at its log");
  }

  @Test
  void a_container_that_needs_too_much_memory() {
    assertThat(
            deploy(
                "a container that needs too much memory",
                web("oom", "", "resources: {limits: {memory: 64Mi}}")))
        .contains("Deployment shop/web", "Pod web-", "container server")
        .contains("exit code 137 (OOMKilled)", "raise the limit");
  }

  @Test
  void a_pod_that_no_node_takes() {
    assertThat(deploy("a pod that no node takes", web("", "nodeSelector: {disk: imaginary}", "")))
        .contains("Deployment shop/web", "Pod web-")
        .containsIgnoringCase("node affinity/selector")
        .contains("Add nodes, ask for less, or change what the pod demands");
  }

  @Test
  void a_quota_that_is_used_up() {
    ObjectKey quota =
        accepted(
                create(
                    """
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: nothing, namespace: $ns}
                    spec: {hard: {pods: "0"}}
                    """))
            .key();
    awaitObject(quota, found -> found.manifest().get("status", "hard", "pods") != null);
    assertThat(deploy("a quota that is used up", web("", "", "")))
        .contains("Deployment shop/web", "exceeded quota: nothing", "pods=0")
        .contains("have the ResourceQuota raised");
  }

  @Test
  void a_webhook_that_cannot_be_reached() {
    ObjectKey guard =
        accepted(
                create(
                    """
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingWebhookConfiguration
                    metadata: {name: $ns}
                    webhooks:
                      - name: guard.sailplan.example.org
                        failurePolicy: Fail
                        sideEffects: None
                        admissionReviewVersions: [v1]
                        timeoutSeconds: 2
                        clientConfig: {service: {name: guard, namespace: $ns, path: /}}
                        namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: $ns}}
                        objectSelector: {matchLabels: {guarded: "yes"}}
                        rules:
                          - operations: [CREATE]
                            apiGroups: [""]
                            apiVersions: [v1]
                            resources: [configmaps]
                    """))
            .key();
    try {
      assertThat(
              deploy(
                  "a webhook that cannot be reached",
                  """
                  apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: settings, namespace: $ns, labels: {guarded: "yes"}}
                  data: {colour: blue}
                  """))
          .contains("ConfigMap/settings", "guard.sailplan.example.org", "guard.shop.svc")
          .contains("500 InternalError", "look at the workload behind it");
    } finally {
      delete(guard);
    }
  }

  @Test
  void a_config_map_that_is_missing() {
    assertThat(
            deploy(
                "a ConfigMap that is missing",
                web("", "", "envFrom: [{configMapRef: {name: settings}}]")))
        .contains("Deployment shop/web", "Pod web-", "container server")
        .contains("cannot be configured", "configmap \"settings\" not found");
  }

  @Test
  void a_secret_that_is_missing() {
    assertThat(
            deploy(
                "a Secret that is missing",
                web("", "volumes: [{name: keys, secret: {secretName: absent}}]", "")))
        .contains("Deployment shop/web", "Pod web-")
        .contains("volume \"keys\"", "secret \"absent\" not found");
  }

  @Test
  void a_readiness_probe_that_fails() {
    assertThat(
            deploy(
                "a readiness probe that fails",
                web("never-ready", "", "readinessProbe: {httpGet: {path: /healthz, port: 8080}}")))
        .contains("Deployment shop/web", "Pod web-", "container server")
        .containsIgnoringCase("readiness probe");
  }

  @Test
  void a_claim_that_nothing_serves() {
    assertThat(
            deploy(
                "a claim that nothing serves",
                web("", "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]", "")
                    + """
                      ---
                      apiVersion: v1
                      kind: PersistentVolumeClaim
                      metadata: {name: data, namespace: $ns}
                      spec:
                        storageClassName: imaginary
                        accessModes: [ReadWriteOnce]
                        resources: {requests: {storage: 1Gi}}
                      """))
        .contains("PersistentVolumeClaim", "data", "has no volume", "\"imaginary\" not found")
        .contains("Name a StorageClass that exists");
  }

  @Test
  void a_job_that_fails() {
    assertThat(
            deploy(
                "a Job that fails",
                SECRET
                    + """
                      apiVersion: batch/v1
                      kind: Job
                      metadata: {name: migrate, namespace: $ns}
                      spec:
                        backoffLimit: 0
                        template:
                          metadata: {annotations: {kubelet.test.sailplan.io/behaviour: "fail:7"}}
                          spec:
                            restartPolicy: Never
                            containers: [{name: schema, image: "shop/migrate:1"}]
                      """))
        .contains("FAILED", "Job shop/migrate", "backoff limit")
        .contains("Pod migrate-", "container schema", "exit code 7");
  }

  @Test
  void a_job_that_fails_and_removes_itself() {
    assertThat(
            deploy(
                "a Job that fails and removes itself",
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate, namespace: $ns}
                spec:
                  backoffLimit: 0
                  ttlSecondsAfterFinished: 0
                  template:
                    metadata: {annotations: {kubelet.test.sailplan.io/behaviour: "fail:7"}}
                    spec:
                      restartPolicy: Never
                      containers: [{name: schema, image: "shop/migrate:1"}]
                """))
        .contains("FAILED", "Job shop/migrate", "backoff limit");
  }

  @Test
  void an_object_that_somebody_made_meanwhile() {
    Plan plan = plan(settings());
    accepted(create(settings()));
    assertThat(run("an object that somebody made meanwhile", plan))
        .contains("STALE", "ConfigMap shop/settings", "creator");
  }

  @Test
  void a_namespace_that_is_deleted_meanwhile() {
    Plan plan = plan(settings());
    ObjectKey held =
        applied(
                "holder",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, namespace: $ns, finalizers: [test.sailplan.io/hold]}
                """)
            .key();
    ObjectKey namespace = new ObjectKey("", "Namespace", "", namespace());
    delete(namespace);
    try {
      assertThat(run("a namespace that is deleted meanwhile", plan))
          .contains("403 Forbidden", "namespace shop", "being terminated")
          .contains("create it again, and plan again");
    } finally {
      send(
          new Request.Patch(
              held, List.of(PatchOperation.remove("/metadata/finalizers")), "holder", ""));
    }
  }

  private static String settings() {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: $ns}
        data: {colour: blue}
        """;
  }

  private static String web(String behaviour, String pod, String container) {
    return WEB.replace("$behaviour", behaviour)
        .replace("$pod", pod)
        .replace("$container", container);
  }

  private String deploy(String sentence, String yaml) {
    return run(sentence, plan(yaml));
  }

  private Plan plan(String yaml) {
    Application application =
        ApplicationReader.named("sick")
            .inNamespace(namespace())
            .add("sick.yaml", yaml.replace("$ns", namespace()))
            .read()
            .orThrow();
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster().observe(ObservationScope.of(deploy, POLICY)))
                .by(POLICY))
        .orThrow();
  }

  /** Runs what has to fail, and returns what it says of that. */
  private String run(String sentence, Plan plan) {
    Outcome outcome = cluster().run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(outcome.render()).isFalse();
    String text = outcome.render().replace(namespace(), "shop");
    assertThat(text).doesNotContain(SECRET_VALUE, SECRET_IN_BASE64);
    told(sentence, text);
    return text;
  }
}
