package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/** What an adapter tells a {@code Run}. */
public sealed interface RunEvent {

  /**
   * A request was answered.
   *
   * @param request the number of the request
   * @param response the answer
   */
  record Answered(long request, Response response) implements RunEvent {
    /** Checks that the response is not null. */
    public Answered {
      requireNonNull(response, "response");
    }
  }

  /**
   * A request ended without an answer: whether it took effect is not known.
   *
   * @param request the number of the request
   * @param reason what happened to the connection
   */
  record Lost(long request, String reason) implements RunEvent {
    /** Checks that the reason is not null. */
    public Lost {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * A watched object was seen. Of several states that wait to be told, only the last needs to be.
   *
   * @param object the object
   */
  record Observed(LiveObject object) implements RunEvent {
    /** Checks that the object is not null. */
    public Observed {
      requireNonNull(object, "object");
    }
  }

  /**
   * A watched object is not there.
   *
   * @param key which
   * @param resourceVersion the resourceVersion of the deletion or of the list in which it was
   *     missing
   * @param last its last state, if the adapter knows one that it has not told; null otherwise
   */
  record Vanished(ObjectKey key, String resourceVersion, @Nullable LiveObject last)
      implements RunEvent {
    /** Checks that nothing but the last state is null. */
    public Vanished {
      requireNonNull(key, "key");
      requireNonNull(resourceVersion, "resourceVersion");
    }

    /** The last state of the object is not known. */
    public Vanished(ObjectKey key, String resourceVersion) {
      this(key, resourceVersion, null);
    }
  }

  /** Time has passed. */
  record Tick() implements RunEvent {}

  /** The caller wants no more: nothing new is started, what is in flight is seen to its end. */
  record Cancelled() implements RunEvent {}
}
