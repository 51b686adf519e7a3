package io.sailplan.testing;

class SimulatedClusterContractTest extends ClusterContract {
  @Override
  protected ClusterUnderTest clusterUnderTest() {
    return ClusterUnderTest.simulated(SimulatedCluster.create());
  }
}
