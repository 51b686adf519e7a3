package io.sailplan.k8s;

import io.sailplan.testing.ClusterUnderTest;
import io.sailplan.testing.DiagnosisContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** What failed deployments on a real cluster tell; the simulated one tells the same. */
@ExtendWith(RealCluster.class)
class RealDiagnosisIT extends DiagnosisContract {
  private static ControlPlane plane;
  private static KubernetesCluster cluster;

  /** Runs before the namespace is made: the parameter is resolved first. */
  RealDiagnosisIT(ControlPlane given) {
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
    return RealClusterUnderTest.prefix("d");
  }
}
