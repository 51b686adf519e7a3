package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Drives a run with virtual time against a {@link TestServer}. */
final class TestWorld {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What happens to a request. */
  record Fate(Duration latency, @Nullable Response instead, boolean effect, boolean answered) {
    static Fate normal() {
      return new Fate(Duration.ofMillis(10), null, true, true);
    }

    static Fate answers(Response instead) {
      return new Fate(Duration.ofMillis(10), instead, false, true);
    }

    static Fate lostBefore() {
      return new Fate(Duration.ofMillis(10), null, false, false);
    }

    static Fate lostAfter() {
      return new Fate(Duration.ofMillis(10), null, true, false);
    }

    static Fate never() {
      return new Fate(Duration.ofDays(1000), null, false, false);
    }

    Fate after(Duration latency) {
      return new Fate(latency, instead, effect, answered);
    }
  }

  interface Fates {
    Fate of(Request request, long number);
  }

  private record Due(Instant at, long order, Runnable what) {}

  final TestServer server = new TestServer();
  final List<Request> sent = new ArrayList<>();
  final List<Progress> progress = new ArrayList<>();
  final List<RunAction> actions = new ArrayList<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private final Set<ObjectKey> watched = new TreeSet<>();
  private final Run run;
  private Fates fates = (request, number) -> Fate.normal();
  private Duration watchLag = Duration.ZERO;
  private Instant now = START;
  private @Nullable Instant wake;
  private long order;
  int inFlight;
  int mostInFlight;
  boolean cancelled;
  int writesAfterCancel;

  TestWorld(Plan plan, RunOptions options) {
    this.run = Run.of(plan, options);
  }

  TestWorld fates(Fates fates) {
    this.fates = fates;
    return this;
  }

  TestWorld watchLag(Duration lag) {
    this.watchLag = lag;
    return this;
  }

  Instant now() {
    return now;
  }

  /** Does something at a time after the start. */
  TestWorld at(Duration after, Runnable what) {
    due.add(new Due(START.plus(after), order++, what));
    return this;
  }

  TestWorld cancelAt(Duration after) {
    return at(
        after,
        () -> {
          cancelled = true;
          tell(new RunEvent.Cancelled());
        });
  }

  /** Runs to the end. */
  Outcome run() {
    server.takeChanged();
    act(run.start(now));
    for (int events = 0; !run.isDone(); events++) {
      Due next = due.peek();
      if (wake != null && (next == null || wake.isBefore(next.at()))) {
        now = wake.isAfter(now) ? wake : now;
        wake = null;
        tell(new RunEvent.Tick());
      } else if (next != null) {
        due.remove();
        now = next.at();
        next.what().run();
        publish();
      } else {
        throw new AssertionError("the run neither ends nor waits for anything");
      }
      if (events > 100_000) {
        throw new AssertionError("the run does not end");
      }
    }
    return run.outcome();
  }

  void tell(RunEvent event) {
    act(run.handle(event, now));
  }

  private void act(List<RunAction> next) {
    for (RunAction action : next) {
      actions.add(action);
      if (action instanceof RunAction.Send send) {
        send(send);
      } else if (action instanceof RunAction.Watch watch) {
        watched.add(watch.key());
        show(watch.key());
      } else if (action instanceof RunAction.Unwatch unwatch) {
        watched.remove(unwatch.key());
      } else if (action instanceof RunAction.Wake wakeAt) {
        wake = wakeAt.at();
      } else if (action instanceof RunAction.Report report) {
        progress.add(report.progress());
      }
    }
  }

  private void send(RunAction.Send send) {
    sent.add(send.request());
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    if (cancelled && send.request().isWrite()) {
      writesAfterCancel++;
    }
    Fate fate = fates.of(send.request(), send.number());
    Duration half = fate.latency().dividedBy(2);
    // The effect comes before the answer does: what is seen in between is newer than known.
    List<Response> answers = new ArrayList<>();
    due.add(
        new Due(
            now.plus(half),
            order++,
            () -> {
              if (fate.effect()) {
                answers.add(server.handle(send.request()));
              }
            }));
    due.add(
        new Due(
            now.plus(fate.latency()),
            order++,
            () -> {
              inFlight--;
              if (!fate.answered()) {
                tell(new RunEvent.Lost(send.number(), "connection reset"));
              } else {
                tell(
                    new RunEvent.Answered(
                        send.number(), fate.instead() == null ? answers.get(0) : fate.instead()));
              }
            }));
  }

  private void publish() {
    for (ObjectKey key : server.takeChanged()) {
      show(key);
    }
  }

  private void show(ObjectKey key) {
    LiveObject live = server.find(key);
    RunEvent news =
        live == null ? new RunEvent.Vanished(key, server.version()) : new RunEvent.Observed(live);
    due.add(
        new Due(
            now.plus(watchLag),
            order++,
            () -> {
              if (watched.contains(key)) {
                tell(news);
              }
            }));
  }
}
