package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.plan.Step;

/** Deletes an object, and only that one: if it is gone, the goal is reached. */
final class DeleteTask extends WriteTask {
  private final Step.Delete delete;
  private final String uid;

  DeleteTask(StepRun step, Step.Delete delete, String uid) {
    super(step);
    this.delete = delete;
    this.uid = uid;
  }

  @Override
  Request request() {
    return new Request.Delete(step().key(), uid, "", delete.propagation());
  }

  @Override
  void done(Response answer) {
    succeed(answer);
  }

  @Override
  void found(LiveObject live) {
    if (!live.uid().equals(uid)) {
      replaced();
    } else if (live.isTerminating()) {
      step().wrote(live);
      step().succeed("");
    } else {
      sendLater(step().lastError());
    }
  }

  /** The server compares the UID: a conflict may also come from somebody else's write. */
  @Override
  void replaced() {
    step()
        .succeed(
            step().name()
                + " was gone already; another object of the same name is there, and stays.");
  }

  @Override
  void absent() {
    step().succeed("");
  }

  /** Without its kind there is no object. */
  @Override
  void notServed(Failure failure, Response answer) {
    absent();
  }
}
