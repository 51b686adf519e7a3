package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What admission plugins make of new pods, and what plans say of it beforehand. */
abstract class AdmissionContract extends VouchingContract {
  private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: tool, namespace: $ns}
      spec:
        schedulingGates: [{name: example.com/wait}]
        containers: [{name: main, image: "shop/tool:1"}]
      """;
  private static final String ACCOUNT =
      "{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, namespace: $ns},"
          + " imagePullSecrets: [{name: pull}]}";
  private static final String REQUEST =
      """
      apiVersion: certificates.k8s.io/v1
      kind: CertificateSigningRequest
      metadata: {name: $ns}
      spec:
        signerName: example.com/nobody
        usages: [client auth]
        request: PKCS10
      """
          .replace(
              "PKCS10",
              String.join(
                  "",
                  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIVk1IMENBUUF3R3pFTk1Bc0dB",
                  "MVVFQ2d3RWRHVmhiVEVLTUFnR0ExVUVBd3dCWVRCWk1CTUdCeXFHU000OQpBZ0VHQ0NxR1NNNDlB",
                  "d0VIQTBJQUJFdlQrZW1kSDNYcWgwcnVuZUx0S3kzckpMZkcwandQSE80aWQxZXRybCs3ClNmOEh1",
                  "NG5XcSthNFIwdUFrVFFobm14YXNDZEtTcUxmc2lWbSt2eVpwaHFnQURBS0JnZ3Foa2pPUFFRREFn",
                  "TkkKQURCRkFpRUFsTWloaWhYVHpDNVRRZUJjelZFaGRnN0pteSs1a1R2VW9uU00xSlc0b2NBQ0lC",
                  "YldyNFo2TUFPdwpKcDVuU0kxSmgxSEtaeTdXTno0b295TjhqUjlrNkRHYwotLS0tLUVORCBDRVJU",
                  "SUZJQ0FURSBSRVFVRVNULS0tLS0K"));
  private static final String LIMITS =
      """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: limits, namespace: $ns}
      spec:
        limits:
          - {type: Container, default: {cpu: 500m}, max: {cpu: "1"}, min: {cpu: 10m}}
          - {type: Pod, max: {cpu: 1500m}}
      """;

  /** For subclasses. */
  AdmissionContract() {}

  @Test
  void a_pod_that_names_no_service_account_runs_as_the_default_one_and_gets_its_token() {
    Manifest pod = proven(POD);
    assertThat(pod.string("spec", "serviceAccountName")).isEqualTo("default");
    assertThat(mounts(pod)).singleElement().asString().contains(TOKEN, "kube-api-access-");
    assertThat(Trees.list(pod.get("spec", "volumes"))).hasSize(1);
  }

  @Test
  void a_pod_has_the_pull_secrets_of_its_service_account_unless_it_names_its_own() {
    applied("me", ACCOUNT);
    Manifest pod = proven(as("robot", POD));
    assertThat(pod.get("spec", "imagePullSecrets")).hasToString("[{name=pull}]");
    assertThat(
            proven(as("robot", POD).replace("spec:", "spec:\n  imagePullSecrets: [{name: own}]"))
                .get("spec", "imagePullSecrets"))
        .hasToString("[{name=own}]");
  }

  @Test
  void whether_a_pod_gets_a_token_is_first_for_itself_to_say_and_then_for_its_service_account() {
    applied("me", ACCOUNT.replace("imagePull", "automountServiceAccountToken: false, imagePull"));
    assertThat(mounts(proven(as("robot", POD)))).isEmpty();
    String willing = "spec:\n  automountServiceAccountToken: true";
    assertThat(mounts(proven(as("robot", POD).replace("spec:", willing)))).hasSize(1);
  }

  @Test
  void a_token_is_not_mounted_where_the_container_mounts_something_itself() {
    Manifest pod =
        proven(
            POD.replace(
                    "tool:1\"}", "tool:1\", volumeMounts: [{name: v, mountPath: " + TOKEN + "}]}")
                .replace("spec:", "spec:\n  volumes: [{name: v, emptyDir: {}}]"));
    assertThat(Trees.list(pod.get("spec", "volumes"))).hasSize(1);
    assertThat(mounts(pod)).hasSize(1);
  }

  @Test
  void a_pod_has_the_priority_of_its_class() {
    ObjectKey urgent = cluster("scheduling.k8s.io", "PriorityClass");
    accepted(
        apply(
            "me",
            "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: $ns}, value:"
                + " 77, preemptionPolicy: Never}"));
    try {
      String classed = POD.replace("spec:", "spec:\n  priorityClassName: $ns");
      Manifest pod = proven(classed);
      assertThat(pod.integer(0, "spec", "priority")).isEqualTo(77);
      assertThat(pod.string("spec", "preemptionPolicy")).isEqualTo("Never");
      forbidden(
          classed.replace("spec:", "spec:\n  priority: 78"),
          "the integer value of priority (78) must not be provided in pod spec");
      forbidden(
          classed.replace("spec:", "spec:\n  preemptionPolicy: PreemptLowerPriority"),
          "the string value of PreemptionPolicy (PreemptLowerPriority) must not be provided");
    } finally {
      delete(urgent);
    }
  }

  @Test
  void containers_have_what_a_limit_range_gives_them() {
    applied("me", LIMITS);
    settle("LimitRange", "limits");
    Manifest pod = proven(POD);
    Object container = Trees.list(pod.get("spec", "containers")).get(0);
    assertThat(Trees.get(container, "resources", "limits", "cpu")).isEqualTo("500m");
    assertThat(Trees.get(container, "resources", "requests", "cpu")).isEqualTo("500m");
    assertThat(pod.string("status", "qosClass")).isEqualTo("Burstable");
    assertThat(pod.annotations())
        .containsEntry(
            "kubernetes.io/limit-ranger",
            "LimitRanger plugin set: cpu request for container main; cpu limit for container main");
  }

  @Test
  void a_pod_beyond_a_limit_range_is_forbidden() {
    applied("me", LIMITS);
    settle("LimitRange", "limits");
    forbidden(asking("2"), "maximum cpu usage per Container is 1, but limit is 2");
    forbidden(asking("5m"), "minimum cpu usage per Container is 10m, but request is 5m");
    String twice =
        asking("800m")
            .replace(
                "containers: [",
                "containers: [{name: more, image: a, resources: {limits: {cpu: 800m}}}, ");
    forbidden(twice, "maximum cpu usage per Pod is 1500m, but limit is 1600m");
  }

  @Test
  void a_pod_has_the_overhead_the_nodes_and_the_tolerations_of_its_runtime_class() {
    ObjectKey runtime = cluster("node.k8s.io", "RuntimeClass");
    accepted(
        apply(
            "me",
            """
            apiVersion: node.k8s.io/v1
            kind: RuntimeClass
            metadata: {name: $ns}
            handler: box
            overhead: {podFixed: {cpu: 10m}}
            scheduling:
              nodeSelector: {box: "true"}
              tolerations: [{key: box, operator: Exists}]
            """));
    try {
      String boxed = POD.replace("spec:", "spec:\n  runtimeClassName: $ns");
      privileged();
      Plan plan = plan(boxed);
      assertThat(unproven(plan)).allMatch(text -> text.contains("is known to it alone"));
      Manifest pod = sent(plan);
      delete(key("Pod", "tool"));
      awaitGone(key("Pod", "tool"));
      assertThat(pod.get("spec", "overhead")).hasToString("{cpu=10m}");
      assertThat(pod.get("spec", "nodeSelector")).hasToString("{box=true}");
      assertThat(Trees.list(pod.get("spec", "tolerations"))).hasSize(3);
      forbidden(
          boxed.replace("spec:", "spec:\n  nodeSelector: {box: \"no\"}"),
          "conflict: runtimeClass.scheduling.nodeSelector[box] = true; pod.spec.nodeSelector[box] = no");
      forbidden(
          boxed.replace("spec:", "spec:\n  overhead: {cpu: 20m}"),
          "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
      forbidden(
          POD.replace("spec:", "spec:\n  overhead: {cpu: 20m}"),
          "Pod Overhead set without corresponding RuntimeClass defined Overhead");
    } finally {
      delete(runtime);
    }
  }

  @Test
  void a_pod_is_forbidden_as_long_as_what_it_names_does_not_exist() {
    missing(as("nobody", POD), "serviceaccount \"nobody\" not found");
    missing(
        POD.replace("spec:", "spec:\n  priorityClassName: $ns-none"),
        "no PriorityClass with name " + namespace() + "-none was found");
    missing(
        POD.replace("spec:", "spec:\n  runtimeClassName: $ns-none"),
        "RuntimeClass \"" + namespace() + "-none\" not found");
  }

  @Test
  void what_a_pod_names_may_come_with_it() {
    privileged();
    assertThat(made(plan(ACCOUNT + "\n---\n" + as("robot", POD))).get("spec", "imagePullSecrets"))
        .hasToString("[{name=pull}]");
  }

  @Test
  void a_pod_is_vouched_for_where_it_meets_the_level_that_its_namespace_demands() {
    String strict =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: tool, namespace: $ns}
        spec:
          schedulingGates: [{name: example.com/wait}]
          securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: main
              image: "shop/tool:1"
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        """;
    enforce("restricted");
    made(plan(strict));
    delete(key("Pod", "tool"));
    awaitGone(key("Pod", "tool"));
    assertThat(unproven(plan(POD))).isNotEmpty().allMatch(text -> text.contains("PodSecurity"));
    enforce("baseline");
    made(plan(POD));
    delete(key("Pod", "tool"));
    awaitGone(key("Pod", "tool"));
    assertThat(unproven(plan(POD.replace("spec:", "spec:\n  hostPID: true"))))
        .isNotEmpty()
        .allMatch(text -> text.contains("PodSecurity"));
  }

  @Test
  void the_server_notes_who_asks_for_a_certificate_and_the_rest_is_as_planned() {
    Plan plan = plan(REQUEST);
    assertThat(unproven(plan)).allMatch(text -> text.contains("is known to it alone"));
    try {
      assertThat(sent(plan).string("spec", "signerName")).isEqualTo("example.com/nobody");
    } finally {
      delete(cluster("certificates.k8s.io", "CertificateSigningRequest"));
    }
  }

  @Test
  void a_revision_that_was_applied_can_be_applied_again_and_its_data_stays() {
    String revision =
        """
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata: {name: first, namespace: $ns, labels: {team: a}}
        revision: 1
        data: {z: 1, a: {y: "<&>", b: [1, {d: e, c: d}]}}
        """;
    made(plan(revision));
    Plan change = plan(revision.replace("team: a", "team: b"));
    assertThat(changes(change)).isNotEmpty();
    assertThat(unproven(change)).isEmpty();
    proves(change, 1);
  }

  /** Plans the pod, insists that all of it is proven, and that it comes so; then it goes. */
  private Manifest proven(String yaml) {
    privileged();
    Manifest pod = made(plan(yaml));
    delete(key("Pod", "tool"));
    awaitGone(key("Pod", "tool"));
    return pod;
  }

  /** Makes what is planned, in its order; the last of it is what comes. */
  private Manifest made(Plan plan) {
    assertThat(unproven(plan)).isEmpty();
    return sent(plan);
  }

  private Manifest sent(Plan plan) {
    Manifest made = Manifest.of(Tree.of("kind", "Nothing"));
    for (Step step : plan.steps()) {
      if (step instanceof Step.Create create && create.payload() instanceof Payload.Literal sent) {
        made = applied(sent.manifest());
        for (FieldChange change : create.changes()) {
          assertThat(change.path().find(made.tree()).orElse(null))
              .as("%s %s", step.id(), change.path())
              .isEqualTo(change.after());
        }
      }
    }
    return made;
  }

  private Manifest applied(Manifest manifest) {
    String manager = "sailplan/" + namespace() + "/app";
    return accepted(send(Request.Apply.of(manifest, manager))).manifest();
  }

  private static List<String> unproven(Plan plan) {
    return changes(plan).stream()
        .filter(change -> !(change.certainty() instanceof Certainty.Proven))
        .map(FieldChange::toString)
        .toList();
  }

  /** The plan says beforehand that the server refuses it. */
  private void forbidden(String yaml, String why) {
    Response answer = refused(apply("me", yaml), 403, "Forbidden");
    assertThat(answer.message()).contains(why);
    assertThat(planned(yaml).refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.message()).contains(why));
  }

  /** Somebody may make it in time: the plan says so, and vouches for nothing. */
  private void missing(String yaml, String why) {
    Response answer = refused(apply("me", yaml), 403, "Forbidden");
    assertThat(answer.message()).contains(why);
    assertThat(changes(planned(yaml).orThrow()))
        .filteredOn(change -> change.path().toString().startsWith(".spec"))
        .isNotEmpty()
        .allMatch(change -> change.certainty().toString().contains(why));
  }

  private PlanResult planned(String yaml) {
    Application application = application(yaml);
    return Planner.standard()
        .plan(
            PlanRequest.deploy(application, cluster().observe(ObservationScope.of(application)))
                .at(Instant.parse("2026-01-02T03:04:05Z")));
  }

  /** Waits until the plugin knows an object: a server learns of it a moment later. */
  private void settle(String kind, String name) {
    LiveObject there = get(key(kind, name));
    await(
        kind + " to count",
        () ->
            send(new Request.Apply(
                        manifest(asking("9")).with("probe", "metadata", "name"),
                        "probe",
                        false,
                        "",
                        true))
                    .status()
                == 403);
    assertThat(there.key().name()).isEqualTo(name);
  }

  private void privileged() {
    enforce("privileged");
  }

  private void enforce(String level) {
    accepted(
        force(
            "levels",
            "{apiVersion: v1, kind: Namespace, metadata: {name: $ns, labels:"
                + " {pod-security.kubernetes.io/enforce: "
                + level
                + "}}}"));
  }

  private ObjectKey cluster(String group, String kind) {
    return new ObjectKey(group, kind, "", namespace());
  }

  private static List<Object> mounts(Manifest pod) {
    return Trees.list(pod.get("spec", "containers")).stream()
        .flatMap(container -> Trees.list(Trees.get(container, "volumeMounts")).stream())
        .map(Object.class::cast)
        .toList();
  }

  private static String as(String account, String yaml) {
    return yaml.replace("spec:", "spec:\n  serviceAccountName: " + account);
  }

  private static String asking(String cpu) {
    return POD.replace("tool:1\"}", "tool:1\", resources: {limits: {cpu: \"" + cpu + "\"}}}");
  }
}
