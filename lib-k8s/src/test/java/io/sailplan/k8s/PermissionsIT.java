package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Access;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Permissions;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanKey;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.SavedPlan;
import io.sailplan.plan.SecretSource;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.run.StepOutcome;
import io.sailplan.run.StepStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that travel, on a real server: by somebody who may do just what they say, and later. */
@ExtendWith(RealCluster.class)
class PermissionsIT {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final Policy POLICY =
      Policy.standard().deleting("Namespace", "CustomResourceDefinition", "PersistentVolumeClaim");

  @ParameterizedTest
  @ValueSource(strings = {"guestbook", "cassandra", "ingress-nginx", "metallb", "online-boutique"})
  void is_deployed_and_deleted_by_who_may_do_just_what_is_needed(String name) throws IOException {
    Application application = read(name);
    try (ControlPlane plane = RealCluster.fresh();
        KubernetesCluster admin = plane.connect();
        KubernetesCluster ordinary =
            KubernetesCluster.fromKubeconfig(plane.kubeconfigOfOrdinaryUser())) {
      for (Operation operation :
          List.of(new Operation.Deploy(application), Operation.Delete.of(application))) {
        Plan plan = plan(admin, operation);
        Permissions needed = plan.permissions().needed();
        grant(admin, needed);
        assertThat(waitUntilGranted(ordinary, needed)).isEmpty();
        Outcome outcome = ordinary.run(plan, progress -> {});
        assertThat(outcome.failures())
            .extracting(step -> step.step().id() + ": " + step.explanation())
            .isEmpty();
        assertThat(writes(outcome)).isGreaterThanOrEqualTo(plan.requests().typical().writes());
        grant(admin, Permissions.of(List.of()));
      }
    }
  }

  @Test
  void what_is_denied_is_named_before_anything_is_done(ControlPlane plane) {
    try (KubernetesCluster admin = plane.connect();
        KubernetesCluster ordinary =
            KubernetesCluster.fromKubeconfig(plane.kubeconfigOfOrdinaryUser())) {
      Application application = Application.read("denied", configMap("denied", "v1"));
      Permissions needed = plan(admin, new Operation.Deploy(application)).permissions().needed();
      grant(admin, Permissions.of(List.of()));
      assertThat(ordinary.denied(needed)).isEqualTo(needed.accesses());
      Response refused = ordinary.send(new Request.Get(key("denied")));
      assertThat(refused.message())
          .isEqualTo(
              "configmaps \"denied\" is forbidden: User \"ordinary\" cannot get resource"
                  + " \"configmaps\" in API group \"\" in the namespace \"default\"");
      assertThat(admin.denied(needed)).isEmpty();
    }
  }

  @Test
  void a_saved_plan_is_stale_exactly_where_its_conditions_broke(ControlPlane plane) {
    PlanKey key = PlanKey.of("a key for saved plans in tests".getBytes(StandardCharsets.UTF_8));
    try (KubernetesCluster cluster = plane.connect()) {
      cluster.run(plan(cluster, new Operation.Deploy(travelling("v1"))), progress -> {});
      Application next = travelling("v2");
      String text = SavedPlan.of(plan(cluster, new Operation.Deploy(next)), key).orThrow().toJson();
      assertThat(text).doesNotContain("hunter2", "aHVudGVyMg");

      patch(cluster, key("changed"), PatchOperation.add("/data/version", "somebody's"));
      patch(cluster, key("touched"), PatchOperation.add("/metadata/labels/touched", "true"));
      cluster.send(new Request.Delete(key("gone"), "", "", Propagation.BACKGROUND));
      Plan opened =
          SavedPlan.read("plan", text).orThrow().open(key, SecretSource.of(next)).orThrow();
      Outcome outcome = cluster.run(opened, progress -> {});

      assertThat(status(outcome, "apply ConfigMap/changed")).isEqualTo(StepStatus.STALE);
      assertThat(status(outcome, "apply ConfigMap/gone")).isEqualTo(StepStatus.STALE);
      assertThat(status(outcome, "apply ConfigMap/touched")).isEqualTo(StepStatus.SUCCEEDED);
      assertThat(status(outcome, "apply Secret/db")).isEqualTo(StepStatus.SUCCEEDED);
      Response changed = cluster.send(new Request.Get(key("changed")));
      assertThat(changed.object().manifest().string("data", "version")).isEqualTo("somebody's");
      assertThat(cluster.send(new Request.Get(key("gone"))).status()).isEqualTo(404);
      cluster.run(plan(cluster, Operation.Delete.of(next)), progress -> {});
    }
  }

  private static Application travelling(String version) {
    return Application.read(
        "travelling",
        configMap("changed", version)
            + configMap("touched", version)
            + configMap("gone", version)
            + "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2-"
            + version
            + "}\n");
  }

  private static String configMap(String name, String version) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "
        + name
        + "}\ndata: {version: "
        + version
        + "}\n---\n";
  }

  private static ObjectKey key(String name) {
    return ObjectKey.of("v1", "ConfigMap", "default", name);
  }

  private static StepStatus status(Outcome outcome, String step) {
    return outcome.step(step).map(StepOutcome::status).orElseThrow();
  }

  private static int writes(Outcome outcome) {
    return outcome.steps().stream().mapToInt(StepOutcome::attempts).sum();
  }

  private static void patch(KubernetesCluster cluster, ObjectKey key, PatchOperation operation) {
    Response response = cluster.send(new Request.Patch(key, List.of(operation), "somebody", ""));
    assertThat(response.isSuccess()).as(response.message()).isTrue();
  }

  /** Gives the ordinary user just these permissions, and takes all others. */
  private static void grant(KubernetesCluster admin, Permissions permissions) {
    for (String kind : List.of("ClusterRoleBinding", "RoleBinding")) {
      Response all =
          admin.send(
              new Request.ListObjects(
                  new GroupKind(RBAC, kind), "", Map.of("test", "grant"), Map.of()));
      all.objects()
          .forEach(
              binding ->
                  admin.send(new Request.Delete(binding.key(), "", "", Propagation.BACKGROUND)));
    }
    for (Manifest role : permissions.roles("travel-test")) {
      write(admin, role);
      Manifest binding =
          Manifest.of(
              Map.of(
                  "apiVersion",
                  RBAC + "/v1",
                  "kind",
                  role.kind() + "Binding",
                  "metadata",
                  Map.of("name", "travel-test", "labels", Map.of("test", "grant")),
                  "roleRef",
                  Map.of("apiGroup", RBAC, "kind", role.kind(), "name", "travel-test"),
                  "subjects",
                  List.of(Map.of("apiGroup", RBAC, "kind", "User", "name", "ordinary"))));
      write(
          admin,
          role.namespace().isEmpty()
              ? binding
              : binding.with(role.namespace(), "metadata", "namespace"));
    }
  }

  private static void write(KubernetesCluster admin, Manifest manifest) {
    Response response = admin.send(Request.Apply.of(manifest, "test").forced());
    assertThat(response.isSuccess()).as(response.message()).isTrue();
  }

  /** The server's authorizer learns of new rules by a watch. */
  private static List<Access> waitUntilGranted(KubernetesCluster cluster, Permissions needed) {
    Instant end = Instant.now().plusSeconds(10);
    List<Access> denied = cluster.denied(needed);
    while (!denied.isEmpty() && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      denied = cluster.denied(needed);
    }
    return denied;
  }

  private static Plan plan(KubernetesCluster cluster, Operation operation) {
    return Planner.standard()
        .plan(
            PlanRequest.of(operation, cluster.observe(ObservationScope.of(operation, POLICY)))
                .by(POLICY)
                .at(Instant.now()))
        .orThrow();
  }

  private static Application read(String name) throws IOException {
    Path file = Path.of(System.getProperty("sailplan.data"), "manifests", name + ".yaml");
    return Application.read(name, Files.readString(file, StandardCharsets.UTF_8));
  }
}
