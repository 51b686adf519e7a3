package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.Run;
import io.sailplan.run.RunAction;
import io.sailplan.run.RunEvent;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import io.sailplan.run.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: carries out what the state machine wants, in virtual time. */
final class SimulatedRun implements RunHandle {
  private static final Duration WATCH_LATENCY = Duration.ofMillis(5);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final Network network;
  private final Timeline timeline;
  private final Store store;
  private final Faults faults;
  private final Authority authority;
  private final ClientProcess process;
  private final Plan plan;
  private final Run run;
  private final Consumer<? super Progress> listener;
  private final Set<ObjectKey> watched = new TreeSet<>();
  private final Set<ObjectKey> pending = new TreeSet<>();
  private final Map<ObjectKey, LiveObject> last = new TreeMap<>();
  private final Driven outcome = new Driven();
  private @Nullable Instant wake;
  private int inFlight;
  private boolean dead;
  private @Nullable ClientCrash crash;

  SimulatedRun(
      Network network,
      World world,
      Faults faults,
      Authority authority,
      ClientProcess process,
      Plan plan,
      RunOptions options,
      Consumer<? super Progress> listener) {
    this.network = network;
    this.timeline = world.timeline();
    this.store = world.store();
    this.faults = faults;
    this.authority = authority;
    this.process = process;
    this.plan = plan;
    this.run = Run.of(Passage.of(plan), options);
    this.listener = listener;
  }

  void start() {
    carryOut(run.start(timeline.now()));
  }

  @Override
  public CompletionStage<Outcome> outcome() {
    return outcome;
  }

  @Override
  public void cancel() {
    if (!isOver()) {
      timeline.react(Duration.ZERO, () -> feed(new RunEvent.Cancelled()));
    }
  }

  /** Ends it as if its program had died: nothing comes back of what is in flight. */
  void abandon() {
    if (!isOver()) {
      die();
      outcome.completeExceptionally(new ClientCrash(faults.sent()));
    }
  }

  boolean isOver() {
    return outcome.isDone();
  }

  /** Lets time pass until the run is over. */
  Outcome finish() {
    while (!isOver()) {
      if (!timeline.step()) {
        throw new IllegalStateException("the run waits, but nothing will ever happen");
      }
    }
    try {
      return outcome.now();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Notes that an object has changed; what is watched is told soon. */
  void changed(Store.Change change) {
    if (watched.contains(change.key())) {
      if (change.before() != null) {
        last.put(change.key(), LiveObject.of(change.before()));
      }
      tell(change.key());
    }
  }

  private void tell(ObjectKey key) {
    if (!authority.mayWatch(key) && !authority.mayGet(key)) {
      return; // neither way leads to it
    }
    if (dead || !pending.add(key)) {
      return; // of several states that wait to be told, only the last needs to be
    }
    Instant soon = timeline.now().plus(latency(key));
    Instant back = faults.watchesBackAt();
    timeline.at(back.isAfter(soon) ? back : soon, () -> deliver(key));
  }

  /** What may be read, but not watched, is read from time to time. */
  private Duration latency(ObjectKey key) {
    return authority.mayWatch(key) ? WATCH_LATENCY : POLL_INTERVAL;
  }

  private void deliver(ObjectKey key) {
    pending.remove(key);
    if (!watched.contains(key)) {
      return;
    }
    if (faults.watchesBackAt().isAfter(timeline.now())) {
      tell(key);
      return;
    }
    Manifest object = store.get(key);
    feed(
        object == null
            ? new RunEvent.Vanished(key, Long.toString(store.revision()), last.get(key))
            : new RunEvent.Observed(LiveObject.of(object)));
  }

  private void feed(RunEvent event) {
    process.whenAwake(
        () -> {
          if (!dead && !run.isDone()) {
            carryOut(run.handle(event, timeline.now()));
          }
        });
  }

  private void carryOut(List<RunAction> actions) {
    try {
      for (RunAction action : actions) {
        if (!dead) {
          carryOut(action);
        }
      }
    } catch (RuntimeException e) {
      die();
      outcome.completeExceptionally(e);
    }
  }

  private void carryOut(RunAction action) {
    if (action instanceof RunAction.Send send) {
      send(send);
    } else if (action instanceof RunAction.Watch watch) {
      if (watched.add(watch.key())) {
        network.watches(watch.key());
        tell(watch.key());
      }
    } else if (action instanceof RunAction.Unwatch unwatch) {
      watched.remove(unwatch.key());
      last.remove(unwatch.key());
    } else if (action instanceof RunAction.Wake wish) {
      wakeAt(wish.at());
    } else if (action instanceof RunAction.Report report) {
      listener.accept(report.progress());
    } else if (action instanceof RunAction.Finish finish) {
      die();
      outcome.complete(ofPlan(finish.outcome()));
    }
  }

  /** What was saved and opened again is still the caller's plan. */
  private Outcome ofPlan(Outcome ended) {
    List<StepOutcome> steps = new ArrayList<>();
    for (StepOutcome step : ended.steps()) {
      steps.add(
          new StepOutcome(
              plan.step(step.step().id()).orElseThrow(),
              step.status(),
              step.explanation(),
              step.object(),
              step.assumedReady(),
              step.attempts(),
              step.took()));
    }
    return new Outcome(plan, steps, ended.cancelled(), ended.took());
  }

  private void send(RunAction.Send send) {
    if (send.request().isWrite() && !process.mayWrite()) {
      timeline.react(
          Duration.ZERO,
          () -> feed(new RunEvent.Lost(send.number(), "it was not sent: another one may write")));
      return;
    }
    inFlight++;
    boolean last =
        network.send(
            send.request(),
            authority,
            response -> {
              inFlight--;
              feed(new RunEvent.Answered(send.number(), response));
              buryIfDead();
            },
            reason -> {
              inFlight--;
              feed(new RunEvent.Lost(send.number(), reason));
              buryIfDead();
            });
    if (last) {
      die();
      crash = new ClientCrash(faults.sent());
      buryIfDead();
    }
  }

  private void wakeAt(Instant at) {
    wake = at;
    timeline.at(
        at,
        () -> {
          if (at.equals(wake)) {
            wake = null;
            feed(new RunEvent.Tick());
          }
        });
  }

  private void die() {
    dead = true;
    watched.clear();
    wake = null;
  }

  /** What was in flight when the client died still takes effect; then it is really over. */
  private void buryIfDead() {
    ClientCrash cause = crash;
    if (cause != null && inFlight == 0) {
      outcome.completeExceptionally(cause);
    }
  }

  /** Waiting for it lets virtual time pass. */
  private final class Driven extends CompletableFuture<Outcome> {
    @Override
    public Outcome join() {
      return finish();
    }

    @Override
    public Outcome get() {
      return finish();
    }

    @Override
    public Outcome get(long timeout, TimeUnit unit) {
      return finish();
    }

    Outcome now() throws ExecutionException {
      try {
        return super.join();
      } catch (java.util.concurrent.CompletionException e) {
        throw new ExecutionException(e.getCause());
      }
    }
  }
}
