package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One step on its way, and what its task may do. */
final class StepRun {
  private final Step step;
  private final RunContext run;
  private final Consumer<StepRun> ended;
  private final Backoff backoff;
  private @Nullable StepTask task;
  private Instant started = Instant.MIN;
  private @Nullable StepOutcome outcome;
  private @Nullable LiveObject object;
  private String lastError = "";
  private String lastWaiting = "";
  private final Set<ObjectKey> watching = new TreeSet<>();
  private int attempts;

  /** Makes one that has not begun; {@code ended} is told when it has ended. */
  StepRun(Step step, RunContext run, Consumer<StepRun> ended) {
    this.step = step;
    this.run = run;
    this.ended = ended;
    this.backoff = new Backoff(run.options());
  }

  // For the run

  boolean isEnded() {
    return outcome != null;
  }

  boolean isGood() {
    return outcome != null && outcome.status().isGood();
  }

  StepOutcome outcome() {
    return requireNonNull(outcome);
  }

  void start(StepTask how) {
    task = how;
    started = run.now();
    report(Progress.Phase.STARTED, "");
    run.timers()
        .add(this, Spans.after(started, step.deadline()), () -> close(StepStatus.TIMED_OUT));
    how.begin();
  }

  /** Comes to an end: at once, or as soon as what is in flight has ended. */
  void close(StepStatus status) {
    if (task != null && outcome == null) {
      task.close(new Closing(status, Spans.after(run.now(), run.options().cancelGrace())));
    }
  }

  void hear(RunEvent news) {
    if (task == null || outcome != null) {
      return;
    }
    if (news instanceof RunEvent.Observed observed) {
      task.observed(observed.object());
    } else if (news instanceof RunEvent.Vanished vanished) {
      task.vanished(vanished);
    }
  }

  void sent(Request request) {
    attempts += request.isWrite() ? 1 : 0;
  }

  // For the task

  Step step() {
    return step;
  }

  ObjectKey key() {
    return step.target().key();
  }

  /** Returns the name of the object, as people say it. */
  String name() {
    return Wording.name(key());
  }

  RunContext run() {
    return run;
  }

  String fieldManager() {
    return run.plan().operation().membership().fieldManager();
  }

  void send(Request request, Consumer<Reply> then) {
    run.requests().add(this, request, then);
  }

  boolean hasWriteInFlight() {
    return run.requests().hasWriteInFlight(this);
  }

  boolean hasInFlight() {
    return run.requests().hasInFlight(this);
  }

  Timers.Timer at(Instant time, Runnable then) {
    return run.timers().add(this, time, then);
  }

  /** Does something later, because of {@code error}. */
  void retry(String error, @Nullable Duration retryAfter, Runnable then) {
    Duration wait = backoff.next(retryAfter);
    lastError = error;
    report(Progress.Phase.RETRYING, error + "; again in " + Spans.text(wait));
    at(Spans.after(run.now(), wait), then);
  }

  /** Forgets what was not sent yet, and what was to happen later. */
  void calmDown() {
    run.requests().dropWaiting(this);
    run.timers().drop(this);
  }

  /** Says what the step waits for, if that is new. */
  void waiting(String message) {
    if (!message.equals(lastWaiting)) {
      lastWaiting = message;
      report(Progress.Phase.WAITING, message);
    }
  }

  void watch(Map<String, String> labels) {
    watch(key(), labels);
  }

  /** Watches an object, which may be that of another step. */
  void watch(ObjectKey key, Map<String, String> labels) {
    if (watching.add(key)) {
      RunEvent news = run.watches().add(this, key, labels, run::act);
      if (news != null) {
        hear(news);
      }
    }
  }

  void unwatch() {
    watching.forEach(key -> run.watches().remove(this, key, run::act));
    watching.clear();
  }

  void saw(LiveObject live) {
    object = live;
    run.saw(live);
    run.masker().learn(live.manifest());
  }

  Optional<LiveObject> seen() {
    return Optional.ofNullable(object);
  }

  /** Remembers what the server answered to a write. */
  void wrote(LiveObject live) {
    saw(live);
    run.written(key(), live);
  }

  String lastError() {
    return lastError;
  }

  void error(String error) {
    lastError = error;
  }

  Duration elapsed() {
    return Duration.between(started, run.now());
  }

  /** Returns what an answer to a request about this object means that is no success. */
  Failure failure(Response answer) {
    return Failures.of(answer, key(), run.masker()::mask);
  }

  void succeed(String explanation) {
    end(StepStatus.SUCCEEDED, explanation, false);
  }

  void end(StepStatus status, String explanation) {
    end(status, explanation, false);
  }

  void endAssumedReady(String explanation) {
    end(StepStatus.SUCCEEDED, explanation, true);
  }

  private void end(StepStatus status, String explanation, boolean assumedReady) {
    if (outcome != null) {
      throw new IllegalStateException("the step has ended: " + step.id());
    }
    run.requests().drop(this);
    run.timers().drop(this);
    unwatch();
    Duration took = started.equals(Instant.MIN) ? Duration.ZERO : elapsed();
    String masked = run.masker().mask(explanation);
    outcome = new StepOutcome(step, status, masked, object, assumedReady, attempts, took);
    String first = masked.lines().findFirst().orElse("");
    report(Progress.Phase.ENDED, first.isEmpty() ? status.name() : status + ": " + first);
    ended.accept(this);
  }

  private void report(Progress.Phase phase, String message) {
    run.act(
        new RunAction.Report(
            new Progress(run.now(), step.id(), phase, run.masker().mask(message))));
  }
}
