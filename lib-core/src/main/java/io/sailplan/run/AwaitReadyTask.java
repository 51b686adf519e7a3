package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Step;
import io.sailplan.readiness.Readiness;
import io.sailplan.readiness.ReadinessQuery;
import io.sailplan.readiness.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Waits until an object is ready; what is older than the run's own write never counts. */
final class AwaitReadyTask extends WaitTask {
  private final Step.AwaitReady await;
  private final ReadinessQuery query;
  private final Map<ObjectKey, Lookup> related = new HashMap<>();
  private final Set<ObjectKey> unseen = new TreeSet<>();
  private boolean looking;
  private Timers.@Nullable Timer quiet;
  private @Nullable Examination examination;

  AwaitReadyTask(StepRun step, Step.AwaitReady await) {
    super(step);
    this.await = await;
    this.query = new ReadinessQuery(await.rule(), true, this::lookup);
  }

  private Lookup lookup(ObjectKey key) {
    Optional<LiveObject> written = step().run().written(key);
    if (written.isPresent()) {
      return new Lookup.Found(written.get());
    }
    Lookup found = related.get(key);
    if (found == null) {
      unseen.add(key);
      return new Lookup.NotLookedAt("the run did not look at " + key);
    }
    return found;
  }

  /**
   * Reads an object on which the verdict rests, such as the StorageClass of a claim, and judges
   * again.
   */
  private void lookAt(ObjectKey key) {
    if (!looking) {
      looking = true;
      step().send(new Request.Get(key), reply -> lookedAt(key, reply));
    }
  }

  private void lookedAt(ObjectKey key, Reply reply) {
    looking = false;
    Response answer = reply.response();
    if (answer != null && answer.isSuccess() && answer.body() != null) {
      related.put(key, new Lookup.Found(answer.object()));
    } else if (answer != null && answer.status() == 404) {
      related.put(key, new Lookup.Absent());
    } else {
      related.put(key, new Lookup.NotLookedAt("it could not be read"));
    }
    if (!step().isEnded() && examination == null) {
      step().seen().ifPresent(this::judge);
    }
  }

  @Override
  public void begin() {
    LiveObject written = written();
    if (written != null) {
      step().saw(written);
      judge(written);
    }
    if (!step().isEnded() && examination == null) {
      watch();
    }
  }

  @Override
  public void observed(LiveObject live) {
    if (examination != null || Freshness.isOlder(live, written())) {
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
    unseen.clear();
    Verdict verdict = Readiness.judge(live, query);
    if (verdict.isReady() && verdict.assumed() && !unseen.isEmpty()) {
      lookAt(unseen.iterator().next());
      return;
    }
    if (verdict.status() != Verdict.Status.SILENT) {
      step().run().timers().drop(quiet);
      quiet = null;
    }
    switch (verdict.status()) {
      case READY:
        if (verdict.assumed()) {
          step().endAssumedReady("");
        } else {
          step().succeed("");
        }
        break;
      case FAILED:
        fail(live, verdict);
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
      step().endAssumedReady("");
    } else if (quiet == null) {
      step()
          .waiting(
              verdict.message() + "; it counts as ready after " + Spans.text(await.quietPeriod()));
      quiet =
          step()
              .at(
                  Spans.after(step().run().now(), await.quietPeriod()),
                  () -> step().endAssumedReady(""));
    }
  }

  @Override
  public void vanished(RunEvent.Vanished vanished) {
    if (examination == null) {
      super.vanished(vanished);
    }
  }

  @Override
  void gone() {
    boolean existed = !expectedUid().isEmpty() || step().seen().isPresent();
    if (await.goneIsDone() && existed) {
      removedItself();
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
      removedItself();
    } else {
      step()
          .end(
              StepStatus.FAILED,
              step().name() + " was deleted and made anew by somebody else. Plan again.");
    }
  }

  /** What removes itself does so whether it has succeeded or failed: its last state tells. */
  private void removedItself() {
    String uid = expectedUid();
    LiveObject last =
        step().seen().filter(seen -> uid.isEmpty() || seen.uid().equals(uid)).orElse(null);
    Verdict verdict = last == null ? null : Readiness.judge(alive(last), query);
    if (last != null && verdict != null && verdict.isFailed()) {
      fail(last, verdict);
    } else if (verdict != null && verdict.isReady()) {
      step().succeed("");
    } else {
      step().endAssumedReady("It is gone, and its end was not seen: it counts as done.");
    }
  }

  /** How its work ended counts, not that it was being deleted when it was last seen. */
  private static LiveObject alive(LiveObject live) {
    return LiveObject.of(live.manifest().without("metadata", "deletionTimestamp"));
  }

  private void fail(LiveObject live, Verdict verdict) {
    String why = verdict.message();
    String text =
        why.startsWith("it has failed") ? why.substring("it".length()) : " has failed: " + why;
    examine(live, verdict, StepStatus.FAILED, step().name() + text + ".");
  }

  private String expectedUid() {
    LiveObject written = written();
    return written == null ? await.uid() : written.uid();
  }

  @Override
  public void close(Closing why) {
    if (examination != null) {
      if (why.status() == StepStatus.CANCELLED) {
        examination.finish();
      }
    } else if (why.status() == StepStatus.CANCELLED) {
      step().end(StepStatus.CANCELLED, "The run was cancelled while it waited.");
    } else {
      expire();
    }
  }

  private void expire() {
    String late = step().name() + " was not ready within " + Spans.text(await.deadline()) + ": ";
    Optional<LiveObject> seen = step().seen();
    if (seen.isPresent()) {
      Verdict verdict = Readiness.judge(seen.get(), query);
      examine(seen.get(), verdict, StepStatus.TIMED_OUT, late + verdict.message() + ".");
    } else {
      step().end(StepStatus.TIMED_OUT, late + "it was never seen.");
    }
  }

  private void examine(LiveObject live, Verdict verdict, StepStatus status, String headline) {
    step().unwatch();
    examination =
        Examination.begin(step(), live, verdict, found -> step().end(status, headline + found));
  }
}
