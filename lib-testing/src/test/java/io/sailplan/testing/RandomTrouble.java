package io.sailplan.testing;

import io.sailplan.run.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random faults of requests; notes when each request was sent, and when it was answered. */
final class RandomTrouble {
  private static final Duration LATENCY = Duration.ofMillis(5);

  private final Random random;
  private final int percent;
  private final SimulatedCluster cluster;
  private final List<Fault> sorts = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private int now = -1;

  /** A request that was in flight from {@code at} to {@code until}. */
  record Sent(Instant at, Instant until, Request request) {}

  /**
   * Makes trouble from now on.
   *
   * @param percent of how many requests in a hundred something goes wrong with
   */
  RandomTrouble(SimulatedCluster cluster, long seed, int percent) {
    this.cluster = cluster;
    this.random = Seeds.random(seed, "trouble");
    this.percent = percent;
    sorts.add(Fault.answer(429));
    sorts.add(Fault.answer(500));
    sorts.add(Fault.answer(503));
    sorts.add(Fault.lostBefore());
    sorts.add(Fault.lostAfter());
    sorts.add(Fault.delay(Duration.ofMillis(20)));
    sorts.add(Fault.delay(Duration.ofSeconds(4)));
    sorts.add(Fault.tooManyRequests(Duration.ofSeconds(3)));
    sorts.add(Fault.staleBy(1 + random.nextInt(30)));
    sorts.add(Fault.answer(409)); // the last: only for writes
    cluster
        .faults()
        .onEvery(
            request -> {
              draw(request);
              return false;
            })
        .happens(Fault.lostBefore());
    for (int i = 0; i < sorts.size(); i++) {
      int sort = i;
      cluster.faults().onEvery(request -> now == sort).happens(sorts.get(sort));
    }
  }

  private void draw(Request request) {
    int choices = request.isWrite() ? sorts.size() : sorts.size() - 1;
    now = random.nextInt(100) < percent ? random.nextInt(choices) : -1;
    Instant at = cluster.now();
    sent.add(new Sent(at, at.plus(LATENCY).plus(delay(now < 0 ? null : sorts.get(now))), request));
  }

  private static Duration delay(@Nullable Fault fault) {
    return fault != null && fault.sort() == Fault.Sort.DELAY ? fault.time() : Duration.ZERO;
  }

  /** Returns all requests since the trouble began, in the order in which they were sent. */
  List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** Returns how many requests were in flight at once, at the most. */
  int mostInFlight() {
    int most = 0;
    for (Sent one : sent) {
      int together = 0;
      for (Sent other : sent) {
        if (!other.at().isAfter(one.at()) && other.until().isAfter(one.at())) {
          together++;
        }
      }
      most = Math.max(most, together);
    }
    return most;
  }
}
