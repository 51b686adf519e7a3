package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ObjectKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a {@code Run} wants an adapter to do. */
public sealed interface RunAction {

  /**
   * Send a request and tell how it ended, exactly once.
   *
   * @param number its number, unique in the run
   * @param request the request
   */
  record Send(long number, Request request) implements RunAction {
    /** Checks that the request is not null. */
    public Send {
      requireNonNull(request, "request");
    }
  }

  /**
   * Tell the state of an object now, and whenever it changes, until {@link Unwatch}. An adapter
   * mends broken watches by itself, and may serve several by one.
   *
   * @param key which
   * @param labels labels that the object is known to carry, so that one watch can serve many; may
   *     be empty
   */
  record Watch(ObjectKey key, Map<String, String> labels) implements RunAction {
    /** Copies the labels, in the order of their names. */
    public Watch {
      requireNonNull(key, "key");
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
  }

  /**
   * Tell no more of an object.
   *
   * @param key which
   */
  record Unwatch(ObjectKey key) implements RunAction {
    /** Checks that the key is not null. */
    public Unwatch {
      requireNonNull(key, "key");
    }
  }

  /**
   * Send a {@link RunEvent.Tick} at this time, or soon after; an earlier wish is replaced.
   *
   * @param at when
   */
  record Wake(Instant at) implements RunAction {
    /** Checks that the time is not null. */
    public Wake {
      requireNonNull(at, "at");
    }
  }

  /**
   * Tell the caller.
   *
   * @param progress what happened
   */
  record Report(Progress progress) implements RunAction {
    /** Checks that the progress is not null. */
    public Report {
      requireNonNull(progress, "progress");
    }
  }

  /**
   * Nothing more will happen.
   *
   * @param outcome how it ended
   */
  record Finish(Outcome outcome) implements RunAction {
    /** Checks that the outcome is not null. */
    public Finish {
      requireNonNull(outcome, "outcome");
    }
  }
}
