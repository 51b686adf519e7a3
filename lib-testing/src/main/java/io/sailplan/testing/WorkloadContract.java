package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Propagation;
import io.sailplan.run.Request;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Deployments, StatefulSets and DaemonSets: how they roll out, and how they fail. */
abstract class WorkloadContract extends DefinitionContract {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: $ns}
      spec:
        replicas: 2
        progressDeadlineSeconds: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata:
            labels: {app: web}
            annotations: {kubelet.test.sailplan.io/behaviour: ""}
          spec: {containers: [{name: main, image: "shop/web:1"}]}
      """;

  private static final String DB =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: $ns}
      spec:
        replicas: 2
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata:
            labels: {app: db}
            annotations: {kubelet.test.sailplan.io/behaviour: ""}
          spec: {containers: [{name: main, image: "shop/db:1"}]}
        volumeClaimTemplates:
          - metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      """;

  private static final String AGENT =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent, namespace: $ns}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: main, image: "shop/agent:1"}]}
      """;

  private ObjectKey web() {
    return key("Deployment", "web");
  }

  private LiveObject awaitWeb(long replicas) {
    return awaitObject(
        web(),
        object ->
            object.manifest().integer(0, "status", "observedGeneration") == object.generation()
                && object.manifest().integer(0, "status", "updatedReplicas") == replicas
                && object.manifest().integer(0, "status", "availableReplicas") == replicas
                && object.manifest().integer(0, "status", "replicas") == replicas);
  }

  private List<LiveObject> replicaSets() {
    return list(Kind.REPLICA_SET, Map.of("app", "web"));
  }

  @Test
  void a_deployment_becomes_available_through_its_replica_set() {
    applied("me", WEB);
    LiveObject web = awaitWeb(2);
    assertThat(condition(web, "Available").orElseThrow().reason())
        .isEqualTo("MinimumReplicasAvailable");
    assertThat(condition(web, "Progressing").orElseThrow().reason())
        .isEqualTo("NewReplicaSetAvailable");
    assertThat(web.manifest().annotations())
        .containsEntry("deployment.kubernetes.io/revision", "1");
    LiveObject set = replicaSets().get(0);
    assertThat(set.owners()).extracting(owner -> owner.uid()).containsExactly(web.uid());
    assertThat(pods("web"))
        .hasSize(2)
        .allSatisfy(
            pod -> {
              assertThat(pod.owners()).extracting(owner -> owner.uid()).containsExactly(set.uid());
              assertThat(hasCondition(pod, "Ready", "True")).isTrue();
            });
  }

  @Test
  void a_changed_template_rolls_out_by_a_second_replica_set() {
    applied("me", WEB);
    awaitWeb(2);
    applied("me", WEB.replace("shop/web:1", "shop/web:2"));
    LiveObject web = awaitWeb(2);
    assertThat(web.manifest().annotations())
        .containsEntry("deployment.kubernetes.io/revision", "2");
    assertThat(replicaSets())
        .extracting(set -> set.manifest().integer(-1, "spec", "replicas"))
        .containsExactlyInAnyOrder(0L, 2L);
    await(
        "only new pods are left", () -> images("web").equals(List.of("shop/web:2", "shop/web:2")));
  }

  private List<Object> images(String app) {
    return pods(app).stream()
        .map(pod -> Tree.objects(pod.manifest(), "spec", "containers").get(0).get("image"))
        .map(Objects::requireNonNull)
        .toList();
  }

  @Test
  void a_deployment_scales_without_rolling_out() {
    applied("me", WEB);
    awaitWeb(2);
    applied("me", WEB.replace("replicas: 2", "replicas: 3"));
    awaitWeb(3);
    assertThat(replicaSets()).hasSize(1);
    applied("me", WEB.replace("replicas: 2", "replicas: 0"));
    awaitObject(web(), status("replicas", 0));
    await("no pod is left", () -> pods("web").isEmpty());
  }

  @Test
  void a_paused_deployment_does_not_roll_out() {
    applied("me", WEB);
    awaitWeb(2);
    String paused = WEB.replace("replicas: 2", "paused: true\n  replicas: 2");
    LiveObject changed = applied("me", paused.replace("shop/web:1", "shop/web:2"));
    awaitObject(web(), status("observedGeneration", changed.generation()));
    assertThat(replicaSets()).hasSize(1);
    applied("me", WEB.replace("shop/web:1", "shop/web:2"));
    awaitWeb(2);
    assertThat(replicaSets()).hasSize(2);
  }

  @Test
  void pods_that_are_never_ready_let_a_deployment_miss_its_deadline() {
    applied("me", behaving(WEB, "never-ready"));
    LiveObject web = awaitObject(web(), object -> hasCondition(object, "Progressing", "False"));
    assertThat(condition(web, "Progressing").orElseThrow().reason())
        .isEqualTo("ProgressDeadlineExceeded");
    assertThat(condition(web, "Available").orElseThrow().reason())
        .isEqualTo("MinimumReplicasUnavailable");
    assertThat(web.manifest().integer(0, "status", "unavailableReplicas")).isEqualTo(2);
  }

  @Test
  void pods_that_are_late_become_ready_in_the_end() {
    applied("me", behaving(WEB, "late:2s").replace("Seconds: 3", "Seconds: 60"));
    await("a pod runs", () -> !pods("web").isEmpty());
    assertThat(get(web()).manifest().integer(0, "status", "availableReplicas")).isZero();
    awaitWeb(2);
  }

  @Test
  void old_pods_keep_serving_while_new_ones_are_not_ready() {
    applied("me", WEB);
    awaitWeb(2);
    applied("me", behaving(WEB.replace("shop/web:1", "shop/web:2"), "never-ready"));
    awaitObject(web(), object -> hasCondition(object, "Progressing", "False"));
    assertThat(get(web()).manifest().integer(0, "status", "availableReplicas")).isEqualTo(2);
    assertThat(hasCondition(get(web()), "Available", "True")).isTrue();
  }

  @Test
  void a_quota_stops_a_replica_set_and_the_deployment_says_so() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: few, namespace: $ns}
        spec: {hard: {pods: "1"}}
        """);
    awaitQuota("few");
    applied("me", WEB);
    LiveObject web = awaitObject(web(), object -> hasCondition(object, "ReplicaFailure", "True"));
    assertThat(condition(web, "ReplicaFailure").orElseThrow().reason()).isEqualTo("FailedCreate");
    assertThat(condition(web, "ReplicaFailure").orElseThrow().message())
        .contains("exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1");
  }

  @Test
  void a_missing_service_account_stops_a_replica_set() {
    applied(
        "me", WEB.replace("spec: {containers", "spec: {serviceAccountName: nobody, containers"));
    LiveObject web = awaitObject(web(), object -> hasCondition(object, "ReplicaFailure", "True"));
    assertThat(condition(web, "ReplicaFailure").orElseThrow().message())
        .contains("serviceaccount \"nobody\" not found");
  }

  @Test
  void pods_without_their_deployment_are_collected() {
    applied("me", WEB);
    awaitWeb(2);
    delete(web(), Propagation.BACKGROUND);
    await("no pod is left", () -> pods("web").isEmpty() && replicaSets().isEmpty());
  }

  @Test
  void in_foreground_a_deployment_goes_after_its_pods() {
    applied("me", WEB);
    awaitWeb(2);
    delete(web(), Propagation.FOREGROUND);
    awaitGone(web());
    assertThat(replicaSets()).isEmpty();
  }

  @Test
  void orphaned_replica_sets_are_adopted_again() {
    LiveObject first = applied("me", WEB);
    awaitWeb(2);
    delete(web(), Propagation.ORPHAN);
    awaitGone(web());
    assertThat(replicaSets()).hasSize(1);
    LiveObject second = applied("me", WEB);
    assertThat(second.uid()).isNotEqualTo(first.uid());
    awaitWeb(2);
    assertThat(replicaSets())
        .singleElement()
        .satisfies(
            set ->
                assertThat(set.owners())
                    .extracting(owner -> owner.uid())
                    .containsExactly(second.uid()));
  }

  @Test
  void a_stateful_set_starts_its_pods_one_after_the_other() {
    applied("me", behaving(DB, "never-ready"));
    await("the first pod is there", () -> find(key("Pod", "db-0")).isPresent());
    LiveObject first = awaitObject(key("Pod", "db-0"), pod -> hasCondition(pod, "Ready", "False"));
    assertThat(find(key("Pod", "db-1"))).isEmpty();
    accepted(
        send(
            new Request.Patch(
                first.key(),
                List.of(
                    PatchOperation.remove(
                        "/metadata/annotations/kubelet.test.sailplan.io~1behaviour")),
                "healer",
                "")));
    awaitObject(key("Pod", "db-1"), pod -> true);
  }

  @Test
  void in_foreground_a_stateful_set_goes_after_its_pods() {
    ObjectKey db = applied("me", DB).key();
    awaitObject(db, status("readyReplicas", 2));
    delete(db, Propagation.FOREGROUND);
    awaitGone(db);
    assertThat(pods("db")).isEmpty();
  }

  @Test
  void a_stateful_set_becomes_ready_with_numbered_pods_and_claims() {
    applied("me", DB);
    LiveObject db = awaitObject(key("StatefulSet", "db"), status("availableReplicas", 2));
    assertThat(db.manifest().string("status", "currentRevision"))
        .isEqualTo(db.manifest().string("status", "updateRevision"))
        .startsWith("db-");
    assertThat(get(key("Pod", "db-0")).manifest().labels())
        .containsEntry("statefulset.kubernetes.io/pod-name", "db-0");
    awaitObject(
        key("PersistentVolumeClaim", "data-db-1"),
        claim -> claim.manifest().string("status", "phase").equals("Bound"));
  }

  @Test
  void a_stateful_set_updates_its_pods_and_keeps_its_claims() {
    applied("me", DB);
    awaitObject(key("StatefulSet", "db"), status("availableReplicas", 2));
    String claim = get(key("PersistentVolumeClaim", "data-db-0")).uid();
    applied("me", DB.replace("shop/db:1", "shop/db:2"));
    LiveObject db =
        awaitObject(
            key("StatefulSet", "db"),
            object ->
                object.manifest().integer(0, "status", "observedGeneration") == 2
                    && object.manifest().integer(0, "status", "updatedReplicas") == 2
                    && object.manifest().integer(0, "status", "readyReplicas") == 2
                    && object
                        .manifest()
                        .string("status", "currentRevision")
                        .equals(object.manifest().string("status", "updateRevision")));
    assertThat(db.manifest().integer(0, "status", "currentReplicas")).isEqualTo(2);
    assertThat(images("db")).containsExactly("shop/db:2", "shop/db:2");
    assertThat(get(key("PersistentVolumeClaim", "data-db-0")).uid()).isEqualTo(claim);
  }

  @Test
  void a_stateful_set_takes_its_last_pods_away_first() {
    applied("me", DB);
    awaitObject(key("StatefulSet", "db"), status("availableReplicas", 2));
    applied("me", DB.replace("replicas: 2", "replicas: 1"));
    awaitGone(key("Pod", "db-1"));
    assertThat(find(key("Pod", "db-0"))).isPresent();
    assertThat(find(key("PersistentVolumeClaim", "data-db-1"))).isPresent();
  }

  @Test
  void a_daemon_set_has_a_pod_on_each_node() {
    applied("me", AGENT);
    LiveObject agent =
        awaitObject(
            key("DaemonSet", "agent"),
            object ->
                object.manifest().integer(0, "status", "numberAvailable") > 0
                    && object.manifest().integer(-1, "status", "numberAvailable")
                        == object.manifest().integer(0, "status", "desiredNumberScheduled"));
    assertThat(pods("agent"))
        .hasSize((int) agent.manifest().integer(0, "status", "desiredNumberScheduled"))
        .extracting(pod -> pod.manifest().string("spec", "nodeName"))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_daemon_set_that_no_node_takes_wants_no_pods() {
    applied(
        "me", AGENT.replace("spec: {containers", "spec: {nodeSelector: {no: where}, containers"));
    LiveObject agent = awaitObject(key("DaemonSet", "agent"), status("observedGeneration", 1));
    assertThat(agent.manifest().integer(-1, "status", "desiredNumberScheduled")).isZero();
    assertThat(pods("agent")).isEmpty();
  }

  @Test
  void a_daemon_set_updates_its_pods() {
    applied("me", AGENT);
    awaitObject(
        key("DaemonSet", "agent"), o -> o.manifest().integer(0, "status", "numberReady") > 0);
    applied("me", AGENT.replace("shop/agent:1", "shop/agent:2"));
    awaitObject(
        key("DaemonSet", "agent"),
        object ->
            object.manifest().integer(0, "status", "observedGeneration") == 2
                && object.manifest().integer(0, "status", "updatedNumberScheduled")
                    == object.manifest().integer(-1, "status", "desiredNumberScheduled")
                && object.manifest().integer(0, "status", "numberAvailable")
                    == object.manifest().integer(-1, "status", "desiredNumberScheduled"));
    assertThat(images("agent")).containsOnly("shop/agent:2");
  }
}
