package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.OwnWrite;

/** Makes an object that must not exist; never merges into one that appeared meanwhile. */
final class CreateTask extends WriteTask {
  private final Manifest payload;
  private final boolean force;

  CreateTask(StepRun step, Manifest payload, boolean force) {
    super(step);
    this.payload = payload;
    this.force = force;
  }

  @Override
  Request request() {
    Request.Apply request =
        Request.Apply.of(
            payload.with(Request.Apply.CREATE_ONLY, "metadata", "resourceVersion"),
            step().fieldManager());
    return force ? request.forced() : request;
  }

  @Override
  void done(Response answer) {
    succeed(answer);
  }

  /** The object is there, so it does not matter whose fields are which. */
  @Override
  void ownedByOthers(Response answer) {
    look();
  }

  @Override
  void found(LiveObject live) {
    if (isDoubtful() && OwnWrite.isThere(live, payload, step().fieldManager())) {
      step().wrote(live);
      step().succeed("");
    } else if (isDoubtful() && OwnWrite.hasEntry(live, step().fieldManager())) {
      step()
          .end(
              StepStatus.UNKNOWN,
              step().name()
                  + " exists and was written by "
                  + step().fieldManager()
                  + ", but not as this step wanted it. The answer to a request was lost, so it is"
                  + " not known whether it was changed afterwards. Plan again.");
    } else {
      step()
          .end(
              StepStatus.STALE,
              step().name()
                  + " exists meanwhile: it was made"
                  + Wording.origin(live)
                  + ". Nothing was written. Plan again.");
    }
  }

  @Override
  void absent() {
    sendLater(step().lastError());
  }

  @Override
  StepStatus unreadable() {
    return StepStatus.STALE;
  }
}
