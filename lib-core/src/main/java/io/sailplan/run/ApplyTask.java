package io.sailplan.run;

import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.OwnWrite;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Step;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes an object that must still be the one that the plan saw. It first trusts that nothing has
 * changed; if something has, it reads, compares what matters, and writes with the resourceVersion
 * that it read.
 */
final class ApplyTask extends WriteTask {
  private final Step.Apply apply;
  private final Manifest payload;
  private final String uid;
  private final Precondition.@Nullable Unchanged seen;
  private String resourceVersion;
  private @Nullable String conflicts;

  private ApplyTask(
      StepRun step,
      Step.Apply apply,
      Manifest payload,
      String uid,
      String resourceVersion,
      Precondition.@Nullable Unchanged seen) {
    super(step);
    this.apply = apply;
    this.payload = payload;
    this.uid = uid;
    this.resourceVersion = resourceVersion;
    this.seen = seen;
  }

  static ApplyTask unchanged(
      StepRun step, Step.Apply apply, Manifest payload, Precondition.Unchanged precondition) {
    return new ApplyTask(
        step, apply, payload, precondition.uid(), known(step, payload, precondition), precondition);
  }

  /** A plan may write an object twice: what the first write has made of it was just answered. */
  private static String known(StepRun step, Manifest payload, Precondition.Unchanged precondition) {
    return step.run()
        .written(step.key())
        .filter(live -> live.uid().equals(precondition.uid()))
        .filter(live -> step.run().plan().isAsSeen(precondition, live, payload))
        .map(LiveObject::resourceVersion)
        .orElse(precondition.resourceVersion());
  }

  static ApplyTask sameObject(StepRun step, Step.Apply apply, Manifest payload, String uid) {
    return new ApplyTask(step, apply, payload, uid, "", null);
  }

  @Override
  Request request() {
    Manifest manifest = payload.with(uid, "metadata", "uid");
    Request.Apply request =
        Request.Apply.of(
            resourceVersion.isEmpty()
                ? manifest
                : manifest.with(resourceVersion, "metadata", "resourceVersion"),
            step().fieldManager());
    return apply.force() ? request.forced() : request;
  }

  @Override
  void done(Response answer) {
    succeed(answer);
  }

  /**
   * The server compares owners before it compares the UID: who owns a field now may be due to what
   * has happened since the plan was made.
   */
  @Override
  void ownedByOthers(Response answer) {
    conflicts = Wording.conflicts(answer);
    look();
  }

  @Override
  void found(LiveObject live) {
    if (!live.uid().equals(uid)) {
      replaced();
    } else if (isDoubtful() && OwnWrite.isThere(live, payload, step().fieldManager())) {
      step().wrote(live);
      step().succeed("");
    } else if (isAsPlanned(live) && conflicts != null) {
      step().end(StepStatus.FAILED, step().name() + ": " + conflicts);
    } else if (isAsPlanned(live)) {
      resourceVersion = seen == null ? "" : live.resourceVersion();
      sendAfterCollision();
    } else if (isDoubtful()) {
      step()
          .end(
              StepStatus.UNKNOWN,
              step().name()
                  + " has changed"
                  + changed(live)
                  + ". The answer to a request was lost, so it is not known whether it took effect"
                  + " before. Plan again.");
    } else {
      step()
          .end(
              StepStatus.STALE,
              step().name()
                  + " has changed since the plan was made"
                  + changed(live)
                  + ". Nothing was written. Plan again.");
    }
  }

  @Override
  void absent() {
    step()
        .end(StepStatus.STALE, step().name() + " was deleted since the plan was made. Plan again.");
  }

  private boolean isAsPlanned(LiveObject live) {
    return seen == null || step().run().plan().isAsSeen(seen, live, payload);
  }

  /** Names what differs from the state that the plan saw, as far as the plan still knows it. */
  private String changed(LiveObject live) {
    Map<String, @Nullable Object> before = new TreeMap<>();
    Set<String> paths = new TreeSet<>();
    for (FieldChange change : apply.changes()) {
      before.put(change.path().toString(), change.before());
      if (!change.secret()
          && !Objects.equals(
              change.path().find(live.manifest().tree()).orElse(null), change.before())) {
        paths.add(change.path().toString());
      }
    }
    for (FieldPath path : OwnWrite.differences(live, payload)) {
      if (!before.containsKey(path.toString())) {
        paths.add(path.toString());
      }
    }
    return paths.isEmpty() ? "" : ": " + String.join(", ", paths);
  }
}
