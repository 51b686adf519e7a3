package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the first container of a pod does; the others run, and end when the first has. Immutable.
 *
 * <p>A pod template can ask for a behaviour by the annotation {@value #ANNOTATION}, which the test
 * cluster of this project understands as well, so that one test runs on both.
 */
public final class PodBehaviour {
  /**
   * The annotation of a pod whose value is a behaviour: {@code never-ready}, {@code
   * late:<duration>}, {@code image-pull-error}, {@code crash-loop}, {@code oom}, {@code fail} or
   * {@code fail:<exit code>}.
   */
  public static final String ANNOTATION = "kubelet.test.sailplan.io/behaviour";

  private static final Pattern DURATION_PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s)");

  private final Sort sort;
  private final Duration delay;
  private final int exitCode;
  private final String detail;

  /** The sorts of behaviour. */
  enum Sort {
    READY,
    LATE,
    NEVER_READY,
    PULL_ERROR,
    EXIT,
    UNSCHEDULABLE,
    INVALID
  }

  private PodBehaviour(Sort sort, Duration delay, int exitCode, String detail) {
    this.sort = sort;
    this.delay = delay;
    this.exitCode = exitCode;
    this.detail = detail;
  }

  /** Returns: running and ready at once; pods that run once complete soon. This is the default. */
  public static PodBehaviour ready() {
    return new PodBehaviour(Sort.READY, Duration.ZERO, 0, "");
  }

  /** Returns: running, ready (or completed) only after {@code delay}. */
  public static PodBehaviour readyAfter(Duration delay) {
    return new PodBehaviour(Sort.LATE, requireNonNull(delay, "delay"), 0, "");
  }

  /** Returns: running, never ready. */
  public static PodBehaviour neverReady() {
    return new PodBehaviour(Sort.NEVER_READY, Duration.ZERO, 0, "");
  }

  /** Returns: the image cannot be pulled. */
  public static PodBehaviour imagePullError() {
    return new PodBehaviour(Sort.PULL_ERROR, Duration.ZERO, 0, "");
  }

  /** Returns: ends again and again with exit code 1. */
  public static PodBehaviour crashLoop() {
    return fails(1);
  }

  /**
   * Returns: ends with an exit code; again and again, unless its restart policy is {@code Never}.
   *
   * @throws IllegalArgumentException if {@code exitCode} is not from 1 to 255
   */
  public static PodBehaviour fails(int exitCode) {
    if (exitCode < 1 || exitCode > 255) {
      throw new IllegalArgumentException("exitCode must be from 1 to 255: " + exitCode);
    }
    return new PodBehaviour(Sort.EXIT, Duration.ZERO, exitCode, "Error");
  }

  /** Returns: is killed again and again for want of memory. */
  public static PodBehaviour outOfMemory() {
    return new PodBehaviour(Sort.EXIT, Duration.ZERO, 137, "OOMKilled");
  }

  /**
   * Returns: no node takes it.
   *
   * @param reason what the scheduler says of each node, such as {@code Insufficient cpu}
   */
  public static PodBehaviour unschedulable(String reason) {
    return new PodBehaviour(Sort.UNSCHEDULABLE, Duration.ZERO, 0, requireNonNull(reason, "reason"));
  }

  /** Reads the value of the annotation; what cannot be understood keeps the pod from starting. */
  static PodBehaviour parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    String argument = colon < 0 ? "" : text.substring(colon + 1);
    switch (word) {
      case "never-ready":
        return neverReady();
      case "image-pull-error":
        return imagePullError();
      case "crash-loop":
        return crashLoop();
      case "oom":
        return outOfMemory();
      case "late":
        Duration delay = duration(argument);
        if (delay != null) {
          return readyAfter(delay);
        }
        break;
      case "fail":
        String code = colon < 0 ? "1" : argument;
        if (code.matches("[0-9]{1,3}")
            && Integer.parseInt(code) >= 1
            && Integer.parseInt(code) <= 255) {
          return fails(Integer.parseInt(code));
        }
        break;
      default:
    }
    return new PodBehaviour(
        Sort.INVALID,
        Duration.ZERO,
        0,
        "annotation " + ANNOTATION + ": \"" + text + "\" is not known");
  }

  private static @Nullable Duration duration(String text) {
    Matcher parts = DURATION_PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      end = parts.end();
      double amount = Double.parseDouble(parts.group(1));
      long unit =
          switch (parts.group(2)) {
            case "h" -> 3_600_000L;
            case "m" -> 60_000L;
            case "s" -> 1_000L;
            default -> 1L;
          };
      sum = sum.plusMillis(Math.round(amount * unit));
    }
    return end == text.length() && end > 0 ? sum : null;
  }

  Sort sort() {
    return sort;
  }

  Duration delay() {
    return delay;
  }

  int exitCode() {
    return exitCode;
  }

  /** Returns the reason of an exit, of the scheduler, or of why it cannot be understood. */
  String detail() {
    return detail;
  }

  @Override
  public String toString() {
    return sort + (exitCode == 0 ? "" : " " + exitCode) + (delay.isZero() ? "" : " " + delay);
  }
}
