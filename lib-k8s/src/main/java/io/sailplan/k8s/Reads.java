package io.sailplan.k8s;

import io.sailplan.run.ClusterException;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.Set;

/**
 * Reads again what a busy server turned away, a bounded number of times. Only for what no run
 * drives: a run has its own way to retry.
 */
final class Reads {
  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Wire wire;

  Reads(Wire wire) {
    this.wire = wire;
  }

  /** Returns the answer, which may still be that the server is busy. */
  Answer read(HttpCall http, Calls calls) {
    Answer answer = wire.exchange(http, calls);
    Duration wait = FIRST;
    for (int attempt = 1; attempt < ATTEMPTS && isBusy(answer.response()); attempt++) {
      Duration asked = answer.response().retryAfter();
      pause(shorter(asked == null ? wait : asked, LONGEST));
      wait = wait.multipliedBy(2);
      answer = wire.exchange(http, calls);
    }
    return answer;
  }

  /** What is not available does not become so within moments. */
  private static boolean isBusy(Response response) {
    return !Refusals.isUnavailable(response)
        && (BUSY.contains(response.status())
            || (response.status() >= 500 && response.retryAfter() != null));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while the API server was busy", null);
    }
  }
}
