package io.sailplan.testing;

import static io.sailplan.testing.SailplanAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Access;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Permissions;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanRequests;
import io.sailplan.plan.RequestCount;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.run.Cluster;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a plan says it takes is what it takes: no less, and, for what it calls needed, no more. That
 * every other plan of this module's tests is run with what it says is {@link SimulatedCluster}'s
 * doing.
 */
class PermissionsTest {
  private static final String SHOP =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: db}
      stringData: {password: open sesame}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: api}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: api}
      rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: api}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: api}
      subjects: [{kind: ServiceAccount, name: api, namespace: default}]
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: api}
      spec:
        selector: {matchLabels: {app: api}}
        template:
          metadata: {labels: {app: api, version: "%s"}}
          spec:
            serviceAccountName: api
            containers: [{name: main, image: "shop/api:1", envFrom: [{secretRef: {name: db}}]}]
      """;
  private static final Policy POLICY = Policy.standard().readyWithin(Duration.ofMinutes(2));

  private static Application shop(int version) {
    return Application.read("shop", SHOP.formatted(version));
  }

  private static Plan plan(SimulatedCluster cluster, Operation operation, Policy policy) {
    Snapshot seen = cluster.observe(ObservationScope.of(operation, policy));
    return Planner.standard()
        .plan(PlanRequest.of(operation, seen).by(policy).at(cluster.now()))
        .orThrow();
  }

  private static SimulatedCluster deployed() {
    SimulatedCluster cluster = SimulatedCluster.create();
    Plan plan = plan(cluster, new Operation.Deploy(shop(1)), POLICY);
    assertThat(cluster.run(plan, progress -> {})).isSuccess();
    return cluster;
  }

  @Test
  void a_creation_takes_exactly_what_it_needs() {
    isMinimal(SimulatedCluster::create, new Operation.Deploy(shop(1)));
  }

  @Test
  void an_update_takes_exactly_what_it_needs() {
    isMinimal(PermissionsTest::deployed, new Operation.Deploy(shop(2)));
  }

  @Test
  void a_deletion_takes_exactly_what_it_needs() {
    isMinimal(PermissionsTest::deployed, Operation.Delete.of(shop(1)));
  }

  private static void isMinimal(Supplier<SimulatedCluster> harbour, Operation operation) {
    SimulatedCluster first = harbour.get();
    Permissions needed = plan(first, operation, POLICY).permissions().needed();
    assertThat(run(first, operation, needed)).isSuccess();
    for (Access access : needed.accesses()) {
      SimulatedCluster cluster = harbour.get();
      Permissions less = needed.where(other -> !other.equals(access));
      assertThat(cluster.as("least", less).denied(needed)).containsExactly(access);
      assertThat(run(cluster, operation, less).isSuccess())
          .as("without %s", access)
          .isEqualTo(canBePolled(access, less));
    }
  }

  /** What may not be watched, but read, is read again and again: slower, but it works. */
  private static boolean canBePolled(Access access, Permissions less) {
    return (access.verb().equals("list") || access.verb().equals("watch"))
        && less.accesses().stream()
            .anyMatch(
                other ->
                    other.verb().equals("get")
                        && other.group().equals(access.group())
                        && other.resource().equals(access.resource()));
  }

  /** Plans, lets somebody touch every object without harm, and runs the plan. */
  private static Outcome run(SimulatedCluster cluster, Operation operation, Permissions allowed) {
    Plan plan = plan(cluster, operation, POLICY);
    for (Step step : plan.steps()) {
      ObjectKey key = step.target().key();
      if (step instanceof Step.Apply || step instanceof Step.Delete) {
        Response touched =
            cluster.send(
                new Request.Patch(
                    key,
                    List.of(PatchOperation.add("/metadata/labels/touched", "true")),
                    "somebody",
                    ""));
        assertThat(touched.isSuccess()).as("%s", touched.message()).isTrue();
      }
    }
    return cluster.as("least", allowed).run(plan, progress -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"guestbook", "cassandra", "ingress-nginx", "metallb", "online-boutique"})
  void well_known_applications_need_no_more_than_is_called_needed(String name) throws IOException {
    Application application = read(name);
    SimulatedCluster cluster = SimulatedCluster.create();
    Programs.play(cluster);
    Policy policy =
        Policy.standard()
            .deleting("Namespace", "CustomResourceDefinition", "PersistentVolumeClaim");
    for (Operation operation :
        List.of(new Operation.Deploy(application), Operation.Delete.of(application))) {
      Plan plan = plan(cluster, operation, policy);
      Cluster restricted = cluster.as("least", plan.permissions().needed());
      assertThat(restricted.denied(plan.permissions().needed())).isEmpty();
      cluster.clearRequests();
      assertThat(restricted.run(plan, progress -> {})).isSuccess();
      isCounted(cluster, plan);
      cluster.advance(Duration.ofMinutes(1));
    }
  }

  /** Writes are exact; of reads and watches there are no more than was said. */
  private static void isCounted(SimulatedCluster cluster, Plan plan) {
    PlanRequests requests = plan.requests();
    RequestCount typical = requests.typical();
    RequestCount most = requests.most();
    assertThat(
            cluster.writes().stream()
                .filter(sent -> sent.status() >= 200 && sent.status() < 300)
                .count())
        .isEqualTo(typical.writes());
    assertThat(
            cluster.requests().stream()
                .filter(sent -> !sent.isWrite() && !(sent.request() instanceof Request.Review))
                .count())
        .isLessThanOrEqualTo(most.reads());
    assertThat(cluster.watches().size()).isLessThanOrEqualTo(typical.watches());
  }

  @Test
  void observing_takes_what_the_scope_says() {
    SimulatedCluster cluster = deployed();
    ObservationScope scope = ObservationScope.of(shop(2));
    Permissions permissions = scope.permissions(cluster.observe(scope));
    Snapshot seen = cluster.as("reader", permissions).observe(scope);
    assertThat(seen.refused()).isEmpty();
    assertThat(seen.objects()).isEqualTo(cluster.observe(scope).objects());

    for (Access access : permissions.needed().accesses()) {
      Permissions less = permissions.where(other -> !other.equals(access));
      Snapshot blind = cluster.as("reader", less).observe(scope);
      assertThat(blind.refused()).as("without %s", access).isNotEmpty();
      PlanResult result =
          Planner.standard().plan(PlanRequest.deploy(shop(2), blind).at(cluster.now()));
      assertThat(result.plan().isPresent() || !result.refusals().isEmpty()).isTrue();
    }
  }

  @Test
  void what_is_denied_is_said_as_a_server_says_it() {
    SimulatedCluster cluster = deployed();
    Cluster nobody = cluster.as("ordinary", Permissions.of(List.of()));
    ObjectKey deployment = new ObjectKey("apps", "Deployment", "default", "api");
    Response response = nobody.send(new Request.Get(deployment));
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.message())
        .isEqualTo(
            "deployments.apps \"api\" is forbidden: User \"ordinary\" cannot get resource"
                + " \"deployments\" in API group \"apps\" in the namespace \"default\"");
    assertThat(
            nobody
                .send(
                    new Request.ListObjects(
                        deployment.groupKind(), "", java.util.Map.of(), java.util.Map.of()))
                .message())
        .isEqualTo(
            "deployments.apps is forbidden: User \"ordinary\" cannot list resource"
                + " \"deployments\" in API group \"apps\" at the cluster scope");
  }

  @Test
  void roles_hold_the_same() throws IOException {
    Plan plan = plan(SimulatedCluster.create(), new Operation.Deploy(shop(1)), POLICY);
    Path file = Path.of("src/test/resources/roles.yaml");
    String text = plan.permissions().toYaml("sailplan-shop");
    if (Boolean.getBoolean("sailplan.golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
    assertThat(Application.read("roles", text).resources()).hasSize(1);
  }

  private static Application read(String name) throws IOException {
    Path file = Path.of(System.getProperty("sailplan.data"), "manifests", name + ".yaml");
    return Application.read(name, Files.readString(file, StandardCharsets.UTF_8));
  }
}
