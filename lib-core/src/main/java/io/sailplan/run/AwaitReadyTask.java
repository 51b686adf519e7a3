package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Step;
import io.sailplan.readiness.Readiness;
import io.sailplan.readiness.ReadinessQuery;
import io.sailplan.readiness.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits until an object is ready; what is older than the run's own write never counts. */
final class AwaitReadyTask extends WaitTask {
  private final Step.AwaitReady await;
  private final ReadinessQuery query;
  private Timers.@Nullable Timer quiet;
  private boolean ending;

  AwaitReadyTask(StepRun step, Step.AwaitReady await) {
    super(step);
    this.await = await;
    this.query = new ReadinessQuery(await.rule(), true, key -> lookup(step.run(), key));
  }

  private static Lookup lookup(RunContext run, ObjectKey key) {
    Optional<Lookup> written = run.written(key).map(Lookup.Found::new);
    return written.orElseGet(() -> new Lookup.NotLookedAt("the run did not look at " + key));
  }

  @Override
  public void begin() {
    LiveObject written = written();
    if (written != null) {
      step().saw(written);
      judge(written);
    }
    if (!step().isEnded() && !ending) {
      watch();
    }
  }

  @Override
  public void observed(LiveObject live) {
    if (ending || Freshness.isOlder(live, written())) {
      return;
    }
    String uid = expectedUid();
    if (!uid.isEmpty() && !live.uid().equals(uid)) {
      replaced();
      return;
    }
    step().saw(live);
    judge(live);
  }

  private void judge(LiveObject live) {
    Verdict verdict = Readiness.judge(live, query);
    if (verdict.status() != Verdict.Status.SILENT) {
      step().run().timers().drop(quiet);
      quiet = null;
    }
    switch (verdict.status()) {
      case READY:
        if (verdict.assumed()) {
          step().endAssumedReady();
        } else {
          step().succeed("");
        }
        break;
      case FAILED:
        end(StepStatus.FAILED, step().name() + " has failed: " + verdict.message());
        break;
      case SILENT:
        listen(verdict);
        break;
      default:
        step().waiting(verdict.message());
    }
  }

  private void listen(Verdict verdict) {
    if (await.quietPeriod().isZero() || await.quietPeriod().isNegative()) {
      step().endAssumedReady();
    } else if (quiet == null) {
      step()
          .waiting(
              verdict.message() + "; it counts as ready after " + Spans.text(await.quietPeriod()));
      quiet =
          step()
              .at(
                  Spans.after(step().run().now(), await.quietPeriod()),
                  () -> step().endAssumedReady());
    }
  }

  @Override
  public void vanished(RunEvent.Vanished vanished) {
    if (!ending) {
      super.vanished(vanished);
    }
  }

  @Override
  void gone() {
    boolean existed = !expectedUid().isEmpty() || step().seen().isPresent();
    if (await.goneIsDone() && existed) {
      step().succeed("");
    } else if (existed) {
      step()
          .end(
              StepStatus.FAILED,
              step().name()
                  + " was deleted before it was ready. Find out by whom, and plan again.");
    } else {
      step().waiting("it does not exist");
    }
  }

  private void replaced() {
    if (await.goneIsDone()) {
      step().succeed("");
    } else {
      step()
          .end(
              StepStatus.FAILED,
              step().name() + " was deleted and made anew by somebody else. Plan again.");
    }
  }

  private String expectedUid() {
    LiveObject written = written();
    return written == null ? await.uid() : written.uid();
  }

  @Override
  public void close(Closing why) {
    if (ending) {
      return;
    }
    if (why.status() == StepStatus.CANCELLED) {
      step().end(StepStatus.CANCELLED, "The run was cancelled while it waited.");
      return;
    }
    String state =
        step()
            .seen()
            .map(live -> Readiness.judge(live, query).message())
            .orElse("it was never seen");
    end(
        StepStatus.TIMED_OUT,
        step().name() + " was not ready within " + Spans.text(await.deadline()) + ": " + state);
  }

  private void end(StepStatus status, String headline) {
    ending = true;
    step().end(status, headline);
  }
}
