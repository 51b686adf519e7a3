package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Propagation;
import io.sailplan.policy.Policy;
import io.sailplan.reconcile.Drift;
import io.sailplan.reconcile.Finding;
import io.sailplan.reconcile.LeaseTerms;
import io.sailplan.reconcile.ReconcilePolicy;
import io.sailplan.run.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatedReconcilerTest {
  private static final ObjectKey SETTINGS = ObjectKey.of("v1", "ConfigMap", "default", "settings");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @Test
  void deploys_what_is_declared_and_corrects_what_goes_missing() {
    SimulatedReconciler reconciler = SimulatedReconciler.on(cluster, ReconcilePolicy.standard());
    reconciler.declare(Shop.of("shop/api:1"), Policy.standard());
    cluster.advance(MINUTE);
    assertThat(plan().isEmpty()).isTrue();

    cluster.send(new Request.Delete(SETTINGS, "", "", Propagation.BACKGROUND));
    cluster.advance(MINUTE);
    assertThat(cluster.object(SETTINGS)).isPresent();
    assertThat(reconciler.findings()).last().isEqualTo(new Finding.Settled(true));

    cluster.clearRequests();
    cluster.advance(Duration.ofHours(12));
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void reports_what_goes_missing_if_the_policy_says_so() {
    SimulatedReconciler reconciler =
        SimulatedReconciler.on(cluster, ReconcilePolicy.standard().drift(Drift.REPORT));
    reconciler.declare(Shop.of("shop/api:1"), Policy.standard());
    cluster.advance(MINUTE);
    cluster.send(new Request.Delete(SETTINGS, "", "", Propagation.BACKGROUND));
    cluster.advance(Duration.ofHours(3));
    assertThat(cluster.object(SETTINGS)).isEmpty();
    assertThat(reconciler.findings()).filteredOn(Finding.Drifted.class::isInstance).singleElement();
  }

  @Test
  void another_instance_goes_on_where_one_has_died() {
    SimulatedReconciler first = instance("a");
    SimulatedReconciler second = instance("b");
    cluster.advance(MINUTE);
    assertThat(first.leads()).isNotEqualTo(second.leads());
    SimulatedReconciler leader = first.leads() ? first : second;
    SimulatedReconciler other = first.leads() ? second : first;
    leader.kill();
    cluster.send(new Request.Delete(SETTINGS, "", "", Propagation.BACKGROUND));
    cluster.advance(MINUTE);
    assertThat(other.leads()).isTrue();
    assertThat(cluster.object(SETTINGS)).isPresent();
  }

  @Test
  void one_that_is_closed_makes_room_at_once() {
    SimulatedReconciler first = instance("a");
    cluster.advance(MINUTE);
    SimulatedReconciler second = instance("b");
    cluster.advance(MINUTE);
    first.close();
    cluster.advance(Duration.ofSeconds(3));
    assertThat(first.leads()).isFalse();
    assertThat(second.leads()).isTrue();
  }

  private SimulatedReconciler instance(String name) {
    SimulatedReconciler one =
        SimulatedReconciler.on(
            cluster, ReconcilePolicy.standard(), LeaseTerms.standard("default", "shop", name));
    one.declare(Shop.of("shop/api:1"), Policy.standard());
    return one;
  }

  private Plan plan() {
    return Shop.deploy(cluster, Shop.of("shop/api:1"));
  }
}
