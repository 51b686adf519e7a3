package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.run.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pods, what they need, and what may be had of them. */
abstract class PodContract extends WorkloadContract {
  private static final String TOOL =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: tool
        namespace: $ns
        annotations: {kubelet.test.sailplan.io/behaviour: ""}
      spec: {containers: [{name: main, image: "shop/tool:1"}]}
      """;

  @Test
  void a_pod_is_assigned_to_a_node_and_runs() {
    applied("me", TOOL);
    LiveObject tool = awaitObject(key("Pod", "tool"), pod -> hasCondition(pod, "Ready", "True"));
    assertThat(tool.manifest().string("spec", "nodeName")).isNotEmpty();
    assertThat(tool.manifest().string("status", "phase")).isEqualTo("Running");
    assertThat(tool.manifest().string("spec", "serviceAccountName")).isEqualTo("default");
    delete(tool.key());
    awaitGone(tool.key());
  }

  @Test
  void a_pod_that_fits_nowhere_is_unschedulable() {
    applied("me", TOOL.replace("spec: {", "spec: {nodeSelector: {no: where}, "));
    LiveObject tool =
        awaitObject(key("Pod", "tool"), pod -> hasCondition(pod, "PodScheduled", "False"));
    Condition scheduled = condition(tool, "PodScheduled").orElseThrow();
    assertThat(scheduled.reason()).isEqualTo("Unschedulable");
    assertThat(scheduled.message())
        .contains("nodes are available: ", "node(s) didn't match Pod's node affinity/selector");
    assertThat(awaitWarning("tool", "FailedScheduling")).isEqualTo(scheduled.message());
  }

  @Test
  void an_image_that_cannot_be_pulled_keeps_a_pod_waiting() {
    applied("me", behaving(TOOL, "image-pull-error"));
    awaitObject(key("Pod", "tool"), pod -> waiting(pod).equals("ImagePullBackOff"));
    assertThat(get(key("Pod", "tool")).manifest().string("status", "phase")).isEqualTo("Pending");
    awaitWarning("tool", "Failed");
  }

  @Test
  void a_container_that_crashes_is_restarted_again_and_again() {
    applied("me", behaving(TOOL, "crash-loop"));
    LiveObject tool =
        awaitObject(
            key("Pod", "tool"),
            pod -> waiting(pod).equals("CrashLoopBackOff") && restarts(pod) >= 2);
    Object last = first(tool).get("lastState");
    assertThat(Trees.get(last, "terminated", "exitCode")).isEqualTo(1L);
    assertThat(awaitWarning("tool", "BackOff"))
        .startsWith("Back-off restarting failed container main in pod tool_");
  }

  @Test
  void a_container_that_needs_too_much_memory_is_killed() {
    applied("me", behaving(TOOL, "oom"));
    LiveObject tool =
        awaitObject(key("Pod", "tool"), pod -> waiting(pod).equals("CrashLoopBackOff"));
    Object last = Trees.get(first(tool).get("lastState"), "terminated");
    assertThat(Trees.get(last, "exitCode")).isEqualTo(137L);
    assertThat(Trees.get(last, "reason")).isEqualTo("OOMKilled");
  }

  @Test
  void a_missing_secret_keeps_a_container_from_being_made_until_it_is_there() {
    applied(
        "me",
        TOOL.replace(
            "image: \"shop/tool:1\"",
            "image: \"shop/tool:1\", envFrom: [{secretRef: {name: door}}]"));
    LiveObject tool =
        awaitObject(key("Pod", "tool"), pod -> waiting(pod).equals("CreateContainerConfigError"));
    assertThat(Trees.get(first(tool).get("state"), "waiting", "message"))
        .isEqualTo("secret \"door\" not found");
    applied("me", "{apiVersion: v1, kind: Secret, metadata: {name: door, namespace: $ns}}");
    awaitObject(key("Pod", "tool"), pod -> hasCondition(pod, "Ready", "True"));
  }

  @Test
  void a_missing_config_map_keeps_a_volume_from_being_mounted() {
    applied(
        "me",
        TOOL.replace("spec: {", "spec: {volumes: [{name: files, configMap: {name: settings}}], "));
    assertThat(awaitWarning("tool", "FailedMount"))
        .isEqualTo(
            "MountVolume.SetUp failed for volume \"files\" : configmap \"settings\" not found");
    assertThat(waiting(get(key("Pod", "tool")))).isEqualTo("ContainerCreating");
  }

  @Test
  void a_claim_is_protected_while_a_pod_uses_it() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: disk, namespace: $ns}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """);
    ObjectKey disk = key("PersistentVolumeClaim", "disk");
    awaitObject(disk, claim -> claim.manifest().string("status", "phase").equals("Bound"));
    applied(
        "me",
        TOOL.replace(
            "spec: {",
            "spec: {volumes: [{name: disk, persistentVolumeClaim: {claimName: disk}}], "));
    awaitObject(key("Pod", "tool"), pod -> hasCondition(pod, "Ready", "True"));
    assertThat(delete(disk).object().finalizers()).containsExactly("kubernetes.io/pvc-protection");
    assertThat(find(disk)).isPresent();
    delete(key("Pod", "tool"));
    awaitGone(disk);
  }

  @Test
  void a_disruption_budget_counts_its_pods() {
    applied("me", TOOL.replace("name: tool", "name: tool\n  labels: {app: tool}"));
    applied(
        "me",
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: some, namespace: $ns}
        spec: {minAvailable: 1, selector: {matchLabels: {app: tool}}}
        """);
    ObjectKey some = new ObjectKey("policy", "PodDisruptionBudget", namespace(), "some");
    LiveObject budget = awaitObject(some, status("currentHealthy", 1));
    assertThat(budget.manifest().integer(0, "status", "observedGeneration")).isEqualTo(1);
    assertThat(budget.manifest().integer(-1, "status", "disruptionsAllowed")).isZero();
    assertThat(condition(budget, "DisruptionAllowed").orElseThrow().reason())
        .isEqualTo("InsufficientPods");
  }

  @Test
  void a_load_balancer_gives_the_address_that_is_asked_for() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          namespace: $ns
          annotations: {kubelet.test.sailplan.io/address: 10.1.2.3}
        spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
        """);
    LiveObject web =
        awaitObject(
            key("Service", "web"),
            object -> object.manifest().get("status", "loadBalancer", "ingress") != null);
    assertThat(Tree.objects(web.manifest(), "status", "loadBalancer", "ingress"))
        .singleElement()
        .satisfies(ingress -> assertThat(ingress.get("ip")).isEqualTo("10.1.2.3"));
  }

  @Test
  void a_volume_made_by_hand_is_bound_to_the_claim_that_it_suits() {
    String volume = namespace() + "-disk";
    applied(
        "me",
        """
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: %1$s}
        spec:
          storageClassName: %1$s
          capacity: {storage: 2Gi}
          accessModes: [ReadWriteOnce]
          hostPath: {path: /nonexistent}
        """
            .formatted(volume));
    ObjectKey disk = new ObjectKey("", "PersistentVolume", "", volume);
    awaitObject(disk, object -> object.manifest().string("status", "phase").equals("Available"));
    applied(
        "me",
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: disk, namespace: $ns}
        spec:
          storageClassName: %s
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        """
            .formatted(volume));
    LiveObject claim =
        awaitObject(
            key("PersistentVolumeClaim", "disk"),
            object -> object.manifest().string("status", "phase").equals("Bound"));
    assertThat(claim.manifest().string("spec", "volumeName")).isEqualTo(volume);
    awaitObject(disk, object -> object.manifest().string("status", "phase").equals("Bound"));
    delete(disk);
    delete(claim.key());
  }

  @Test
  void a_replication_controller_keeps_its_pods() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: old, namespace: $ns}
        spec:
          replicas: 2
          selector: {app: old}
          template:
            metadata: {labels: {app: old}}
            spec: {containers: [{name: main, image: "shop/old:1"}]}
        """);
    LiveObject old = awaitObject(key("ReplicationController", "old"), status("readyReplicas", 2));
    assertThat(old.manifest().integer(0, "status", "observedGeneration")).isEqualTo(1);
    delete(pods("old").get(0).key());
    await(
        "the pod is replaced",
        () -> pods("old").stream().filter(pod -> !pod.isTerminating()).count() == 2);
  }

  @Test
  void a_quota_refuses_what_exceeds_it() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: none, namespace: $ns}
        spec: {hard: {services: "0"}}
        """);
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: $ns}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """;
    awaitQuota("none");
    Response answer = refused(apply("me", service), 403, "Forbidden");
    assertThat(answer.message())
        .contains(
            "exceeded quota: none, requested: services=1, used: services=0, limited: services=0");
  }

  private static Map<String, ?> first(LiveObject pod) {
    List<? extends Map<String, ?>> all =
        Tree.objects(pod.manifest(), "status", "containerStatuses");
    return all.isEmpty() ? Map.of() : all.get(0);
  }

  private static String waiting(LiveObject pod) {
    return Trees.string(Trees.get(first(pod), "state", "waiting", "reason"));
  }

  private static long restarts(LiveObject pod) {
    return Tree.integer(first(pod), 0, "restartCount");
  }
}
