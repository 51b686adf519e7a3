package io.sailplan.k8s;

import io.sailplan.testing.ClusterContract;
import io.sailplan.testing.ClusterUnderTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real cluster does what the contract says; the simulated one meets the same sentences. */
@ExtendWith(RealCluster.class)
class ClusterContractIT extends ClusterContract {
  private static final String RUN =
      Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX)
          + Long.toString(System.nanoTime() & 0xfffff, Character.MAX_RADIX);

  private static ControlPlane plane;
  private static KubernetesCluster cluster;

  /** Runs before the namespace is made: the parameter is resolved first. */
  ClusterContractIT(ControlPlane given) {
    if (plane != given) {
      plane = given;
      cluster = given.connect();
    }
  }

  @Override
  protected ClusterUnderTest clusterUnderTest() {
    return new Real(cluster);
  }

  @Override
  protected String prefix() {
    return "c" + RUN;
  }

  /** Time is real here: conditions are asked for again and again. */
  private record Real(KubernetesCluster cluster) implements ClusterUnderTest {
    @Override
    public boolean await(Duration atMost, BooleanSupplier condition) {
      long end = System.nanoTime() + atMost.toNanos();
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - end > 0) {
          return false;
        }
        try {
          TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }
}
