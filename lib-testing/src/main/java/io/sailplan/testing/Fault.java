package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.run.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Something that goes wrong with a request. Immutable. */
public final class Fault {
  private final Sort sort;
  private final int status;
  private final Duration time;
  private final long revisions;

  /** The sorts of faults. */
  enum Sort {
    ANSWER,
    DELAY,
    LOST_BEFORE,
    LOST_AFTER,
    LOST_LATE,
    STALE
  }

  private Fault(Sort sort, int status, Duration time, long revisions) {
    this.sort = sort;
    this.status = status;
    this.time = requireNonNull(time, "time");
    this.revisions = revisions;
  }

  /**
   * Returns: the server answers with a status instead of doing anything.
   *
   * @param status 409, 429, 500, 503 or 504; 429 asks to come back after a second
   * @throws IllegalArgumentException if {@code status} is no error
   */
  public static Fault answer(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be an error: " + status);
    }
    return new Fault(Sort.ANSWER, status, Duration.ofSeconds(status == 429 ? 1 : 0), 0);
  }

  /** Returns: 429, with the wish to come back after {@code retryAfter}. */
  public static Fault tooManyRequests(Duration retryAfter) {
    return new Fault(Sort.ANSWER, 429, retryAfter, 0);
  }

  /** Returns: the request reaches the server later; it takes effect then. */
  public static Fault delay(Duration time) {
    return new Fault(Sort.DELAY, 0, time, 0);
  }

  /** Returns: the connection breaks before the request reaches the server. */
  public static Fault lostBefore() {
    return new Fault(Sort.LOST_BEFORE, 0, Duration.ZERO, 0);
  }

  /** Returns: the request takes effect, but the connection breaks before the answer. */
  public static Fault lostAfter() {
    return new Fault(Sort.LOST_AFTER, 0, Duration.ZERO, 0);
  }

  /**
   * Returns: the connection breaks, and the request, still on its way, takes effect {@code time}
   * later.
   */
  public static Fault lostThenEffective(Duration time) {
    return new Fault(Sort.LOST_LATE, 0, time, 0);
  }

  /**
   * Returns: a read is answered with the state that was {@code revisions} changes of the cluster
   * ago; writes are not touched.
   *
   * @throws IllegalArgumentException if {@code revisions} is not positive
   */
  public static Fault staleBy(long revisions) {
    if (revisions < 1) {
      throw new IllegalArgumentException("revisions must be positive: " + revisions);
    }
    return new Fault(Sort.STALE, 0, Duration.ZERO, revisions);
  }

  Sort sort() {
    return sort;
  }

  Duration time() {
    return time;
  }

  long revisions() {
    return revisions;
  }

  Response response() {
    return switch (status) {
      case 409 ->
          Answers.status(
              409,
              "Conflict",
              "Operation cannot be fulfilled: the object has been modified; please apply your"
                  + " changes to the latest version and try again",
              Map.of());
      case 429 -> Answers.tooManyRequests(Optional.of(time));
      case 503 ->
          Answers.status(
              503,
              "ServiceUnavailable",
              "the server is currently unable to handle the request",
              Map.of());
      case 504 ->
          Answers.status(
              504,
              "Timeout",
              "Timeout: request did not complete within the allotted timeout",
              Map.of());
      case 500 ->
          Answers.status(
              500,
              "InternalError",
              "Internal error occurred: a fault that the test asked for",
              Map.of());
      default -> Answers.status(status, "", "a fault that the test asked for", Map.of());
    };
  }

  /** Returns what it is, such as {@code lost after} or {@code answer 429}. */
  @Override
  public String toString() {
    String name = sort.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    return status == 0 ? name : name + " " + status;
  }
}
