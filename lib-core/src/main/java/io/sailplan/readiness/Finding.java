package io.sailplan.readiness;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ObjectKey;
import java.util.List;

/**
 * One reason why an object is not ready; all text is masked.
 *
 * @param object the object in trouble: the one that is waited for, or one that it brought about
 * @param container the container in trouble; empty if it is not about one
 * @param reason what sort of trouble, for programs: one word in CamelCase
 * @param message what was found, as a clause without a final full stop
 * @param hint what to do about it; empty if nothing useful can be said
 * @param alike how many more objects are in the same trouble
 * @param events the latest warnings about the object, newest first, without what the message says
 * @param log the last lines of the container's log; empty unless it was given
 */
public record Finding(
    ObjectKey object,
    String container,
    String reason,
    String message,
    String hint,
    int alike,
    List<String> events,
    List<String> log) {

  /** Copies the lists. */
  public Finding {
    requireNonNull(object, "object");
    requireNonNull(container, "container");
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
    requireNonNull(hint, "hint");
    events = List.copyOf(events);
    log = List.copyOf(log);
  }

  static Finding of(
      ObjectKey object, String container, String reason, String message, String hint) {
    return new Finding(object, container, reason, message, hint, 0, List.of(), List.of());
  }

  /** Whether the other is the same trouble of another object. */
  boolean isAlike(Finding other) {
    return object.groupKind().equals(other.object.groupKind())
        && container.equals(other.container)
        && (bothAboutImages(other)
            || (reason.equals(other.reason) && common().equals(other.common())));
  }

  /** Back-off and attempt take turns. */
  private boolean bothAboutImages(Finding other) {
    return PodFindings.isAboutImage(reason) && PodFindings.isAboutImage(other.reason);
  }

  /** The message without what differs between objects in the same trouble. */
  private String common() {
    return message.replace(object.name(), "").replaceAll("\\(restarted [^)]*\\)", "");
  }

  Finding andOneMore() {
    return new Finding(object, container, reason, message, hint, alike + 1, events, log);
  }

  Finding with(List<String> events, List<String> log) {
    return new Finding(object, container, reason, message, hint, alike, events, log);
  }
}
