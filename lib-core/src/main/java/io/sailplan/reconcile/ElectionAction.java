package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.run.Request;
import java.time.Instant;

/** What a {@link LeaderElection} wants an adapter to do. */
public sealed interface ElectionAction {

  /**
   * Send a request and tell how it ended, exactly once.
   *
   * @param number its number, unique in the election
   * @param request the request
   */
  record Send(long number, Request request) implements ElectionAction {
    /** Checks that the request is not null. */
    public Send {
      requireNonNull(request, "request");
    }
  }

  /**
   * Send an {@link ElectionEvent.Tick} at this time, or soon after; an earlier wish is replaced.
   *
   * @param at when
   */
  record Wake(Instant at) implements ElectionAction {
    /** Checks that the time is not null. */
    public Wake {
      requireNonNull(at, "at");
    }
  }

  /**
   * This instance leads from now on.
   *
   * @param term how often the Lease has changed hands: greater than that of any leader before
   */
  record Lead(long term) implements ElectionAction {}

  /** This instance does not lead any more: nothing is to be written from now on. */
  record Yield() implements ElectionAction {}

  /** This instance has resigned, and the Lease is free or will be; nothing more will happen. */
  record Finish() implements ElectionAction {}
}
