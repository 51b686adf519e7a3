package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-known applications, each on a control plane of its own: they come, stay, and go. */
@ExtendWith(RealCluster.class)
class ApplicationsIT {
  private static final Set<String> PROTECTED =
      Set.of("Namespace", "CustomResourceDefinition", "PersistentVolumeClaim");

  @ParameterizedTest
  @ValueSource(strings = {"guestbook", "cassandra", "ingress-nginx", "metallb", "online-boutique"})
  void is_deployed_and_stays_and_leaves_nothing(String name) throws IOException {
    Application application = read(name);
    try (ControlPlane plane = RealCluster.fresh();
        KubernetesCluster cluster = plane.connect()) {
      Map<ObjectKey, LiveObject> before = Inventory.of(cluster);

      run(cluster, new Operation.Deploy(application), Policy.standard());
      Set<String> versions = versions(cluster, before);
      Plan second = plan(cluster, new Operation.Deploy(application), Policy.standard());
      assertThat(second.isEmpty()).as(second.render()).isTrue();
      assertThat(cluster.run(second, progress -> {}).isSuccess()).isTrue();
      assertThat(versions(cluster, before)).as("nothing was written").isEqualTo(versions);

      Operation delete = Operation.Delete.of(application);
      run(cluster, delete, Policy.standard().deleting(PROTECTED.toArray(String[]::new)));
      assertThat(Inventory.since(before, cluster, List::isEmpty)).isEmpty();
      assertThat(plan(cluster, delete, Policy.standard()).isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"guestbook", "cassandra", "ingress-nginx", "metallb", "online-boutique"})
  void leaves_exactly_what_must_not_be_lost(String name) throws IOException {
    Application application = read(name);
    try (ControlPlane plane = RealCluster.fresh();
        KubernetesCluster cluster = plane.connect()) {
      Map<ObjectKey, LiveObject> before = Inventory.of(cluster);
      run(cluster, new Operation.Deploy(application), Policy.standard());
      Set<ObjectKey> kept =
          Inventory.of(cluster).keySet().stream()
              .filter(key -> !before.containsKey(key) && PROTECTED.contains(key.kind()))
              .collect(Collectors.toCollection(TreeSet::new));

      run(cluster, Operation.Delete.of(application), Policy.standard());

      assertThat(
              Inventory.since(before, cluster, left -> keys(left).equals(kept)).stream()
                  .map(LiveObject::key))
          .as("left by " + name)
          .filteredOn(key -> !isFurniture(key))
          .containsExactlyElementsOf(kept);
    }
  }

  private static Set<ObjectKey> keys(List<LiveObject> objects) {
    return objects.stream()
        .map(LiveObject::key)
        .filter(key -> !isFurniture(key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What is no part of the application: what Kubernetes puts into each namespace, behind each claim
   * and behind each definition, and a Secret that the program in a Job makes by itself.
   */
  private static boolean isFurniture(ObjectKey key) {
    boolean inEachNamespace =
        (key.kind().equals("ConfigMap") && key.name().equals("kube-root-ca.crt"))
            || (key.kind().equals("ServiceAccount") && key.name().equals("default"));
    return inEachNamespace
        || Set.of("PersistentVolume", "APIService").contains(key.kind())
        || key.equals(new ObjectKey("", "Secret", "ingress-nginx", "ingress-nginx-admission"));
  }

  /** What was written would have another resourceVersion; status is not ours. */
  private static Set<String> versions(
      KubernetesCluster cluster, Map<ObjectKey, LiveObject> before) {
    return Inventory.of(cluster).values().stream()
        .filter(object -> !before.containsKey(object.key()))
        .filter(
            object ->
                object.manifest().labels().containsKey(Membership.PART_OF)
                    || object.manifest().labels().containsKey(Membership.ID))
        .map(object -> object.key() + " " + object.uid() + " " + generation(object))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String generation(LiveObject object) {
    return object.generation() > 0
        ? "generation " + object.generation()
        : "version " + object.resourceVersion();
  }

  private static Plan plan(KubernetesCluster cluster, Operation operation, Policy policy) {
    Snapshot seen = cluster.observe(ObservationScope.of(operation, policy));
    return Planner.standard()
        .plan(PlanRequest.of(operation, seen).by(policy).at(Instant.now()))
        .orThrow();
  }

  private static void run(KubernetesCluster cluster, Operation operation, Policy policy) {
    Plan plan = plan(cluster, operation, policy);
    assertThat(plan.isEmpty()).isFalse();
    Outcome outcome = cluster.run(plan, progress -> {});
    assertThat(outcome.failures())
        .as(plan.render())
        .extracting(step -> step.step().id() + ": " + step.status() + ": " + step.explanation())
        .isEmpty();
    assertThat(outcome.isSuccess()).isTrue();
  }

  private static Application read(String name) throws IOException {
    Path file = Path.of(System.getProperty("sailplan.data"), "manifests", name + ".yaml");
    return Application.read(name, Files.readString(file, StandardCharsets.UTF_8));
  }
}
