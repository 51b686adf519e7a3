package io.sailplan.reconcile;

import java.time.Duration;

/** How long retries wait: twice as long each time, up to a bound. */
final class Pace {
  private final ReconcilePolicy policy;
  private Duration next;

  Pace(ReconcilePolicy policy) {
    this.policy = policy;
    this.next = policy.firstRetry();
  }

  Duration next() {
    Duration wait = next;
    boolean last = next.compareTo(policy.longestRetry().dividedBy(2)) >= 0;
    next = last ? policy.longestRetry() : next.multipliedBy(2);
    return wait;
  }

  void reset() {
    next = policy.firstRetry();
  }
}
