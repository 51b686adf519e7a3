package io.sailplan.k8s;

import io.sailplan.run.ClusterException;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.run.Run;
import io.sailplan.run.RunAction;
import io.sailplan.run.RunEvent;
import io.sailplan.run.RunHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one run: carries its actions out, and tells it what happens, one event after the other, in
 * one thread.
 */
final class Shell implements RunHandle, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Shell.class);

  private final Run run;
  private final BiFunction<Request, Calls, Response> sender;
  private final Executor executor;
  private final Consumer<? super Progress> listener;
  private final RunClock clock;
  private final Mailbox mailbox;
  private final Watches watches;
  private final Calls calls;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private @Nullable Outcome finished;
  private boolean listenerFailed;
  private volatile @Nullable Thread thread;

  Shell(
      Run run,
      BiFunction<Request, Calls, Response> sender,
      Executor executor,
      Consumer<? super Progress> listener,
      RunClock clock,
      Mailbox mailbox,
      Watches watches,
      Calls calls) {
    this.run = run;
    this.sender = sender;
    this.executor = executor;
    this.listener = listener;
    this.clock = clock;
    this.mailbox = mailbox;
    this.watches = watches;
    this.calls = calls;
  }

  @Override
  public CompletionStage<Outcome> outcome() {
    return outcome.minimalCompletionStage();
  }

  /** Returns the outcome, as a future that only this class completes. */
  CompletableFuture<Outcome> future() {
    return outcome;
  }

  @Override
  public void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      mailbox.post(new RunEvent.Cancelled());
    }
  }

  /** Gives up what is in flight. */
  void abort() {
    calls.cancel();
  }

  /** Returns whether the calling thread is the one that drives this run. */
  boolean isDrivenHere() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    ClusterException failure = null;
    try {
      drive();
    } catch (InterruptedException e) {
      failure = new ClusterException("the cluster was closed before the run had ended", null);
    } catch (RuntimeException | Error e) {
      LOG.error("a run broke off", e);
      failure = new ClusterException("the run broke off", e);
    }
    watches.close();
    calls.cancel();
    thread = null;
    if (finished == null) {
      outcome.completeExceptionally(
          failure == null ? new ClusterException("the run has no outcome", null) : failure);
    } else {
      outcome.complete(finished);
    }
  }

  private void drive() throws InterruptedException {
    run.start(clock.now()).forEach(this::perform);
    while (finished == null) {
      run.handle(mailbox.take(), clock.now()).forEach(this::perform);
    }
  }

  private void perform(RunAction action) {
    if (action instanceof RunAction.Send send) {
      send(send);
    } else if (action instanceof RunAction.Watch watch) {
      watches.watch(watch.key(), watch.labels());
    } else if (action instanceof RunAction.Unwatch unwatch) {
      watches.unwatch(unwatch.key());
    } else if (action instanceof RunAction.Wake wake) {
      mailbox.wakeAt(wake.at());
    } else if (action instanceof RunAction.Report report) {
      report(report.progress());
    } else if (action instanceof RunAction.Finish finish) {
      finished = finish.outcome();
    }
  }

  private void send(RunAction.Send send) {
    try {
      executor.execute(() -> mailbox.post(answer(send)));
    } catch (RejectedExecutionException e) {
      mailbox.post(new RunEvent.Lost(send.number(), "the executor took no more work"));
    }
  }

  private RunEvent answer(RunAction.Send send) {
    try {
      return new RunEvent.Answered(send.number(), sender.apply(send.request(), calls));
    } catch (ClusterException e) {
      String message = e.getMessage();
      return new RunEvent.Lost(send.number(), message == null ? "no answer" : message);
    } catch (RuntimeException | Error e) {
      LOG.error("a request could not be carried out", e);
      return new RunEvent.Lost(send.number(), e.getClass().getSimpleName());
    }
  }

  private void report(Progress progress) {
    try {
      listener.accept(progress);
    } catch (RuntimeException e) {
      if (!listenerFailed) {
        listenerFailed = true;
        LOG.warn("the listener of a run failed; further failures of it are not logged", e);
      }
    }
  }
}
