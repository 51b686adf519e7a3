package io.sailplan.readiness;

import static java.util.Objects.requireNonNull;

/**
 * What an object's readiness is, by one observation of it.
 *
 * @param status the answer
 * @param reason why, for programs: one word in CamelCase, Kubernetes' own where it has one
 * @param message why, for people: a clause without a final full stop that goes on after "is not
 *     ready: ". May quote what a controller wrote, which may hold what should be masked
 * @param assumed whether the answer rests on something that could not be seen
 */
public record Verdict(Status status, String reason, String message, boolean assumed) {

  /** The possible answers. */
  public enum Status {
    /** What waits for the object may go on. */
    READY,
    /** Not yet. */
    PROGRESSING,
    /** It will not become ready unless somebody changes something. */
    FAILED,
    /** It is being deleted; it is not ready, whatever else it says. */
    TERMINATING,
    /**
     * A custom resource of which nothing says whether it is ready. Whoever waits decides how long
     * to listen, and then calls it ready and says that this was assumed.
     */
    SILENT
  }

  /** Checks that no part is null. */
  public Verdict {
    requireNonNull(status, "status");
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
  }

  /** Returns whether what waits for the object may go on. */
  public boolean isReady() {
    return status == Status.READY;
  }

  /** Returns whether waiting is of no use. */
  public boolean isFailed() {
    return status == Status.FAILED;
  }

  static Verdict ready(String reason, String message) {
    return new Verdict(Status.READY, reason, message, false);
  }

  static Verdict progressing(String reason, String message) {
    return new Verdict(Status.PROGRESSING, reason, message, false);
  }

  static Verdict failed(String reason, String message) {
    return new Verdict(Status.FAILED, reason, message, false);
  }

  /** Returns {@code PROGRESSING (ReplicasUnavailable): 1 of 3 replicas is available}. */
  @Override
  public String toString() {
    return status + (assumed ? ", assumed (" : " (") + reason + "): " + message;
  }

  Verdict assume() {
    return new Verdict(status, reason, message, true);
  }
}
