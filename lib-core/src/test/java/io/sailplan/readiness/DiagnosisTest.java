package io.sailplan.readiness;

import static io.sailplan.readiness.Objects.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final LiveObject DEPLOYMENT =
      live(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: api, namespace: shop, uid: d, generation: 1}
          spec: {replicas: 3, selector: {matchLabels: {app: api}}}
          status: {observedGeneration: 1, replicas: 3, updatedReplicas: 3}
          """);
  private static final LiveObject OLD = replicaSet("api-old", 1, 3);
  private static final LiveObject NEW = replicaSet("api-new", 2, 3);

  private static LiveObject replicaSet(String name, int revision, int replicas) {
    return live(
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata:
          name: %s
          namespace: shop
          uid: %s
          annotations: {deployment.kubernetes.io/revision: "%d"}
          ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: d}]
        spec: {replicas: 3}
        status: {replicas: %d}
        """
            .formatted(name, name, revision, replicas));
  }

  private static LiveObject pod(String name, String owner, String status) {
    return live(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: shop
          ownerReferences: [{apiVersion: v1, kind: %s, name: %s, uid: %s}]
        spec: {volumes: [{persistentVolumeClaim: {claimName: data}}]}
        status: {%s}
        """
            .formatted(name, kind(owner), owner, owner, status));
  }

  private static String kind(String owner) {
    return owner.equals("migrate") ? "Job" : owner.equals("db") ? "StatefulSet" : "ReplicaSet";
  }

  private static String waiting(String reason, String message) {
    return "containerStatuses: [{name: app, image: 'nginx:nope', ready: false, restartCount: 0,"
        + " state: {waiting: {reason: "
        + reason
        + ", message: '"
        + message
        + "'}}}]";
  }

  private static String crashed(int exitCode, String reason) {
    return "containerStatuses: [{name: app, image: i, ready: false, restartCount: 4, state: {waiting:"
        + " {reason: CrashLoopBackOff, message: back-off}}, lastState: {terminated: {exitCode: "
        + exitCode
        + ", reason: "
        + reason
        + "}}}]";
  }

  private static LiveObject event(
      String kind, String name, String reason, String message, int second) {
    return live(
        """
        apiVersion: v1
        kind: Event
        metadata: {name: "%s.%d", namespace: shop}
        type: Warning
        involvedObject: {kind: %s, namespace: shop, name: %s}
        reason: %s
        message: '%s'
        count: 2
        lastTimestamp: "2026-01-01T00:00:%02dZ"
        """
            .formatted(name, second, kind, name, reason, message, second));
  }

  private static Diagnosis diagnose(LiveObject target, LiveObject... related) {
    return diagnose(target, Function.identity(), Map.of(), related);
  }

  private static Diagnosis diagnose(
      LiveObject target,
      Function<String, String> masker,
      Map<ContainerName, String> logs,
      LiveObject... related) {
    Verdict verdict = Readiness.judge(target, ReadinessQuery.plain());
    List<LiveObject> all = new ArrayList<>(Arrays.asList(related));
    Diagnosis diagnosis = Diagnosis.explain(target, verdict, all, logs, masker);
    Collections.reverse(all);
    assertThat(Diagnosis.explain(target, verdict, all, logs, masker))
        .as("whatever the order of what was seen")
        .isEqualTo(diagnosis);
    return diagnosis;
  }

  @Test
  void an_image_that_cannot_be_pulled_is_named_with_what_the_registry_said() {
    String backOff = waiting("ImagePullBackOff", "Back-off pulling image \"nginx:nope\"");
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    OLD,
                    NEW,
                    pod("api-1", "api-new", backOff),
                    pod("api-2", "api-new", backOff),
                    pod("api-3", "api-new", backOff),
                    pod("api-0", "api-old", waiting("ErrImagePull", "an old one")),
                    event(
                        "Pod",
                        "api-1",
                        "Failed",
                        "Failed to pull image \"nginx:nope\": nginx:nope: not found",
                        1),
                    event("Pod", "api-1", "Failed", "Error: ErrImagePull", 2))
                .text())
        .isEqualTo(
            """
            Deployment shop/api is not ready: 0 of 3 replicas are available.
              Pod api-1 (and 2 more like it): container app cannot pull image "nginx:nope": Failed to pull image \
            "nginx:nope": nginx:nope: not found (ImagePullBackOff).
                Check the image's name and tag; for a private registry, the imagePullSecrets.
                event Failed ×2: Error: ErrImagePull""");
  }

  @Test
  void a_crash_tells_its_exit_code_and_the_end_of_the_log_before_it() {
    LiveObject one = pod("api-1", "api-new", crashed(3, "Error"));
    LiveObject two = pod("api-2", "api-new", crashed(3, "Error"));
    ContainerName log = new ContainerName("shop", "api-1", "app", true);
    assertThat(Diagnosis.logsWanted(DEPLOYMENT, List.of(NEW, one, two))).containsExactly(log);
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    text -> text.replace("hunter2", "***"),
                    Map.of(log, "starting\n\npassword hunter2 refused\n"),
                    NEW,
                    one,
                    two)
                .text())
        .isEqualTo(
            """
            Deployment shop/api is not ready: 0 of 3 replicas are available.
              Pod api-1 (and 1 more like it): container app keeps crashing (restarted 4 times): \
            exit code 3 (Error).
                Look at its log.
                log | starting
                log | password *** refused""");
  }

  @Test
  void a_container_that_used_too_much_memory_is_told_from_other_crashes() {
    assertThat(
            diagnose(DEPLOYMENT, NEW, pod("api-1", "api-new", crashed(137, "OOMKilled")))
                .findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo("OOMKilled");
              assertThat(finding.message()).endsWith("exit code 137 (OOMKilled)");
              assertThat(finding.hint()).contains("more memory than its limit");
            });
  }

  @Test
  void a_command_that_is_not_there_and_a_container_that_just_ends_get_their_own_advice() {
    assertThat(diagnose(DEPLOYMENT, NEW, pod("api-1", "api-new", crashed(127, "Error"))).text())
        .contains("Its command is not in the image");
    assertThat(diagnose(DEPLOYMENT, NEW, pod("api-1", "api-new", crashed(0, "Completed"))).text())
        .contains("It ends by itself");
  }

  @Test
  void the_scheduler_is_quoted_without_its_thoughts_on_preemption() {
    String message =
        "0/3 nodes are available: 3 node(s) didn''t match Pod''s node affinity/selector. no new"
            + " claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not"
            + " helpful for scheduling.";
    String status =
        "phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
            + " message: '"
            + message
            + "'}]";
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    NEW,
                    pod("api-1", "api-new", status),
                    event("Pod", "api-1", "FailedScheduling", message, 1))
                .text())
        .isEqualTo(
            """
            Deployment shop/api is not ready: 0 of 3 replicas are available.
              Pod api-1: it cannot be scheduled: 0/3 nodes are available: 3 node(s) didn't match \
            Pod's node affinity/selector.
                Add nodes, ask for less, or change what the pod demands of a node.""");
  }

  @Test
  void an_exceeded_quota_is_found_at_the_replica_set_and_told_once() {
    String refused =
        "Error creating: pods \"api-new-%s\" is forbidden: exceeded quota: few, requested: cpu=400m,"
            + " used: cpu=800m, limited: cpu=1";
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    replicaSet("api-new", 2, 0),
                    event("ReplicaSet", "api-new", "FailedCreate", refused.formatted("sxn84"), 1),
                    event("ReplicaSet", "api-new", "FailedCreate", refused.formatted("nwwp4"), 2))
                .text())
        .isEqualTo(
            """
            Deployment shop/api is not ready: 0 of 3 replicas are available.
              ReplicaSet api-new: its pods are refused: pods "api-new-…" is forbidden: exceeded \
            quota: few, requested: cpu=400m, used: cpu=800m, limited: cpu=1.
                Ask for less, free what the quota counts, or have the ResourceQuota raised.""");
  }

  @Test
  void what_the_condition_says_serves_when_there_is_no_event() {
    LiveObject set =
        live(
            """
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: old, namespace: shop, generation: 1}
            spec: {replicas: 1}
            status:
              observedGeneration: 1
              conditions:
                - {type: ReplicaFailure, status: 'True', reason: FailedCreate,
                   message: 'pods "old-12abc" is forbidden: error looking up service account
                     shop/api: serviceaccount "api" not found'}
            """);
    assertThat(diagnose(set).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo("ServiceAccountMissing");
              assertThat(finding.message()).contains("serviceaccount \"api\" not found");
            });
  }

  @Test
  void a_warning_about_pods_that_exist_by_now_is_not_blamed() {
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    NEW,
                    event("ReplicaSet", "api-new", "FailedCreate", "exceeded quota: few", 1))
                .findings())
        .isEmpty();
  }

  @Test
  void a_webhook_that_refuses_or_does_not_answer_is_named() {
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    replicaSet("api-new", 2, 0),
                    event(
                        "ReplicaSet",
                        "api-new",
                        "FailedCreate",
                        "Error creating: admission webhook \"guard.example.org\" denied the request:"
                            + " no",
                        1))
                .findings())
        .extracting(Finding::reason)
        .containsExactly("DeniedByWebhook");
    assertThat(
            Diagnosis.advice(
                "Internal error occurred: failed calling webhook \"down.example.org\": failed to"
                    + " call webhook: Post \"https://nohook.default.svc:443/?timeout=10s\": service"
                    + " \"nohook\" not found"))
        .contains("look at the workload behind it");
    assertThat(
            Diagnosis.advice(
                "configmaps \"a\" is forbidden: unable to create new content in namespace shop"
                    + " because it is being terminated"))
        .isEqualTo("Wait until the namespace is gone, create it again, and plan again.");
    assertThat(Diagnosis.advice("something else")).isEmpty();
  }

  @Test
  void a_missing_config_map_or_secret_is_named() {
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    NEW,
                    pod(
                        "api-1",
                        "api-new",
                        waiting("CreateContainerConfigError", "secret \"db\" not found")))
                .findings())
        .extracting(Finding::message)
        .containsExactly("container app cannot be configured: secret \"db\" not found");
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    NEW,
                    pod("api-1", "api-new", waiting("ContainerCreating", "")),
                    event(
                        "Pod",
                        "api-1",
                        "FailedMount",
                        "MountVolume.SetUp failed for volume \"c\" : configmap \"cfg\" not found",
                        1))
                .text())
        .isEqualTo(
            """
            Deployment shop/api is not ready: 0 of 3 replicas are available.
              Pod api-1: a volume cannot be mounted: MountVolume.SetUp failed for volume "c" : \
            configmap "cfg" not found.
                Add what is missing, or mark the volume optional.""");
  }

  @Test
  void a_failing_readiness_probe_is_quoted() {
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    NEW,
                    pod(
                        "api-1",
                        "api-new",
                        "containerStatuses: [{name: app, ready: false, state: {running: {}}}]"),
                    event(
                        "Pod",
                        "api-1",
                        "Unhealthy",
                        "Readiness probe failed: HTTP probe failed with statuscode: 500",
                        1))
                .findings())
        .extracting(Finding::message)
        .containsExactly(
            "container app runs but is not ready: Readiness probe failed: HTTP probe failed with"
                + " statuscode: 500");
  }

  @Test
  void an_init_container_that_fails_is_named_as_such() {
    assertThat(
            diagnose(
                    DEPLOYMENT,
                    NEW,
                    pod(
                        "api-1",
                        "api-new",
                        "initContainerStatuses: [{name: migrate, state: {terminated: {exitCode: 1,"
                            + " reason: Error, message: 'no database'}}}], "
                            + waiting("PodInitializing", "")))
                .findings())
        .extracting(Finding::message)
        .containsExactly("init container migrate failed: exit code 1 (Error), no database");
  }

  @Test
  void a_claim_without_volume_is_told_before_the_pod_that_waits_for_it() {
    LiveObject stateful =
        live(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop, uid: db, generation: 1}
            spec: {replicas: 1}
            status: {observedGeneration: 1, replicas: 1}
            """);
    LiveObject claim =
        live(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: shop}
            spec: {storageClassName: missing}
            status: {phase: Pending}
            """);
    String unscheduled =
        "phase: Pending, conditions: [{type: PodScheduled, status: 'False', message: '0/3 nodes are"
            + " available: pod has unbound immediate PersistentVolumeClaims'}]";
    assertThat(
            diagnose(
                    stateful,
                    claim,
                    pod("db-0", "db", unscheduled),
                    event(
                        "PersistentVolumeClaim",
                        "data",
                        "ProvisioningFailed",
                        "storageclass.storage.k8s.io \"missing\" not found",
                        1))
                .text())
        .isEqualTo(
            """
            StatefulSet shop/db is not ready: 0 of 1 replica is available.
              PersistentVolumeClaim data: it has no volume: storageclass.storage.k8s.io "missing" \
            not found.
                Name a StorageClass that exists, or mark one as the cluster's default.
              Pod db-0: it cannot be scheduled: 0/3 nodes are available: pod has unbound immediate \
            PersistentVolumeClaims.
                Look at the claims of the pod: a volume is missing, or cannot be reached from a \
            node.""");
  }

  @Test
  void a_failed_job_tells_the_exit_code_of_its_pod() {
    LiveObject job =
        live(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: migrate, namespace: shop, uid: migrate, generation: 1}
            status:
              failed: 1
              conditions:
                - {type: Failed, status: 'True', reason: BackoffLimitExceeded,
                   message: Job has reached the specified backoff limit}
            """);
    String failed =
        "phase: Failed, containerStatuses: [{name: app, state: {terminated: {exitCode: 2, reason:"
            + " Error}}}]";
    LiveObject pod = pod("migrate-x", "migrate", failed);
    assertThat(diagnose(job, pod).text())
        .isEqualTo(
            """
            Job shop/migrate is not ready: it has failed: Job has reached the specified backoff \
            limit.
              Pod migrate-x: container app failed: exit code 2 (Error).
                Look at its log.""");
    assertThat(Diagnosis.logsWanted(job, List.of(pod)))
        .containsExactly(new ContainerName("shop", "migrate-x", "app", false));
  }

  @Test
  void an_evicted_pod_says_so() {
    LiveObject pod =
        pod("api-1", "api-new", "phase: Failed, reason: Evicted, message: low on memory");
    assertThat(diagnose(pod).text())
        .isEqualTo(
            """
            Pod shop/api-1 is not ready: it has failed: low on memory.
              It has failed: low on memory.
                Its node ran short; give it requests that fit its use.""");
  }

  @Test
  void at_most_three_warnings_are_told_the_newest_first_and_the_same_ones_together() {
    LiveObject thing = live("example.org/v1", "Thing", "");
    LiveObject newApi =
        live(
            """
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: e, namespace: shop}
            type: Warning
            regarding: {kind: Thing, namespace: shop, name: x}
            reason: E
            note: five
            eventTime: "2026-01-01T00:00:50.123456Z"
            """);
    assertThat(
            diagnose(
                    thing,
                    event("Thing", "x", "A", "one", 1),
                    event("Thing", "x", "B", "two", 2),
                    event("Thing", "x", "B", "two", 3),
                    event("Thing", "x", "C", "three", 4),
                    event("Thing", "x", "D", "four", 5),
                    event("Thing", "y", "Z", "of another", 6),
                    newApi)
                .text())
        .isEqualTo(
            """
            Thing shop/x is not ready: nothing in it says whether it is ready.
              Five (E).
                event D ×2: four
                event C ×2: three
                event B ×4: two""");
  }

  @Test
  void no_text_of_others_gets_past_the_masker() {
    LiveObject pod =
        pod("api-1", "api-new", waiting("CreateContainerConfigError", "key hunter2 is bad"));
    Diagnosis diagnosis =
        diagnose(
            DEPLOYMENT,
            text -> text.replace("hunter2", "***"),
            Map.of(),
            NEW,
            pod,
            event("Pod", "api-1", "Odd", "hunter2 again", 1));
    assertThat(diagnosis.toString()).doesNotContain("hunter2").contains("*** again");
  }

  @Test
  void what_to_look_at_depends_on_the_kind() {
    assertThat(Diagnosis.needs(DEPLOYMENT))
        .hasToString(
            "[AtList[groupKind=ReplicaSet.apps, namespace=shop, labels={app=api}],"
                + " AtList[groupKind=Pod, namespace=shop, labels={app=api}],"
                + " AtList[groupKind=Event, namespace=shop, labels={}]]");
    assertThat(Diagnosis.needs(pod("api-1", "api-new", "")))
        .hasToString(
            "[AtObject[key=PersistentVolumeClaim shop/data, version=],"
                + " AtList[groupKind=Event, namespace=shop, labels={}]]");
    assertThat(
            Diagnosis.needs(
                live(
                    "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition,"
                        + " metadata: {name: x}}")))
        .hasToString("[AtList[groupKind=Event, namespace=default, labels={}]]");
  }
}
