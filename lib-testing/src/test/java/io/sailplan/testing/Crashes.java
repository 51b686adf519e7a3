package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lets clients die in the midst of an operation. */
final class Crashes {
  private Crashes() {}

  /**
   * Crashes after the first request, after the second, and so on, and again while it recovers. In
   * the end all has to be as without a crash.
   *
   * @param harbour a cluster as it is before
   * @param check what else holds in the end
   */
  static void everywhere(
      long seed, Operation operation, Supplier<Voyage> harbour, Consumer<Voyage> check) {
    Voyage calm = harbour.get();
    calm.cluster.clearRequests();
    calm.sail(operation);
    int requests = calm.cluster.requests().size();
    calm.cluster.advance(Duration.ofMinutes(2));
    check.accept(calm);
    Map<String, Object> end = calm.end();
    for (int k = 1; k <= requests; k++) {
      Voyage voyage = harbour.get();
      String place = "crash after request " + k + " of " + requests;
      voyage.cluster.faults().crashAfter(k);
      crash(voyage, operation);
      if (k % 3 == 0) {
        voyage.cluster.faults().crashAfter(1 + (seed + k) % 7);
        crash(voyage, operation);
      }
      voyage.cluster.faults().clear();
      voyage.cluster.settle();
      try {
        voyage.sail(operation);
        voyage.cluster.advance(Duration.ofMinutes(2));
        check.accept(voyage);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(place + ": " + e.getMessage(), e);
      }
      assertThat(voyage.end()).as(place).isEqualTo(end);
      assertThat(voyage.plan(operation).isEmpty()).as(place).isTrue();
    }
  }

  private static void crash(Voyage voyage, Operation operation) {
    try {
      voyage.run(operation);
    } catch (ClientCrash expected) {
      assertThat(expected).hasMessageContaining("died");
    }
  }
}
