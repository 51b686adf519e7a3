package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.run.Response;

/** What an adapter tells a {@link LeaderElection}. */
public sealed interface ElectionEvent {

  /**
   * A request was answered.
   *
   * @param request the number of the request
   * @param response the answer
   */
  record Answered(long request, Response response) implements ElectionEvent {
    /** Checks that the response is not null. */
    public Answered {
      requireNonNull(response, "response");
    }
  }

  /**
   * A request ended without an answer: whether it took effect is not known.
   *
   * @param request the number of the request
   */
  record Lost(long request) implements ElectionEvent {}

  /** Time has passed. */
  record Tick() implements ElectionEvent {}

  /** This instance does not want to lead any more. */
  record Resigned() implements ElectionEvent {}
}
