package io.sailplan.k8s;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Membership;
import io.sailplan.reconcile.Finding;
import io.sailplan.reconcile.LeaseTerms;
import io.sailplan.reconcile.ReconcilePolicy;
import io.sailplan.run.RunOptions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes reconcilers. Not safe for use by several threads. */
public final class KubernetesReconcilerBuilder {
  private final KubernetesCluster cluster;
  private ReconcilePolicy policy = ReconcilePolicy.standard();
  private RunOptions options =
      RunOptions.standard().jitter(() -> ThreadLocalRandom.current().nextDouble());
  private BiConsumer<? super Membership, ? super Finding> listener = (application, finding) -> {};
  private @Nullable LeaseTerms terms;

  KubernetesReconcilerBuilder(KubernetesCluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster");
  }

  /** Sets how eagerly applications are kept; {@link ReconcilePolicy#standard} at first. */
  public KubernetesReconcilerBuilder policy(ReconcilePolicy policy) {
    this.policy = requireNonNull(policy, "policy");
    return this;
  }

  /** Sets how plans are run; the standard options with jitter at first. */
  public KubernetesReconcilerBuilder runOptions(RunOptions options) {
    this.options = requireNonNull(options, "options");
    return this;
  }

  /**
   * Lets it compete for a Lease, so that of several instances one writes. At first there is no
   * election: it writes as soon as it has started.
   */
  public KubernetesReconcilerBuilder electedBy(LeaseTerms terms) {
    this.terms = requireNonNull(terms, "terms");
    return this;
  }

  /**
   * Sets who is told what is found. It is called by the thread that drives the reconciler: a slow
   * one slows it down. What it throws is logged and does no harm.
   */
  public KubernetesReconcilerBuilder listener(
      BiConsumer<? super Membership, ? super Finding> listener) {
    this.listener = requireNonNull(listener, "listener");
    return this;
  }

  /** Returns a reconciler that goes on by itself from now on, until it is closed. */
  public KubernetesReconciler start() {
    KubernetesReconciler reconciler =
        new KubernetesReconciler(cluster, policy, options, listener, terms);
    reconciler.start();
    return reconciler;
  }
}
