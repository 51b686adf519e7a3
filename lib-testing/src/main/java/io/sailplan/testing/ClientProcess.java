package io.sailplan.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The program that a client is: it may stand still for a while, and it may not always write. */
final class ClientProcess {
  private final Timeline timeline;
  private final BooleanSupplier mayWrite;
  private Instant frozenUntil = Instant.MIN;

  private ClientProcess(Timeline timeline, BooleanSupplier mayWrite) {
    this.timeline = timeline;
    this.mayWrite = mayWrite;
  }

  /** Returns a program that never stands still, and may always write. */
  static ClientProcess free(Timeline timeline) {
    return of(timeline, () -> true);
  }

  static ClientProcess of(Timeline timeline, BooleanSupplier mayWrite) {
    return new ClientProcess(timeline, mayWrite);
  }

  /** Stands still: what comes in meanwhile is dealt with afterwards, in its order. */
  void freeze(Duration time) {
    Instant until = timeline.now().plus(time);
    frozenUntil = until.isAfter(frozenUntil) ? until : frozenUntil;
  }

  boolean isFrozen() {
    return frozenUntil.isAfter(timeline.now());
  }

  boolean mayWrite() {
    return mayWrite.getAsBoolean();
  }

  /** Does something now, or once it does not stand still any more. */
  void whenAwake(Runnable what) {
    if (isFrozen()) {
      timeline.at(frozenUntil, () -> whenAwake(what));
    } else {
      what.run();
    }
  }
}
