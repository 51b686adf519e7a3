package io.sailplan.run;

import io.sailplan.model.LiveObject;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request that writes, until it is answered for good. After each answer that leaves open
 * whether it took effect, the object is read, so that the effect is recognised or the request sent
 * again.
 */
abstract class WriteTask implements StepTask {
  /** How often a write that met another one is repeated. */
  static final int MOST_COLLISIONS = 5;

  private final StepRun step;
  private boolean open;
  private boolean doubtful;
  private int collisions;
  private @Nullable Closing closing;

  WriteTask(StepRun step) {
    this.step = step;
  }

  /** Returns what to send, as of now; null if the task has ended itself instead. */
  abstract @Nullable Request request();

  /** The server has done it. */
  abstract void done(Response answer);

  /** The object was read after a write that did not end well. */
  abstract void found(LiveObject live);

  /** The object was looked for after a write that did not end well, and is not there. */
  abstract void absent();

  /** The server says that the object is not as the request says. */
  void conflict(Failure failure) {
    step.error(failure.text());
    look();
  }

  final StepRun step() {
    return step;
  }

  /** Returns whether a request was sent of which it was never learned what became of it. */
  final boolean isDoubtful() {
    return doubtful;
  }

  @Override
  public void begin() {
    send();
  }

  /** Sends the request; if the step is closing, it ends instead. */
  final void send() {
    if (closing != null) {
      end(closing);
      return;
    }
    Request request = request();
    if (request != null) {
      step.send(request, this::answered);
    }
  }

  /** Sends it again later. */
  final void sendLater(String why) {
    if (closing != null) {
      end(closing);
    } else {
      step.retry(why, null, this::send);
    }
  }

  /**
   * Sends it again because somebody else wrote at the same time; fails if that happens too often.
   */
  final void sendAfterCollision() {
    collisions++;
    if (collisions > MOST_COLLISIONS) {
      step.end(
          StepStatus.FAILED,
          step.name()
              + " is changed by others all the time: "
              + collisions
              + " writes met another one. Find out who writes it so often.\nLast: "
              + step.lastError());
    } else {
      send();
    }
  }

  final void look() {
    // What was planned in one version is compared in that version.
    String version = step.step().target().kind().version();
    step.send(new Request.Get(step.key(), version), this::looked);
  }

  @Override
  public void close(Closing why) {
    if (closing != null) {
      return;
    }
    closing = why;
    boolean writing = step.hasWriteInFlight();
    step.calmDown();
    if (!writing && !open) {
      end(why);
      return;
    }
    step.at(why.until(), () -> end(why));
    if (!step.hasInFlight()) {
      look();
    }
  }

  private void answered(Reply reply) {
    Response answer = reply.response();
    if (answer == null) {
      step.error("the answer was lost: " + Wording.shortened(reply.lost()));
      doubt();
      look();
    } else if (answer.isSuccess()) {
      done(answer);
    } else {
      failed(answer, step.failure(answer));
    }
  }

  private void failed(Response answer, Failure failure) {
    step.error(failure.text());
    switch (failure.kind()) {
      case RETRY:
        again(failure, answer, this::send);
        break;
      case NOT_SERVED:
        notServed(failure, answer);
        break;
      case UNSURE:
        doubt();
        again(failure, answer, this::look);
        break;
      case CONFLICT:
      case PATCH_DOES_NOT_FIT:
        conflict(failure);
        break;
      case ANOTHER_OBJECT:
        replaced();
        break;
      case OWNED_BY_OTHERS:
        ownedByOthers(answer);
        break;
      case ABSENT:
        absent();
        break;
      case REFUSED:
        refused(answer, failure);
        break;
    }
  }

  /** A kind that was declared a moment ago takes a while until it is served. */
  void notServed(Failure failure, Response answer) {
    again(failure, answer, this::send);
  }

  /** Returns how the step ends if a write was refused, and the object may not be read. */
  StepStatus unreadable() {
    return StepStatus.FAILED;
  }

  /** The object that was meant is gone, and another one has its name. */
  void replaced() {
    step.end(
        StepStatus.STALE,
        step.name() + " was deleted and made anew since the plan was made. Plan again.");
  }

  void ownedByOthers(Response answer) {
    step.end(StepStatus.FAILED, step.name() + ": " + Wording.conflicts(answer));
  }

  private void refused(Response answer, Failure failure) {
    step.end(StepStatus.FAILED, step.name() + ": " + failure.text() + Wording.hint(answer));
  }

  private void looked(Reply reply) {
    Response answer = reply.response();
    if (answer != null && answer.isSuccess() && answer.body() != null) {
      open = false;
      step.saw(answer.object());
      found(answer.object());
      return;
    }
    if (answer == null) {
      lookAgain("the answer was lost: " + Wording.shortened(reply.lost()), null);
      return;
    }
    Failure failure = step.failure(answer);
    switch (failure.kind()) {
      case ABSENT:
      case NOT_SERVED:
        open = false;
        absent();
        break;
      case RETRY:
      case UNSURE:
        lookAgain(failure.text(), answer);
        break;
      default:
        step.end(
            open ? StepStatus.UNKNOWN : unreadable(),
            step.name()
                + ": "
                + step.lastError()
                + "\nThe object cannot be read: "
                + failure.text()
                + Wording.hint(answer));
    }
  }

  private void lookAgain(String why, @Nullable Response answer) {
    if (closing != null) {
      end(closing);
    } else {
      step.retry(why, answer == null ? null : answer.retryAfter(), this::look);
    }
  }

  private void again(Failure failure, Response answer, Runnable then) {
    if (closing == null) {
      step.retry(failure.text(), answer.retryAfter(), then);
    } else if (open) {
      look();
    } else {
      end(closing);
    }
  }

  private void doubt() {
    open = true;
    doubtful = true;
  }

  /** Ends without having reached anything for sure. */
  private void end(Closing why) {
    String last =
        step.lastError().isEmpty()
            ? ""
            : "\nLast: " + step.lastError() + Wording.advice(step.lastError());
    boolean writing = step.hasWriteInFlight();
    if (open || writing) {
      step.end(
          StepStatus.UNKNOWN,
          step.name()
              + (writing
                  ? ": a request was sent and not answered"
                  : ": the answer to a request was lost")
              + ", so whether it took effect is not known. Look at the object, then plan again."
              + last);
    } else if (why.status() == StepStatus.TIMED_OUT) {
      step.end(
          StepStatus.TIMED_OUT,
          step.name()
              + " was not written within "
              + Spans.text(step.step().deadline())
              + "."
              + last);
    } else {
      step.end(why.status(), "The run was cancelled before it was written." + last);
    }
  }

  /** Ends well with the object that the server returned. */
  final void succeed(Response answer) {
    if (answer.body() != null && !answer.body().kind().equals("Status")) {
      step.wrote(answer.object());
    }
    step.succeed("");
  }
}
