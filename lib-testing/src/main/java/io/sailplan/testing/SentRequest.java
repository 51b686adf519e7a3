package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.run.Request;
import java.time.Instant;

/**
 * A request that a client has sent to a {@link SimulatedCluster}.
 *
 * @param number how many requests there were up to this one, itself included
 * @param at when it reached the server, or was lost on its way
 * @param request the request
 * @param status the HTTP status that the server answered; 0 if the request was lost before it took
 *     effect. The client may not have seen the answer
 * @param fault what was done to it, such as {@code lost after}; empty if nothing was
 */
public record SentRequest(long number, Instant at, Request request, int status, String fault) {

  /** Checks that nothing is null. */
  public SentRequest {
    requireNonNull(at, "at");
    requireNonNull(request, "request");
    requireNonNull(fault, "fault");
  }

  /** Returns whether the request could change anything. */
  public boolean isWrite() {
    return request.isWrite();
  }
}
