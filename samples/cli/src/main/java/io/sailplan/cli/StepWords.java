package io.sailplan.cli;

import io.sailplan.plan.StepKind;
import io.sailplan.run.Progress;
import io.sailplan.run.StepStatus;

/** Says in a few words what happened to a step. */
final class StepWords {
  private StepWords() {}

  /** Returns what goes on. */
  static String ongoing(StepKind kind, Progress progress) {
    return switch (progress.phase()) {
      case STARTED -> started(kind);
      case RETRYING -> "trying again: " + progress.message();
      case WAITING -> "waiting: " + progress.message();
      case ENDED -> ended(kind, status(progress));
    };
  }

  /** Returns what the step has done, or how it ended otherwise. */
  static String ended(StepKind kind, StepStatus status) {
    return switch (status) {
      case SUCCEEDED -> done(kind);
      case UNCHANGED -> "nothing to do";
      case NOT_NEEDED -> "not needed";
      case FAILED -> "failed";
      case TIMED_OUT -> "timed out";
      case STALE -> "changed since the plan was made";
      case SKIPPED -> "skipped";
      case CANCELLED -> "cancelled";
      case UNKNOWN -> "unknown: it was sent, but not answered";
    };
  }

  /** Returns how the step ended, which stands first in the message. */
  static StepStatus status(Progress progress) {
    String message = progress.message();
    int end = message.indexOf(':');
    return StepStatus.valueOf(end < 0 ? message : message.substring(0, end));
  }

  /** Returns why it ended that way; empty if nothing was said. */
  static String explanation(Progress progress) {
    int end = progress.message().indexOf(": ");
    return end < 0 ? "" : progress.message().substring(end + 2);
  }

  private static String started(StepKind kind) {
    return switch (kind) {
      case CREATE -> "creating";
      case APPLY, PATCH -> "changing";
      case DELETE -> "deleting";
      case AWAIT_READY -> "waiting until ready";
      case AWAIT_GONE -> "waiting until gone";
      case UNCHANGED -> "nothing to do";
      case GATE -> "waiting";
    };
  }

  private static String done(StepKind kind) {
    return switch (kind) {
      case CREATE -> "created";
      case APPLY, PATCH -> "changed";
      case DELETE -> "deleted";
      case AWAIT_READY -> "ready";
      case AWAIT_GONE -> "gone";
      case UNCHANGED -> "unchanged";
      case GATE -> "open";
    };
  }
}
