package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Propagation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server refuses to change, and what it takes: workloads. */
abstract class ImmutabilityContract extends ApplyingContract {
  private static final String DB =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: $ns}
      spec:
        replicas: 0
        serviceName: db
        podManagementPolicy: OrderedReady
        revisionHistoryLimit: 4
        minReadySeconds: 1
        ordinals: {start: 0}
        updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}
        persistentVolumeClaimRetentionPolicy: {whenScaled: Retain, whenDeleted: Retain}
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: main, image: "shop/db:1"}]}
        volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      """;

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: $ns}
      spec:
        replicas: 0
        minReadySeconds: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web, tier: one}}
          spec: {nodeSelector: {no: where}, containers: [{name: main, image: "shop/web:1"}]}
      """;

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: work, namespace: $ns}
      spec:
        suspend: false
        parallelism: 0
        completions: 3
        completionMode: NonIndexed
        backoffLimit: 3
        activeDeadlineSeconds: 300
        podReplacementPolicy: Failed
        managedBy: example.com/somebody
        podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: Gone, status: "True"}]}]}
        template:
          metadata: {labels: {app: work}}
          spec:
            restartPolicy: Never
            nodeSelector: {no: where}
            containers: [{name: main, image: "shop/work:1", resources: {requests: {cpu: 1m}}}]
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: tool, namespace: $ns, labels: {app: tool}}
      spec:
        nodeSelector: {no: where}
        priority: 0
        activeDeadlineSeconds: 300
        terminationGracePeriodSeconds: 5
        tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]
        containers: [{name: main, image: "shop/tool:1", args: [one]}]
      """;

  private final List<ObjectKey> clusterWide = new ArrayList<>();

  /** An object that exists, and what may become of it; nothing is really changed. */
  final class Subject {
    private final String yaml;

    private Subject(String yaml) {
      this.yaml = yaml;
    }

    /**
     * Insists that the object cannot become what its text says once {@code from} is replaced by
     * {@code to}.
     *
     * @param field which field the server names
     * @param words what it says, at least
     */
    Subject cannot(String from, String to, String field, String words) {
      Response answer = refused(become(from, to), 422, "Invalid");
      assertThat(answer.causes())
          .describedAs("%s to %s: %s", from, to, answer.message())
          .anySatisfy(
              cause -> {
                assertThat(cause.get("field")).isEqualTo(field);
                assertThat(String.valueOf(cause.get("message"))).contains(words);
              });
      return this;
    }

    /** Insists that it can. */
    Subject can(String from, String to) {
      Response answer = become(from, to);
      assertThat(answer.isSuccess())
          .describedAs("%s to %s: %s %s", from, to, answer.status(), answer.message())
          .isTrue();
      return this;
    }

    private Response become(String from, String to) {
      assertThat(yaml).contains(from);
      Manifest next = manifest(yaml.replace(from, to));
      return send(new Request.Apply(next, "me", true, "", true));
    }
  }

  /** Makes an object; one that lives in no namespace goes at the end of the sentence. */
  final Subject of(String yaml) {
    Manifest made = applied("me", yaml).manifest();
    if (made.namespace().isEmpty()) {
      clusterWide.add(made.key());
    }
    return new Subject(yaml);
  }

  @AfterEach
  final void removeWhatIsClusterWide() {
    clusterWide.forEach(key -> send(new Request.Delete(key, "", "", Propagation.BACKGROUND)));
  }

  @Test
  void only_the_selector_of_a_deployment_is_fixed() {
    of(WEB)
        .cannot("app: web", "app: shop", "spec.selector", "field is immutable")
        .cannot(
            "{matchLabels: {app: web}}",
            "{matchLabels: {app: web, tier: one}}",
            "spec.selector",
            "field is immutable")
        .can("replicas: 0", "replicas: 1")
        .can("tier: one", "tier: two")
        .can("shop/web:1", "shop/web:2")
        .can("minReadySeconds: 1", "minReadySeconds: 2");
  }

  @Test
  void only_the_selector_of_a_daemon_set_is_fixed() {
    of(WEB.replace("Deployment", "DaemonSet").replace("  replicas: 0\n", ""))
        .cannot("app: web", "app: shop", "spec.selector", "field is immutable")
        .can("tier: one", "tier: two")
        .can("minReadySeconds: 1", "minReadySeconds: 2");
  }

  @Test
  void only_the_selector_of_a_replica_set_is_fixed() {
    of(WEB.replace("Deployment", "ReplicaSet"))
        .cannot("app: web", "app: shop", "spec.selector", "field is immutable")
        .can("tier: one", "tier: two")
        .can("replicas: 0", "replicas: 1");
  }

  @Test
  void of_a_stateful_set_only_what_a_rollout_needs_can_change() {
    String others = "updates to statefulset spec for fields other than";
    of(DB)
        .cannot("serviceName: db", "serviceName: other", "spec", others)
        .cannot("OrderedReady", "Parallel", "spec", others)
        .cannot("storage: 1Gi", "storage: 2Gi", "spec", others)
        .cannot("app: db", "app: other", "spec", others)
        .can("replicas: 0", "replicas: 1")
        .can("shop/db:1", "shop/db:2")
        .can("revisionHistoryLimit: 4", "revisionHistoryLimit: 5")
        .can("minReadySeconds: 1", "minReadySeconds: 2")
        .can("start: 0", "start: 1")
        .can("partition: 1", "partition: 0")
        .can("whenScaled: Retain", "whenScaled: Delete");
  }

  @Test
  void the_data_of_a_controller_revision_is_fixed() {
    of("""
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata: {name: first, namespace: $ns}
        revision: 1
        data: {apiVersion: v1, kind: ConfigMap, metadata: {name: content}}
        """)
        .cannot("name: content", "name: other", "data", "field is immutable")
        .can("revision: 1", "revision: 2");
  }

  @Test
  void a_job_that_has_started_keeps_its_pods_and_how_it_ends() {
    of(JOB)
        .cannot("shop/work:1", "shop/work:2", "spec.template", "field is immutable")
        .cannot("no: where", "no: how", "spec.template", "field is immutable")
        .cannot("cpu: 1m", "cpu: 2m", "spec.template", "field is immutable")
        .cannot("app: work", "app: other", "spec.template", "field is immutable")
        .cannot("completions: 3", "completions: 4", "spec.completions", "field is immutable")
        .cannot("NonIndexed", "Indexed", "spec.completionMode", "field is immutable")
        .cannot("somebody", "anybody", "spec.managedBy", "field is immutable")
        .cannot("type: Gone", "type: Lost", "spec.podFailurePolicy", "field is immutable")
        .can("parallelism: 0", "parallelism: 1")
        .can("suspend: false", "suspend: true")
        .can("backoffLimit: 3", "backoffLimit: 4")
        .can("activeDeadlineSeconds: 300", "activeDeadlineSeconds: 400");
  }

  @Test
  void an_indexed_job_grows_only_as_a_whole() {
    of("""
        apiVersion: batch/v1
        kind: Job
        metadata: {name: parts, namespace: $ns}
        spec:
          suspend: true
          parallelism: 2
          completions: 2
          completionMode: Indexed
          backoffLimitPerIndex: 1
          maxFailedIndexes: 1
          successPolicy: {rules: [{succeededCount: 1}]}
          template:
            spec: {restartPolicy: Never, containers: [{name: main, image: "shop/work:1"}]}
        """)
        .cannot(
            "completions: 2",
            "completions: 3",
            "spec.completions",
            "can only be modified in tandem with spec.parallelism")
        .can("parallelism: 2\n  completions: 2", "parallelism: 3\n  completions: 3")
        .cannot("PerIndex: 1", "PerIndex: 2", "spec.backoffLimitPerIndex", "field is immutable")
        .cannot("edCount: 1", "edCount: 2", "spec.successPolicy", "field is immutable")
        .can("maxFailedIndexes: 1", "maxFailedIndexes: 2");
  }

  @Test
  void a_suspended_job_may_move_elsewhere_and_ask_for_more() {
    of(JOB.replace("suspend: false", "suspend: true"))
        .cannot("shop/work:1", "shop/work:2", "spec.template.spec", "field is immutable")
        .can("no: where", "no: how")
        .can("app: work", "app: other")
        .can("nodeSelector: {no: where}", "tolerations: [{key: a, operator: Exists}]")
        .can("cpu: 1m", "cpu: 2m");
  }

  @Test
  void nearly_nothing_of_a_pod_can_change() {
    String others = "pod updates may not change fields other than";
    String deadline = "spec.activeDeadlineSeconds";
    of(POD)
        .cannot("no: where", "no: how", "spec", others)
        .cannot("args: [one]", "args: [two]", "spec", others)
        .cannot("PeriodSeconds: 5", "PeriodSeconds: 6", "spec", others)
        .cannot(
            "containers: [",
            "containers: [{name: b, image: b}, ",
            "spec.containers",
            "may not add or remove")
        .cannot(
            "DeadlineSeconds: 300", "DeadlineSeconds: 400", deadline, "must be less than or equal")
        .cannot("  activeDeadlineSeconds: 300\n", "", deadline, "from a positive integer to nil")
        .cannot("key: a", "key: b", "spec.tolerations", "existing toleration can not be modified")
        .can("tolerationSeconds: 60", "tolerationSeconds: 30")
        .can("tolerations: [", "tolerations: [{key: b, operator: Exists}, ")
        .can("DeadlineSeconds: 300", "DeadlineSeconds: 200")
        .can("app: tool", "app: other")
        .can("shop/tool:1", "shop/tool:2");
  }

  @Test
  void a_pod_behind_a_gate_may_be_sent_to_fewer_nodes() {
    of(POD.replace("  priority: 0\n", "  schedulingGates: [{name: one}, {name: two}]\n"))
        .can("{no: where}", "{no: where, not: here}")
        .cannot("no: where", "no: how", "spec.nodeSelector", "only additions to spec.nodeSelector")
        .can("[{name: one}, {name: two}]", "[{name: one}]")
        .cannot(
            "name: two", "name: three", "spec.schedulingGates[1].name", "only deletion is allowed");
  }

  @Test
  void an_amount_is_the_same_however_it_is_spelt() {
    String small = "resources: {requests: {memory: 1Ki}}";
    of(POD.replace("args: [one]", "args: [one], " + small))
        .can("memory: 1Ki", "memory: \"1024\"")
        .cannot("memory: 1Ki", "memory: 2Ki", "spec", "pod updates may not change fields");
    of(DB).can("storage: 1Gi", "storage: \"1073741824\"");
    of(JOB).can("cpu: 1m", "cpu: \"0.001\"");
    of("""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: disk, namespace: $ns}
        spec: {storageClassName: none, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Ki}}}
        """)
        .can("storage: 1Ki", "storage: \"1024\"");
  }
}
