package io.sailplan.k8s;

import io.sailplan.model.Application;
import io.sailplan.policy.Policy;
import io.sailplan.reconcile.Drift;
import io.sailplan.reconcile.LeaseTerms;
import io.sailplan.reconcile.ReconcilePolicy;
import java.util.concurrent.CountDownLatch;

/** The example of {@code docs/reconciler.md}: it stands there just as it is compiled here. */
final class ReconcilerGuide {
  private ReconcilerGuide() {}

  static void keep(
      KubernetesCluster cluster, Application shop, String instance, CountDownLatch stopped)
      throws InterruptedException {
    try (KubernetesReconciler reconciler =
        cluster
            .reconciler()
            .policy(ReconcilePolicy.standard().drift(Drift.REPORT))
            .electedBy(LeaseTerms.standard("platform", "shop-keeper", instance))
            .listener((application, finding) -> System.out.println(application + ": " + finding))
            .start()) {
      reconciler.declare(shop, Policy.standard());
      stopped.await();
    }
  }
}
