package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.run.Response;
import org.junit.jupiter.api.Test;

/** What the server refuses to change. */
abstract class ImmutabilityContract extends ApplyingContract {
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: work, namespace: $ns}
      spec:
        suspend: true
        backoffLimit: 3
        template:
          spec: {restartPolicy: Never, containers: [{name: main, image: "shop/work:1"}]}
      """;

  private static final String DB =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: $ns}
      spec:
        replicas: 0
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: main, image: "shop/db:1"}]}
      """;

  private void cannotBecome(String before, String after, String field, String... message) {
    applied("me", before);
    Response answer = refused(force("me", after), 422, "Invalid");
    assertThat(answer.causes()).extracting(cause -> cause.get("field")).contains(field);
    assertThat(answer.message()).contains(message);
  }

  @Test
  void the_selector_of_a_deployment_cannot_change() {
    String web = DB.replace("StatefulSet", "Deployment").replace("  serviceName: db\n", "");
    cannotBecome(web, web.replace("app: db", "app: web"), "spec.selector", "field is immutable");
  }

  @Test
  void the_selector_of_a_daemon_set_cannot_change() {
    String agent =
        DB.replace("StatefulSet", "DaemonSet")
            .replace("  serviceName: db\n", "")
            .replace("  replicas: 0\n", "")
            .replace("spec: {containers", "spec: {nodeSelector: {no: where}, containers");
    cannotBecome(
        agent, agent.replace("app: db", "app: agent"), "spec.selector", "field is immutable");
  }

  @Test
  void most_of_a_stateful_set_cannot_change() {
    cannotBecome(
        DB,
        DB.replace("serviceName: db", "serviceName: other"),
        "spec",
        "updates to statefulset spec for fields other than");
  }

  @Test
  void replicas_and_template_of_a_stateful_set_can_change() {
    applied("me", DB);
    assertThat(applied("me", DB.replace("shop/db:1", "shop/db:2")).generation()).isEqualTo(2);
  }

  @Test
  void the_containers_of_a_suspended_job_cannot_change() {
    cannotBecome(
        JOB, JOB.replace("shop/work:1", "shop/work:2"), "spec.template.spec", "field is immutable");
  }

  @Test
  void the_backoff_limit_of_a_job_can_change() {
    applied("me", JOB);
    assertThat(
            applied("me", JOB.replace("backoffLimit: 3", "backoffLimit: 4"))
                .manifest()
                .integer(0, "spec", "backoffLimit"))
        .isEqualTo(4);
  }

  @Test
  void the_spec_of_a_claim_cannot_change() {
    String disk =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: disk, namespace: $ns}
        spec:
          storageClassName: ""
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        """;
    cannotBecome(
        disk, disk.replace("1Gi", "2Gi"), "spec", "spec is immutable after creation except");
  }

  @Test
  void the_address_of_a_service_cannot_change() {
    String web =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: $ns}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """;
    cannotBecome(
        web,
        web.replace("spec: {", "spec: {clusterIP: None, "),
        "spec.clusterIPs[0]",
        "may not change once set");
  }

  @Test
  void the_type_of_a_secret_cannot_change() {
    String door =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: door, namespace: $ns}
        type: example.com/one
        """;
    cannotBecome(door, door.replace("/one", "/two"), "type", "field is immutable");
  }

  @Test
  void an_immutable_config_map_cannot_change_but_its_labels_can() {
    String settings =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: $ns}
        immutable: true
        data: {colour: blue}
        """;
    cannotBecome(
        settings,
        settings.replace("blue", "red"),
        "data",
        "field is immutable when `immutable` is set");
    assertThat(
            applied("me", settings.replace("metadata: {", "metadata: {labels: {a: b}, "))
                .manifest()
                .labels())
        .containsEntry("a", "b");
  }

  @Test
  void the_role_of_a_binding_cannot_change() {
    String binding =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: readers, namespace: $ns}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: nobody}]
        """;
    cannotBecome(
        binding, binding.replace("name: view", "name: edit"), "roleRef", "cannot change roleRef");
  }

  @Test
  void most_of_a_pod_cannot_change_but_its_image_can() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: tool, namespace: $ns}
        spec: {nodeSelector: {no: where}, containers: [{name: main, image: "shop/tool:1"}]}
        """;
    cannotBecome(
        pod, pod.replace("no: where", "no: how"), "spec", "pod updates may not change fields");
    applied("me", pod.replace("shop/tool:1", "shop/tool:2"));
  }
}
