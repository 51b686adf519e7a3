package io.sailplan.k8s;

import io.sailplan.testing.ClusterUnderTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A real cluster, where time is real: conditions are asked for again and again. */
record RealClusterUnderTest(KubernetesCluster cluster) implements ClusterUnderTest {
  private static final String RUN =
      Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX)
          + Long.toString(System.nanoTime() & 0xfffff, Character.MAX_RADIX);

  /** Returns a prefix of names that no other run of the tests has used. */
  static String prefix(String suite) {
    return suite + RUN;
  }

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
