package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Changes single fields of an object, if it is the one that is meant. */
final class PatchTask extends WriteTask {
  private final Step.Patch patch;
  private final String uid;
  private boolean refused;

  PatchTask(StepRun step, Step.Patch patch, String uid) {
    super(step);
    this.patch = patch;
    this.uid = uid;
  }

  @Override
  Request request() {
    List<PatchOperation> operations = new ArrayList<>();
    operations.add(PatchOperation.test("/metadata/uid", uid));
    operations.addAll(patch.operations());
    return new Request.Patch(step().key(), operations, step().fieldManager(), "");
  }

  @Override
  void done(Response answer) {
    succeed(answer);
  }

  @Override
  void conflict(Failure failure) {
    refused = failure.kind() == Failure.Kind.PATCH_DOES_NOT_FIT;
    super.conflict(failure);
  }

  @Override
  void found(LiveObject live) {
    if (!live.uid().equals(uid)) {
      replaced();
    } else if (isDoubtful() && PatchEffect.isIn(live, patch.operations())) {
      step().wrote(live);
      step().succeed("");
    } else if (refused && isDoubtful()) {
      step()
          .end(
              StepStatus.UNKNOWN,
              step().name()
                  + " is not as the plan saw it"
                  + unfit(live)
                  + ". The answer to a request was lost, so it is not known whether it took effect"
                  + " before. Plan again.");
    } else if (refused) {
      step()
          .end(
              StepStatus.STALE,
              step().name()
                  + " is not as the plan saw it"
                  + unfit(live)
                  + ". Nothing was written. Plan again.");
    } else if (isDoubtful()) {
      sendLater(step().lastError());
    } else {
      sendAfterCollision();
    }
  }

  private String unfit(LiveObject live) {
    List<String> unfit = PatchEffect.unfit(live, patch.operations());
    return unfit.isEmpty() ? "" : ": " + String.join(", ", unfit);
  }

  @Override
  void absent() {
    step()
        .end(StepStatus.STALE, step().name() + " was deleted since the plan was made. Plan again.");
  }
}
