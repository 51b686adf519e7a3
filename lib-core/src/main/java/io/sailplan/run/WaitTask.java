package io.sailplan.run;

import io.sailplan.model.LiveObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waits for something to be seen. It takes no room from requests. */
abstract class WaitTask implements StepTask {
  private final StepRun step;
  private boolean confirming;

  WaitTask(StepRun step) {
    this.step = step;
  }

  /** The object is not there any more, which was confirmed if there was reason to doubt it. */
  abstract void gone();

  final StepRun step() {
    return step;
  }

  /** Returns what this run has written last; null if it wrote nothing. */
  final @Nullable LiveObject written() {
    return step.run().written(step.key()).orElse(null);
  }

  final void watch() {
    step.watch(labels());
  }

  /**
   * An object that vanishes from a watch may just have lost the label by which it is watched: then
   * it is read.
   */
  @Override
  public void vanished(RunEvent.Vanished vanished) {
    if (Freshness.isOlder(vanished, written())) {
      return;
    }
    LiveObject last = vanished.last();
    if (last != null && !Freshness.isOlder(last, written())) {
      step.saw(last);
    }
    if (labels().isEmpty()) {
      gone();
    } else if (!confirming) {
      confirming = true;
      confirm();
    }
  }

  private void confirm() {
    step.send(new Request.Get(step.key()), this::confirmed);
  }

  private void confirmed(Reply reply) {
    Response answer = reply.response();
    if (answer != null && answer.isSuccess() && answer.body() != null) {
      confirming = false;
      observed(answer.object());
      return;
    }
    if (answer == null) {
      step.retry("the answer was lost: " + Wording.shortened(reply.lost()), null, this::confirm);
      return;
    }
    Failure failure = step.failure(answer);
    switch (failure.kind()) {
      case ABSENT:
      case NOT_SERVED:
        confirming = false;
        gone();
        break;
      case RETRY:
      case UNSURE:
        step.retry(failure.text(), answer.retryAfter(), this::confirm);
        break;
      default:
        confirming = false;
        gone(); // it may be watched, but not read: the watch has to be believed
    }
  }

  /** Returns the label of members if the object is known to carry it. */
  private Map<String, String> labels() {
    Members members = step.run().members();
    LiveObject written = written();
    return members.contains(step.key()) || (written != null && members.isOne(written.manifest()))
        ? members.label()
        : Map.of();
  }
}
