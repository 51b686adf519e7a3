package io.sailplan.testing;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What every {@link io.sailplan.run.Cluster} does: the simulated one, and a real one. Each sentence
 * has a namespace of its own, and uses nothing but the port.
 *
 * <p>Subclasses say which cluster they mean; JUnit runs the sentences that they inherit.
 *
 * <pre>{@code
 * class MyClusterContractTest extends ClusterContract {
 *   @Override
 *   protected ClusterUnderTest clusterUnderTest() {
 *     return ClusterUnderTest.simulated(SimulatedCluster.create());
 *   }
 * }
 * }</pre>
 */
public abstract class ClusterContract extends AdmissionContract {
  private static final AtomicLong NAMES = new AtomicLong();

  /** For subclasses. */
  protected ClusterContract() {}

  /** Returns the cluster; asked once for each sentence, and may be the same each time. */
  protected abstract ClusterUnderTest clusterUnderTest();

  /**
   * Returns what the names of namespaces begin with, so that several suites can use one cluster; at
   * most 20 lower-case letters, digits and hyphens.
   */
  protected String prefix() {
    return "contract";
  }

  @Override
  final ClusterUnderTest underTest() {
    return clusterUnderTest();
  }

  @Override
  final String freshName() {
    return prefix() + "-" + NAMES.incrementAndGet();
  }
}
