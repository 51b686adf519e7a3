package io.sailplan.k8s;

import io.sailplan.testing.ClusterContract;
import io.sailplan.testing.ClusterUnderTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real cluster does what the contract says; the simulated one meets the same sentences. */
@ExtendWith(RealCluster.class)
class ClusterContractIT extends ClusterContract {
  private static ControlPlane plane;
  private static KubernetesCluster cluster;

  /** Runs before the namespace is made: the parameter is resolved first. */
  ClusterContractIT(ControlPlane given) {
    if (plane != given) {
      cluster = given.connect();
      plane = given;
    }
  }

  @Override
  protected ClusterUnderTest clusterUnderTest() {
    return new RealClusterUnderTest(cluster);
  }

  @Override
  protected String prefix() {
    return RealClusterUnderTest.prefix("c");
  }
}
