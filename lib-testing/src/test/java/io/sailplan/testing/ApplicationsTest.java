package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.plan.StepKind;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-known applications, each on a cluster of its own: they come, stay, and go. */
class ApplicationsTest {
  private static final Set<String> PROTECTED =
      Set.of("Namespace", "CustomResourceDefinition", "PersistentVolumeClaim");

  private final SimulatedCluster cluster = SimulatedCluster.create();
  private final Set<ObjectKey> before = present(key -> true);

  @ParameterizedTest
  @ValueSource(strings = {"guestbook", "cassandra", "ingress-nginx", "metallb", "online-boutique"})
  void is_deployed_and_stays_and_leaves_nothing(String name) throws IOException {
    Application application = read(name);
    run(new Operation.Deploy(application), Policy.standard());

    Plan second = plan(new Operation.Deploy(application), Policy.standard());
    assertThat(second.isEmpty()).as(second.render()).isTrue();
    cluster.clearRequests();
    assertThat(cluster.run(second, progress -> {}).isSuccess()).isTrue();
    assertThat(cluster.requests()).isEmpty();

    Operation delete = Operation.Delete.of(application);
    run(delete, Policy.standard().deleting(PROTECTED.toArray(String[]::new)));
    cluster.advance(Duration.ofMinutes(1));
    assertThat(present(key -> true)).isEqualTo(before);
    assertThat(plan(delete, Policy.standard()).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"guestbook", "cassandra", "ingress-nginx", "metallb", "online-boutique"})
  void leaves_exactly_what_must_not_be_lost_and_says_so(String name) throws IOException {
    Application application = read(name);
    run(new Operation.Deploy(application), Policy.standard());
    Set<ObjectKey> kept = present(key -> !before.contains(key) && PROTECTED.contains(key.kind()));

    Plan delete = run(Operation.Delete.of(application), Policy.standard());
    cluster.advance(Duration.ofMinutes(1));

    assertThat(present(key -> !before.contains(key) && !isFurniture(key))).isEqualTo(kept);
    assertThat(
            delete.steps().stream()
                .filter(step -> step.kind() == StepKind.UNCHANGED)
                .map(step -> step.target().key()))
        .containsExactlyInAnyOrderElementsOf(kept);
    String text = delete.render();
    for (ObjectKey key : kept) {
      assertThat(text).contains(key.kind() + "/" + key.name());
    }
    if (!kept.isEmpty()) {
      assertThat(text).contains("only deleted if the policy names the kind");
    }
  }

  @Test
  void what_was_left_is_found_again_by_the_name_of_the_application() throws IOException {
    Application application = read("ingress-nginx");
    run(new Operation.Deploy(application), Policy.standard());
    run(Operation.Delete.of(application), Policy.standard());

    Operation byName = new Operation.Delete(Membership.of(application), null);
    run(byName, Policy.standard().deleting("Namespace"));
    cluster.advance(Duration.ofMinutes(1));

    assertThat(present(key -> true)).isEqualTo(before);
  }

  @Test
  void jobs_that_remove_themselves_run_once() throws IOException {
    Set<String> uids = new TreeSet<>();
    cluster.trace(
        change -> {
          if (change.after() != null && change.key().kind().equals("Job")) {
            uids.add(change.key().name() + " " + change.after().string("metadata", "uid"));
          }
        });
    Application application = read("ingress-nginx");
    run(new Operation.Deploy(application), Policy.standard());
    cluster.advance(Duration.ofMinutes(10));
    assertThat(present(key -> key.kind().equals("Job"))).isEmpty();

    for (int i = 0; i < 3; i++) {
      Plan again = plan(new Operation.Deploy(application), Policy.standard());
      assertThat(again.isEmpty()).as(again.render()).isTrue();
      cluster.run(again, progress -> {});
    }
    assertThat(uids).as("Jobs that were ever made").hasSize(2);
  }

  /**
   * What is no part of the application: what Kubernetes puts into each namespace and behind each
   * claim, and Secrets that programs make by themselves.
   */
  private static boolean isFurniture(ObjectKey key) {
    boolean inEachNamespace =
        (key.kind().equals("ConfigMap") && key.name().equals("kube-root-ca.crt"))
            || (key.kind().equals("ServiceAccount") && key.name().equals("default"));
    return inEachNamespace
        || key.kind().equals("PersistentVolume")
        || key.equals(new ObjectKey("", "Secret", "ingress-nginx", "ingress-nginx-admission"))
        || key.equals(new ObjectKey("", "Secret", "metallb-system", "memberlist"));
  }

  private Set<ObjectKey> present(Predicate<ObjectKey> wanted) {
    return cluster.snapshot().objects().stream()
        .map(LiveObject::key)
        .filter(key -> !key.kind().equals("Event"))
        .filter(wanted)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Plan plan(Operation operation, Policy policy) {
    return Planner.standard()
        .plan(
            PlanRequest.of(operation, cluster.observe(ObservationScope.of(operation, policy)))
                .by(policy)
                .at(cluster.now()))
        .orThrow();
  }

  private Plan run(Operation operation, Policy policy) {
    Plan plan = plan(operation, policy);
    assertThat(plan.isEmpty()).isFalse();
    Outcome outcome = cluster.run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(outcome.render()).isTrue();
    return plan;
  }

  private Application read(String name) throws IOException {
    Programs.play(cluster);
    Path file = Path.of(System.getProperty("sailplan.data"), "manifests", name + ".yaml");
    return Application.read(name, Files.readString(file, StandardCharsets.UTF_8));
  }
}
