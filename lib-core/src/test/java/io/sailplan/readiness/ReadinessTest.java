package io.sailplan.readiness;

import static io.sailplan.readiness.Objects.judge;
import static io.sailplan.readiness.Objects.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Snapshot;
import io.sailplan.readiness.Verdict.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {
  private static final String THING = "example.org/v1";

  private static String deployment(String spec, String status) {
    return judge(
        "apps/v1",
        "Deployment",
        "spec: {" + spec + "}, status: {observedGeneration: 2, " + status + "}");
  }

  private static String statefulSet(String spec, String status) {
    return judge(
        "apps/v1",
        "StatefulSet",
        "spec: {" + spec + "}, status: {observedGeneration: 2, " + status + "}");
  }

  private static String job(String rest) {
    return judge("batch/v1", "Job", rest);
  }

  private static String pod(String spec, String status) {
    return judge("v1", "Pod", "spec: {" + spec + "}, status: {" + status + "}");
  }

  private static String thing(String status) {
    return judge(THING, "Thing", "status: {" + status + "}");
  }

  private static String judgeWith(ReadinessRule rule, LiveObject object) {
    return Readiness.judge(object, ReadinessQuery.plain().withRule(rule)).toString();
  }

  // What comes before the rules of the kinds

  @Test
  void nothing_is_ready_while_it_is_deleted() {
    LiveObject object =
        live(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, finalizers: [example.org/f],"
                + " deletionTimestamp: '2026-01-01T00:00:00Z'}}");
    assertThat(Readiness.judge(object, ReadinessQuery.plain()))
        .hasToString("TERMINATING (Terminating): it is being deleted, held by example.org/f");
    assertThat(judgeWith(new ReadinessRule.Exists(), object)).startsWith("TERMINATING");
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, Deployment",
    "apps/v1, StatefulSet",
    "apps/v1, DaemonSet",
    "apps/v1, ReplicaSet",
    "v1, ReplicationController",
    "policy/v1, PodDisruptionBudget",
    "example.org/v1, Thing"
  })
  void a_stale_generation_is_never_ready(String apiVersion, String kind) {
    assertThat(
            judge(
                apiVersion,
                kind,
                "spec: {replicas: 0}, status: {observedGeneration: 1, conditions: [{type: Ready,"
                    + " status: 'True'}]}"))
        .isEqualTo(
            "PROGRESSING (StaleGeneration): its controller has not seen its latest change yet"
                + " (generation 2, seen 1)");
  }

  @Test
  void a_workload_that_its_controller_has_never_seen_is_not_ready() {
    assertThat(judge("apps/v1", "Deployment", "spec: {replicas: 0}"))
        .startsWith("PROGRESSING (StaleGeneration)");
  }

  // Workloads

  @Test
  void a_deployment_is_ready_once_all_replicas_are_new_and_available() {
    assertThat(deployment("replicas: 3", "replicas: 3, updatedReplicas: 2"))
        .isEqualTo("PROGRESSING (UpdatingReplicas): 2 of 3 replicas are updated");
    assertThat(deployment("replicas: 3", "replicas: 4, updatedReplicas: 3, availableReplicas: 4"))
        .isEqualTo("PROGRESSING (OldReplicasRemain): 1 old replica is still there");
    assertThat(deployment("replicas: 3", "replicas: 3, updatedReplicas: 3, availableReplicas: 1"))
        .isEqualTo("PROGRESSING (ReplicasUnavailable): 1 of 3 replicas are available");
    assertThat(deployment("replicas: 3", "replicas: 3, updatedReplicas: 3, availableReplicas: 3"))
        .isEqualTo("READY (ReplicasAvailable): 3 of 3 replicas are available");
    assertThat(deployment("", "replicas: 1, updatedReplicas: 1, availableReplicas: 1"))
        .isEqualTo("READY (ReplicasAvailable): 1 of 1 replica is available");
  }

  @Test
  void zero_wanted_and_zero_present_is_ready_but_not_before_the_last_one_is_gone() {
    assertThat(deployment("replicas: 0", "")).startsWith("READY (NoReplicasWanted)");
    assertThat(deployment("replicas: 0", "replicas: 1, updatedReplicas: 1, availableReplicas: 1"))
        .isEqualTo("PROGRESSING (SurplusReplicas): 1 surplus replica is still there");
    assertThat(statefulSet("replicas: 0", "replicas: 0")).startsWith("READY (NoReplicasWanted)");
    assertThat(judge("apps/v1", "DaemonSet", "status: {observedGeneration: 2}"))
        .startsWith("READY (NoReplicasWanted)");
  }

  @Test
  void a_deployment_past_its_progress_deadline_has_failed() {
    assertThat(
            deployment(
                "replicas: 2",
                "updatedReplicas: 2, availableReplicas: 1, conditions: [{type: Progressing,"
                    + " status: 'False', reason: ProgressDeadlineExceeded}]"))
        .isEqualTo(
            "FAILED (ProgressDeadlineExceeded): it made no progress within its deadline; 1 of 2"
                + " replicas are available");
  }

  @Test
  void a_paused_deployment_is_ready_only_if_its_rollout_was_complete() {
    assertThat(deployment("paused: true", "replicas: 1, updatedReplicas: 0, availableReplicas: 1"))
        .isEqualTo("PROGRESSING (Paused): 0 of 1 replica is updated, and its rollout is paused");
    assertThat(deployment("paused: true", "replicas: 1, updatedReplicas: 1, availableReplicas: 1"))
        .startsWith("READY");
  }

  @Test
  void a_refused_pod_is_no_final_failure_of_its_deployment() {
    assertThat(
            deployment(
                "",
                "conditions: [{type: ReplicaFailure, status: 'True', reason: FailedCreate,"
                    + " message: exceeded quota}]"))
        .isEqualTo("PROGRESSING (FailedCreate): 0 of 1 replica is updated; exceeded quota");
  }

  @Test
  void a_stateful_set_is_ready_once_its_new_revision_is_the_current_one() {
    String revisions = "currentRevision: a, updateRevision: b, ";
    assertThat(
            statefulSet(
                "replicas: 2", revisions + "replicas: 2, readyReplicas: 2, updatedReplicas: 1"))
        .isEqualTo("PROGRESSING (UpdatingReplicas): 1 of 2 replicas are updated");
    assertThat(statefulSet("replicas: 2", "replicas: 2, readyReplicas: 1"))
        .isEqualTo("PROGRESSING (ReplicasUnavailable): 1 of 2 replicas are available");
    assertThat(statefulSet("replicas: 2", "replicas: 2, readyReplicas: 2")).startsWith("READY");
  }

  @Test
  void a_partition_keeps_the_replicas_below_it_old() {
    String spec = "replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}";
    String revisions = "currentRevision: a, updateRevision: b, replicas: 3, readyReplicas: 3, ";
    assertThat(statefulSet(spec, revisions + "updatedReplicas: 1")).startsWith("READY");
    assertThat(statefulSet(spec, revisions + "updatedReplicas: 0"))
        .isEqualTo("PROGRESSING (UpdatingReplicas): 0 of 1 replica is updated");
  }

  @Test
  void replicas_that_must_last_count_once_they_have_lasted() {
    String status = "replicas: 1, readyReplicas: 1, availableReplicas: 0";
    assertThat(statefulSet("minReadySeconds: 30", status)).startsWith("PROGRESSING");
    assertThat(statefulSet("", status)).startsWith("READY");
  }

  @Test
  void pods_that_only_a_person_replaces_are_not_waited_for_but_they_must_be_ready() {
    String spec = "updateStrategy: {type: OnDelete}";
    String revisions = "currentRevision: a, updateRevision: b, replicas: 1, ";
    assertThat(statefulSet(spec, revisions + "readyReplicas: 1")).startsWith("READY");
    assertThat(statefulSet(spec, revisions + "readyReplicas: 0")).startsWith("PROGRESSING");
    String daemon =
        "spec: {" + spec + "}, status: {observedGeneration: 2, desiredNumberScheduled: 1,";
    assertThat(judge("apps/v1", "DaemonSet", daemon + " numberAvailable: 1}")).startsWith("READY");
    assertThat(judge("apps/v1", "DaemonSet", daemon + " numberAvailable: 0}"))
        .startsWith("PROGRESSING");
  }

  @Test
  void a_daemon_set_is_ready_once_every_node_runs_the_new_pod() {
    String status = "status: {observedGeneration: 2, desiredNumberScheduled: 2, ";
    assertThat(judge("apps/v1", "DaemonSet", status + "updatedNumberScheduled: 1}"))
        .isEqualTo("PROGRESSING (UpdatingReplicas): 1 of 2 replicas are updated");
    assertThat(
            judge(
                "apps/v1", "DaemonSet", status + "updatedNumberScheduled: 2, numberAvailable: 2}"))
        .startsWith("READY");
  }

  @Test
  void a_replica_set_is_ready_once_just_its_replicas_are_available() {
    String status = "spec: {replicas: 1}, status: {observedGeneration: 2, ";
    assertThat(judge("apps/v1", "ReplicaSet", status + "replicas: 1, availableReplicas: 1}"))
        .startsWith("READY");
    assertThat(judge("v1", "ReplicationController", status + "replicas: 2, availableReplicas: 2}"))
        .startsWith("PROGRESSING (SurplusReplicas)");
  }

  // Tasks

  @Test
  void a_running_job_is_not_done() {
    assertThat(job("spec: {completions: 3}, status: {active: 1, succeeded: 1, startTime: x}"))
        .isEqualTo("PROGRESSING (JobRunning): it is not complete: 1 of 3 pods succeeded");
    assertThat(job("status: {conditions: [{type: Complete, status: 'True'}]}")).startsWith("READY");
  }

  @Test
  void a_suspended_job_is_not_done() {
    assertThat(
            job("spec: {suspend: true}, status: {conditions: [{type: Suspended, status: 'True'}]}"))
        .isEqualTo("PROGRESSING (JobSuspended): it is suspended and not complete");
  }

  @Test
  void a_failed_job_says_why() {
    assertThat(
            job(
                "status: {conditions: [{type: FailureTarget, status: 'True'}, {type: Failed, status:"
                    + " 'True', reason: BackoffLimitExceeded, message: Job has reached the limit}]}"))
        .isEqualTo("FAILED (BackoffLimitExceeded): it has failed: Job has reached the limit");
  }

  @Test
  void a_failed_pod_is_failed_and_a_succeeded_one_is_ready() {
    assertThat(pod("", "phase: Failed, reason: Evicted, message: no memory"))
        .isEqualTo("FAILED (Evicted): it has failed: no memory");
    assertThat(pod("", "phase: Succeeded")).startsWith("READY");
  }

  @Test
  void a_running_pod_is_ready_if_it_says_so() {
    assertThat(pod("", "phase: Running, conditions: [{type: Ready, status: 'True'}]"))
        .startsWith("READY");
    assertThat(
            pod(
                "",
                "phase: Running, conditions: [{type: Ready, status: 'False', reason:"
                    + " ContainersNotReady, message: 'no'}]"))
        .isEqualTo(
            "PROGRESSING (ContainersNotReady): its condition Ready is False (ContainersNotReady):"
                + " no");
    assertThat(pod("", "phase: Running")).startsWith("PROGRESSING");
  }

  @Test
  void a_pod_that_runs_to_an_end_is_not_done_while_it_runs_unless_it_has_a_readiness_probe() {
    String running = "phase: Running, conditions: [{type: Ready, status: 'True'}]";
    assertThat(pod("restartPolicy: Never, containers: [{name: a}]", running))
        .startsWith("PROGRESSING (PodRunning)");
    assertThat(pod("restartPolicy: Never, containers: [{readinessProbe: {}}]", running))
        .startsWith("READY");
  }

  @Test
  void a_pod_without_a_node_may_still_get_one() {
    assertThat(
            pod(
                "",
                "phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
                    + " Unschedulable, message: 0/1 nodes are available}]"))
        .isEqualTo("PROGRESSING (Unschedulable): it runs on no node: 0/1 nodes are available");
    assertThat(pod("", "")).startsWith("PROGRESSING (PodPending)");
    assertThat(pod("", "phase: Unknown")).startsWith("PROGRESSING (NodeLost)");
  }

  // Storage

  @ParameterizedTest
  @CsvSource({"Bound, READY", "Pending, PROGRESSING", "Lost, FAILED"})
  void a_claim_is_ready_once_bound(String phase, Status status) {
    assertThat(judge("v1", "PersistentVolumeClaim", "status: {phase: " + phase + "}"))
        .startsWith(status.toString());
  }

  private static String pendingClaim(Snapshot snapshot) {
    LiveObject claim =
        live(
            "v1", "PersistentVolumeClaim", "spec: {storageClassName: c}, status: {phase: Pending}");
    return Readiness.judge(claim, ReadinessQuery.plain().withRelated(snapshot)).toString();
  }

  private static LiveObject storageClass(String mode) {
    return live(
        "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: c},"
            + " volumeBindingMode: "
            + mode
            + "}");
  }

  @Test
  void a_claim_that_is_bound_for_its_first_consumer_is_ready_while_pending() {
    assertThat(pendingClaim(Snapshot.of(List.of(storageClass("WaitForFirstConsumer")))))
        .isEqualTo("READY (WaitForFirstConsumer): it will be bound once a pod uses it");
    assertThat(pendingClaim(Snapshot.of(List.of(storageClass("Immediate")))))
        .isEqualTo("PROGRESSING (ClaimPending): the StorageClass \"c\" made no volume yet");
    assertThat(pendingClaim(Snapshot.empty()))
        .isEqualTo("PROGRESSING (NoStorageClass): the StorageClass \"c\" does not exist");
  }

  @Test
  void a_pending_claim_of_an_unseen_class_is_assumed_ready_lest_its_pod_is_never_made() {
    assertThat(pendingClaim(Snapshot.builder().build()))
        .isEqualTo(
            "READY, assumed (WaitForFirstConsumer): it may be bound only once a pod uses it: the"
                + " StorageClass \"c\" was not seen");
  }

  @ParameterizedTest
  @CsvSource({
    "Available, READY",
    "Bound, READY",
    "Pending, PROGRESSING",
    "Released, FAILED",
    "Failed, FAILED"
  })
  void a_volume_is_ready_while_a_claim_can_have_it(String phase, Status status) {
    assertThat(judge("v1", "PersistentVolume", "status: {phase: " + phase + "}"))
        .startsWith(status.toString());
  }

  // Traffic

  @Test
  void a_load_balancer_without_address_is_ready_unless_the_resource_asks_for_one() {
    LiveObject waiting =
        live("v1", "Service", "spec: {type: LoadBalancer}, status: {loadBalancer: {}}");
    LiveObject served =
        live("v1", "Service", "status: {loadBalancer: {ingress: [{hostname: lb.example.org}]}}");
    assertThat(Readiness.judge(waiting, ReadinessQuery.plain()).isReady()).isTrue();
    assertThat(judgeWith(new ReadinessRule.HasAddress(), waiting))
        .isEqualTo("PROGRESSING (NoAddress): it has no address yet");
    assertThat(judgeWith(new ReadinessRule.HasAddress(), served))
        .isEqualTo("READY (HasAddress): it has an address");
  }

  @Test
  void an_ingress_without_address_is_ready_unless_the_resource_asks_for_one() {
    LiveObject ingress = live("networking.k8s.io/v1", "Ingress", "status: {loadBalancer: {}}");
    assertThat(Readiness.judge(ingress, ReadinessQuery.plain()).isReady()).isTrue();
    assertThat(judgeWith(new ReadinessRule.HasAddress(), ingress)).startsWith("PROGRESSING");
  }

  @Test
  void an_autoscaler_that_cannot_find_its_target_is_not_ready_but_missing_metrics_do_not_matter() {
    String conditions = "status: {conditions: [{type: %s, status: 'False', reason: R}]}";
    assertThat(
            judge("autoscaling/v2", "HorizontalPodAutoscaler", conditions.formatted("AbleToScale")))
        .isEqualTo("PROGRESSING (R): its condition AbleToScale is False (R)");
    assertThat(
            judge(
                "autoscaling/v2", "HorizontalPodAutoscaler", conditions.formatted("ScalingActive")))
        .startsWith("READY");
  }

  // What others rely on

  @Test
  void a_definition_is_ready_once_established_and_fails_if_its_names_are_taken() {
    String conditions = "status: {conditions: [%s]}";
    String kind = "CustomResourceDefinition";
    assertThat(judge("apiextensions.k8s.io/v1", kind, ""))
        .startsWith("PROGRESSING (NotEstablished)");
    assertThat(
            judge(
                "apiextensions.k8s.io/v1",
                kind,
                conditions.formatted(
                    "{type: NamesAccepted, status: 'False', reason: PluralConflict, message: taken}")))
        .isEqualTo(
            "FAILED (PluralConflict): its condition NamesAccepted is False (PluralConflict): taken");
    assertThat(
            judge(
                "apiextensions.k8s.io/v1",
                kind,
                conditions.formatted("{type: Established, status: 'False', reason: Installing}")))
        .startsWith("PROGRESSING");
    assertThat(
            judge(
                "apiextensions.k8s.io/v1",
                kind,
                conditions.formatted("{type: Established, status: 'True'}")))
        .startsWith("READY");
  }

  @Test
  void an_aggregated_api_is_ready_once_it_answers() {
    String conditions =
        "status: {conditions: [{type: Available, status: '%s', reason: MissingEndpoints}]}";
    assertThat(judge("apiregistration.k8s.io/v1", "APIService", conditions.formatted("True")))
        .startsWith("READY");
    assertThat(judge("apiregistration.k8s.io/v1", "APIService", conditions.formatted("False")))
        .startsWith("PROGRESSING (MissingEndpoints)");
    assertThat(judge("apiregistration.k8s.io/v1", "APIService", "")).startsWith("PROGRESSING");
  }

  @ParameterizedTest
  @CsvSource({"Active, READY", "Terminating, TERMINATING", "'', PROGRESSING"})
  void a_namespace_is_ready_while_active(String phase, Status status) {
    assertThat(judge("v1", "Namespace", "status: {phase: '" + phase + "'}"))
        .startsWith(status.toString());
  }

  @Test
  void a_quota_is_ready_once_counted_as_the_api_server_refuses_everything_before() {
    String spec = "spec: {hard: {pods: '4'}}";
    assertThat(judge("v1", "ResourceQuota", spec)).startsWith("PROGRESSING (QuotaNotCounted)");
    assertThat(judge("v1", "ResourceQuota", spec + ", status: {hard: {pods: '4'}}"))
        .startsWith("READY");
  }

  @Test
  void the_token_of_an_account_is_ready_once_filled_in() {
    String type = "type: kubernetes.io/service-account-token";
    assertThat(judge("v1", "Secret", type)).startsWith("PROGRESSING (TokenMissing)");
    assertThat(judge("v1", "Secret", type + ", data: {token: eA==}")).startsWith("READY");
    assertThat(judge("v1", "Secret", "type: Opaque")).startsWith("READY");
  }

  @ParameterizedTest
  @CsvSource({
    "v1, ConfigMap",
    "v1, ServiceAccount",
    "v1, Service",
    "batch/v1, CronJob",
    "networking.k8s.io/v1, NetworkPolicy",
    "rbac.authorization.k8s.io/v1, ClusterRole",
    "storage.k8s.io/v1, StorageClass",
    "admissionregistration.k8s.io/v1, ValidatingWebhookConfiguration"
  })
  void other_built_in_kinds_are_ready_once_they_exist(String apiVersion, String kind) {
    assertThat(judge(apiVersion, kind, "")).isEqualTo("READY (Exists): it exists");
  }

  // Custom resources

  @Test
  void a_custom_resource_whose_kind_has_no_status_is_ready_once_it_exists() {
    LiveObject object = live(THING, "Thing", "");
    assertThat(Readiness.judge(object, ReadinessQuery.plain().withStatus(false)))
        .hasToString("READY (Exists): it exists, and its kind has no status");
  }

  @Test
  void a_custom_resource_that_says_nothing_is_silent_not_ready() {
    assertThat(thing("")).isEqualTo("SILENT (Silent): nothing in it says whether it is ready");
    assertThat(thing("phase: Creating")).startsWith("SILENT");
  }

  @Test
  void a_custom_resource_is_ready_once_its_latest_generation_was_seen() {
    assertThat(thing("observedGeneration: 2")).startsWith("READY (Observed)");
  }

  @Test
  void the_conditions_of_a_custom_resource_decide() {
    String conditions = "observedGeneration: 2, conditions: [%s]";
    assertThat(thing(conditions.formatted("{type: Ready, status: 'True'}")))
        .isEqualTo("READY (Ready): its condition Ready is True");
    assertThat(thing(conditions.formatted("{type: Ready, status: Unknown}")))
        .startsWith("PROGRESSING (NotReady)");
    assertThat(thing(conditions.formatted("{type: Available, status: 'False', reason: NoDisk}")))
        .startsWith("PROGRESSING (NoDisk)");
    assertThat(
            thing(
                conditions.formatted(
                    "{type: Ready, status: 'True'}, {type: Reconciling, status: 'True'}")))
        .startsWith("PROGRESSING (Reconciling)");
    assertThat(thing(conditions.formatted("{type: Stalled, status: 'True', reason: BadSpec}")))
        .startsWith("FAILED (BadSpec)");
  }

  @Test
  void a_failed_condition_of_a_custom_resource_may_pass_and_only_stalled_is_final() {
    assertThat(
            thing(
                "observedGeneration: 2, conditions: [{type: Ready, status: 'False', reason: Failed}]"))
        .startsWith("PROGRESSING (Failed)");
  }

  @Test
  void a_condition_that_speaks_of_an_earlier_generation_does_not_count() {
    assertThat(thing("conditions: [{type: Ready, status: 'True', observedGeneration: 1}]"))
        .startsWith("PROGRESSING (StaleGeneration)");
    assertThat(thing("conditions: [{type: Ready, status: 'True', observedGeneration: 2}]"))
        .isEqualTo("READY (Ready): its condition Ready is True");
  }

  @Test
  void a_condition_without_generation_on_a_changed_object_is_an_assumption() {
    assertThat(thing("conditions: [{type: Ready, status: 'True'}]"))
        .startsWith("READY, assumed (Ready)");
  }

  // Rules of the author

  @Test
  void the_authors_condition_replaces_the_rule_of_the_kind() {
    ReadinessRule rule = new ReadinessRule.Condition("Available", "True");
    String status =
        "status: {observedGeneration: 2, conditions: [{type: Available, status: '%s'}]}";
    assertThat(judgeWith(rule, live("apps/v1", "Deployment", status.formatted("True"))))
        .startsWith("READY (ConditionMet)");
    assertThat(judgeWith(rule, live("apps/v1", "Deployment", status.formatted("False"))))
        .isEqualTo(
            "PROGRESSING (ConditionNotMet): its condition Available is False; True is waited for");
    assertThat(judgeWith(rule, live(THING, "Thing", "")))
        .isEqualTo("PROGRESSING (ConditionMissing): it has no condition Available yet");
  }

  @Test
  void the_authors_rule_does_not_make_a_stale_generation_ready() {
    ReadinessRule rule = new ReadinessRule.FieldEquals(FieldPath.of("status", "phase"), "Up");
    assertThat(judgeWith(rule, live(THING, "Thing", "status: {phase: Up, observedGeneration: 1}")))
        .startsWith("PROGRESSING (StaleGeneration)");
  }

  @Test
  void the_authors_field_may_be_text_a_number_or_a_truth_and_is_never_shown() {
    FieldPath path = FieldPath.of("status", "answer");
    assertThat(
            judgeWith(
                new ReadinessRule.FieldEquals(path, "42"),
                live(THING, "Thing", "status: {answer: 42}")))
        .isEqualTo("READY (FieldMet): .status.answer has the value waited for");
    assertThat(
            judgeWith(
                new ReadinessRule.FieldEquals(path, "true"),
                live(THING, "Thing", "status: {answer: true}")))
        .startsWith("READY");
    assertThat(
            judgeWith(
                new ReadinessRule.FieldEquals(path, "yes"),
                live(THING, "Thing", "status: {answer: hidden}")))
        .isEqualTo("PROGRESSING (FieldNotMet): .status.answer does not have the value waited for");
  }
}
