package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods do what the script says, also while they live. */
class ScriptedPodsTest {
  private final SimulatedCluster cluster = SimulatedCluster.create();

  private List<LiveObject> pods() {
    return cluster.snapshot().objects().stream()
        .filter(object -> object.key().kind().equals("Pod"))
        .toList();
  }

  private LiveObject start(Manifest deployment) {
    cluster.given(deployment, "me");
    cluster.settle();
    return pods().get(0);
  }

  private static Manifest web() {
    return Yaml.deployment("web", 1, "shop/web:1");
  }

  private static String waiting(LiveObject pod) {
    Map<String, ?> status = Tree.objects(pod.manifest(), "status", "containerStatuses").get(0);
    return Trees.string(Trees.get(status, "state", "waiting", "reason"));
  }

  @Test
  void the_latest_rule_counts_and_rules_go_before_annotations() {
    cluster.pods().labelled("app", "web").are(PodBehaviour.ready());
    cluster.pods().named("web-").are(PodBehaviour.imagePullError());
    LiveObject pod =
        start(
            web()
                .with(
                    "crash-loop",
                    "spec",
                    "template",
                    "metadata",
                    "annotations",
                    PodBehaviour.ANNOTATION));
    assertThat(waiting(pod)).isEqualTo("ImagePullBackOff");
  }

  @Test
  void pods_that_live_can_fall_ill_and_heal() {
    LiveObject pod = start(web());
    assertThat(PodTemplates.isReady(pod.manifest())).isTrue();
    cluster.pods().ofImage("shop/web:1").are(PodBehaviour.neverReady());
    cluster.settle();
    assertThat(PodTemplates.isReady(pods().get(0).manifest())).isFalse();
    cluster.pods().clear();
    cluster.settle();
    assertThat(PodTemplates.isReady(pods().get(0).manifest())).isTrue();
  }

  @Test
  void the_scheduler_can_refuse_a_pod_until_it_does_not() {
    cluster.pods().all().are(PodBehaviour.unschedulable("Insufficient memory"));
    LiveObject pod = start(web());
    assertThat(pod.manifest().get("spec", "nodeName")).isNull();
    assertThat(Tree.objects(pod.manifest(), "status", "conditions").get(0).get("message"))
        .asString()
        .startsWith("0/3 nodes are available: 3 Insufficient memory.");
    cluster.pods().clear();
    cluster.settle();
    assertThat(PodTemplates.isReady(pods().get(0).manifest())).isTrue();
  }

  @Test
  void a_pod_asks_for_more_than_any_node_has() {
    LiveObject pod =
        start(
            Yaml.manifest(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: huge, namespace: default}
                spec:
                  containers: [{name: main, image: "a", resources: {requests: {cpu: "500"}}}]
                """));
    assertThat(Tree.objects(pod.manifest(), "status", "conditions").get(0).get("message"))
        .asString()
        .startsWith("0/3 nodes are available: 3 Insufficient cpu.");
  }

  @ParameterizedTest
  @CsvSource({"1500ms,1.5", "2s,2", "1m30s,90", "1.5s,1.5", "1h,3600"})
  void durations_are_read_as_go_writes_them(String text, double seconds) {
    assertThat(PodBehaviour.parse("late:" + text).delay())
        .isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
  }

  @ParameterizedTest
  @CsvSource({"sleepy", "late", "late:soon", "fail:0", "fail:256", "fail:x", "late:2s2"})
  void what_is_not_a_behaviour_keeps_the_pod_waiting(String text) {
    LiveObject pod =
        start(
            web()
                .with(
                    text, "spec", "template", "metadata", "annotations", PodBehaviour.ANNOTATION));
    assertThat(waiting(pod)).isEqualTo("InvalidBehaviour");
  }

  @Test
  void an_exit_code_is_from_1_to_255() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PodBehaviour.fails(0))
        .withMessageStartingWith("exitCode ");
  }

  @Test
  void a_claim_can_wait_for_its_first_consumer() {
    cluster.given(
        Yaml.manifest(
            """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: lazy}
            provisioner: example.com/disks
            volumeBindingMode: WaitForFirstConsumer
            """),
        "me");
    ObjectKey disk = new ObjectKey("", "PersistentVolumeClaim", "default", "disk");
    cluster.given(
        Yaml.manifest(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: disk, namespace: default}
            spec:
              storageClassName: lazy
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Gi}}
            """),
        "me");
    cluster.settle();
    assertThat(phase(disk)).isEqualTo("Pending");
    start(
        web()
            .with(
                List.of(
                    Tree.of("name", "disk", "persistentVolumeClaim", Tree.of("claimName", "disk"))),
                "spec",
                "template",
                "spec",
                "volumes"));
    assertThat(phase(disk)).isEqualTo("Bound");
    assertThat(PodTemplates.isReady(pods().get(0).manifest())).isTrue();
  }

  private String phase(ObjectKey key) {
    return cluster.object(key).orElseThrow().manifest().string("status", "phase");
  }
}
