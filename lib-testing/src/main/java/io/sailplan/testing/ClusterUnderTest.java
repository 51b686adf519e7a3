package io.sailplan.testing;

import io.sailplan.run.Cluster;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A cluster as {@link ClusterContract} meets it: virtual or real. */
public interface ClusterUnderTest {

  /** Returns the cluster. */
  Cluster cluster();

  /**
   * Waits until a condition is met, in whatever time the cluster lives in, and returns whether it
   * was.
   *
   * @param atMost how long to wait at the most
   * @param condition asked again and again; sends requests
   */
  boolean await(Duration atMost, BooleanSupplier condition);

  /**
   * Returns whether pods behave as the annotation {@value PodBehaviour#ANNOTATION} says, so that
   * sentences about pods can be checked; true unless overridden.
   */
  default boolean playsPods() {
    return true;
  }

  /** Returns a simulated cluster, whose time is virtual. */
  static ClusterUnderTest simulated(SimulatedCluster cluster) {
    return new ClusterUnderTest() {
      @Override
      public Cluster cluster() {
        return cluster;
      }

      @Override
      public boolean await(Duration atMost, BooleanSupplier condition) {
        return cluster.await(atMost, condition);
      }
    };
  }
}
