package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Step;
import org.jspecify.annotations.Nullable;

/** Deletes an object, and only that one: if it is gone, the goal is reached. */
final class DeleteTask extends WriteTask {
  private final Step.Delete delete;
  private final String uid;
  private final Precondition.@Nullable Unchanged seen;
  private String resourceVersion;

  DeleteTask(StepRun step, Step.Delete delete, String uid) {
    super(step);
    this.delete = delete;
    this.uid = uid;
    this.seen = null;
    this.resourceVersion = "";
  }

  /** Deletes what the plan saw, and nothing that has changed since. */
  DeleteTask(StepRun step, Step.Delete delete, Precondition.Unchanged seen) {
    super(step);
    this.delete = delete;
    this.uid = seen.uid();
    this.seen = seen;
    this.resourceVersion = seen.resourceVersion();
  }

  @Override
  Request request() {
    return new Request.Delete(step().key(), uid, resourceVersion, delete.propagation());
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
    } else if (seen != null && !step().run().plan().isAsSeen(seen, live)) {
      step()
          .end(
              StepStatus.STALE,
              step().name()
                  + " has changed since the plan was made: what it holds, whose it is, or what"
                  + " protects it. It was not deleted. Plan again.");
    } else if (live.resourceVersion().equals(resourceVersion) || seen == null) {
      sendLater(step().lastError());
    } else {
      resourceVersion = live.resourceVersion();
      sendAfterCollision();
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
