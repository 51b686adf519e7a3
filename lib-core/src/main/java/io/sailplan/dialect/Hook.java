package io.sailplan.dialect;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * That an object is made at a certain moment to do its work, and is no member of the application.
 *
 * @param resource the id of the resource
 * @param dialect whose annotation makes it a hook
 * @param text the annotation, as a part of a sentence
 * @param events when it runs; at least one, ordered
 * @param weight hooks of a lower weight, or wave, come before those of a higher one
 * @param cleanups when the object is deleted; ordered
 */
public record Hook(
    String resource,
    Dialect dialect,
    String text,
    Set<Event> events,
    int weight,
    Set<Cleanup> cleanups) {

  /** The moments at which hooks run. */
  public enum Event {
    /** Before the first deployment. */
    PRE_INSTALL,
    /** After the first deployment. */
    POST_INSTALL,
    /** Before every later deployment. */
    PRE_UPGRADE,
    /** After every later deployment. */
    POST_UPGRADE,
    /** During every deployment, in its wave. */
    SYNC,
    /** After a deployment that has failed. */
    FAILURE,
    /** Before the application is deleted. */
    PRE_DELETE,
    /** After the application was deleted. */
    POST_DELETE
  }

  /** When the object of a hook is deleted. */
  public enum Cleanup {
    /** Before it is made again. */
    BEFORE_CREATION,
    /** After it has succeeded. */
    SUCCEEDED,
    /** After it has failed. */
    FAILED
  }

  /**
   * Copies the sets.
   *
   * @throws IllegalArgumentException if there is no event
   */
  public Hook {
    requireNonNull(resource, "resource");
    requireNonNull(dialect, "dialect");
    requireNonNull(text, "text");
    events = Collections.unmodifiableSortedSet(new TreeSet<>(events));
    cleanups = Collections.unmodifiableSortedSet(new TreeSet<>(cleanups));
    if (events.isEmpty()) {
      throw new IllegalArgumentException("events must not be empty");
    }
  }

  /** Returns whether it runs in the midst of the members, as one of them would be deployed. */
  public boolean isAmongMembers() {
    return events.contains(Event.SYNC);
  }
}
