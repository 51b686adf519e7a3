package io.sailplan.k8s;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.policy.Policy;
import io.sailplan.reconcile.ElectionAction;
import io.sailplan.reconcile.ElectionEvent;
import io.sailplan.reconcile.Finding;
import io.sailplan.reconcile.LeaderElection;
import io.sailplan.reconcile.LeaseTerms;
import io.sailplan.reconcile.ReconcileAction;
import io.sailplan.reconcile.ReconcileEvent;
import io.sailplan.reconcile.ReconcilePolicy;
import io.sailplan.reconcile.Reconciler;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Outcome;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps applications on a real cluster as they are declared. It decides nothing: a {@link
 * Reconciler} does, and a {@link LeaderElection} if several instances compete. Safe for use by
 * several threads.
 *
 * <p>One thread drives it; looks, runs and watches have their own. Watches are shared by all
 * applications, go on after cuts, and begin anew once the server has forgotten where they were. Of
 * each object only the latest state waits to be dealt with.
 *
 * <pre>{@code
 * try (KubernetesReconciler reconciler =
 *     cluster.reconciler().policy(ReconcilePolicy.standard().drift(Drift.REPORT)).start()) {
 *   reconciler.declare(shop, Policy.standard());
 *   // until the program ends
 * }
 * }</pre>
 */
public final class KubernetesReconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesReconciler.class);
  private static final String UPKEEP = "upkeep";
  private static final String ELECTION = "election";

  /** How long it may take to free the Lease; if it is not freed, it runs out. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final KubernetesCluster cluster;
  private final RunOptions options;
  private final BiConsumer<? super Membership, ? super Finding> listener;
  private final RunClock clock = new RunClock(Clock.systemUTC());
  private final Inbox inbox = new Inbox(clock);
  private final Calls calls;
  private final Sources sources;
  private final Reconciler reconciler;
  private final @Nullable LeaderElection election;
  private final Map<Long, RunHandle> runs = new LinkedHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Instant leadsUntil = Instant.MIN;
  private volatile @Nullable Thread thread;
  private boolean closing;
  private boolean resigned;
  private boolean done;
  private boolean listenerFailed;

  KubernetesReconciler(
      KubernetesCluster cluster,
      ReconcilePolicy policy,
      RunOptions options,
      BiConsumer<? super Membership, ? super Finding> listener,
      @Nullable LeaseTerms terms) {
    this.cluster = cluster;
    this.options = options;
    this.listener = listener;
    this.calls = cluster.calls().child();
    this.sources = cluster.sources(calls, this::tell);
    this.reconciler = Reconciler.of(policy);
    this.election = terms == null ? null : LeaderElection.of(terms);
  }

  void start() {
    cluster.threads().execute(this::drive);
    if (election == null) {
      leadsUntil = Instant.MAX;
      post(new ReconcileEvent.Led());
    } else {
      post(new ElectionEvent.Tick());
    }
  }

  /**
   * Keeps an application as it is declared here; an earlier declaration is replaced. The same one
   * again changes nothing.
   *
   * @param application what should exist
   * @param policy what is allowed for it
   */
  public void declare(Application application, Policy policy) {
    post(new ReconcileEvent.Declared(application, policy));
  }

  /** Does not care for an application any more; what exists of it stays. */
  public void release(Membership application) {
    post(new ReconcileEvent.Released(application));
  }

  /** Returns whether this instance may write now. */
  public boolean leads() {
    return clock.now().isBefore(leadsUntil);
  }

  /**
   * Cancels what goes on, waits for it as long as the options let requests in flight be answered,
   * and frees the Lease.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      inbox.post(this::beginToClose);
    }
    if (Thread.currentThread() == thread) {
      return; // a listener closes it: the rest comes after
    }
    try {
      Duration patience = options.cancelGrace().plus(FAREWELL).plus(FAREWELL);
      if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a reconciler did not end in time");
        inbox.post(() -> done = true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drive() {
    thread = Thread.currentThread();
    try {
      while (!done) {
        inbox.next(this::due);
        endIfDone();
      }
    } catch (InterruptedException e) {
      LOG.debug("the cluster was closed before its reconciler");
    } catch (RuntimeException | Error e) {
      LOG.error("a reconciler broke off", e);
    } finally {
      leadsUntil = Instant.MIN;
      sources.close();
      calls.cancel();
      cluster.calls().release(calls);
      runs.values().forEach(RunHandle::cancel);
      thread = null;
      ended.countDown();
    }
  }

  private void beginToClose() {
    closing = true;
    handle(new ReconcileEvent.Deposed());
  }

  private void endIfDone() {
    if (!closing || resigned || reconciler.busy() > 0) {
      return;
    }
    resigned = true;
    if (election == null) {
      done = true;
    } else {
      inbox.wakeAt("farewell", clock.now().plus(FAREWELL));
      handle(new ElectionEvent.Resigned());
    }
  }

  private void due(String name) {
    if (name.equals(UPKEEP)) {
      handle(new ReconcileEvent.Tick());
    } else if (name.equals(ELECTION)) {
      handle(new ElectionEvent.Tick());
    } else {
      done = true;
    }
  }

  /** Of an object only the latest state is worth telling. */
  private void tell(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.Changed changed) {
      inbox.replace(changed.object().key(), () -> handle(event));
    } else if (event instanceof ReconcileEvent.Vanished gone) {
      inbox.replace(gone.key(), () -> handle(event));
    } else {
      post(event);
    }
  }

  private void post(ReconcileEvent event) {
    inbox.post(() -> handle(event));
  }

  private void post(ElectionEvent event) {
    inbox.post(() -> handle(event));
  }

  private void handle(ReconcileEvent event) {
    // Time may have run out since the last event.
    LeaderElection here = election;
    Instant now = clock.now();
    if (here != null && reconciler.leads() && !here.leads(now)) {
      reconciler.handle(new ReconcileEvent.Deposed(), now).forEach(this::perform);
    }
    reconciler.handle(event, now).forEach(this::perform);
  }

  private void handle(ElectionEvent event) {
    LeaderElection here = election;
    if (here != null) {
      here.handle(event, clock.now()).forEach(this::perform);
      leadsUntil = here.leadsUntil();
    }
  }

  private void perform(ReconcileAction action) {
    if (action instanceof ReconcileAction.LookAt look) {
      execute(() -> look(look), reason -> new ReconcileEvent.LookFailed(look.number(), reason));
    } else if (action instanceof ReconcileAction.Run run) {
      run(run);
    } else if (action instanceof ReconcileAction.Stop stop) {
      RunHandle running = runs.get(stop.run());
      if (running != null) {
        running.cancel();
      }
    } else if (action instanceof ReconcileAction.Watch watch) {
      sources.watch(watch.source());
    } else if (action instanceof ReconcileAction.Unwatch unwatch) {
      sources.unwatch(unwatch.source());
    } else if (action instanceof ReconcileAction.Wake wake) {
      inbox.wakeAt(UPKEEP, wake.at());
    } else if (action instanceof ReconcileAction.Report report) {
      report(report);
    }
  }

  private void execute(Runnable task, Function<String, ReconcileEvent> failed) {
    try {
      cluster.threads().execute(task);
    } catch (RejectedExecutionException e) {
      post(failed.apply("the cluster is closed"));
    }
  }

  private void look(ReconcileAction.LookAt look) {
    try {
      post(look.answer(cluster.observe(look.scope()), clock.now()));
    } catch (ClusterException e) {
      post(new ReconcileEvent.LookFailed(look.number(), message(e)));
    } catch (RuntimeException | Error e) {
      LOG.error("an application could not be looked at", e);
      post(new ReconcileEvent.LookFailed(look.number(), e.getClass().getSimpleName()));
    }
  }

  private void run(ReconcileAction.Run run) {
    try {
      RunHandle handle = cluster.start(run.plan(), options, this::leads);
      runs.put(run.number(), handle);
      handle
          .outcome()
          .whenComplete(
              (outcome, failure) -> inbox.post(() -> ended(run.number(), outcome, failure)));
    } catch (ClusterException e) {
      post(new ReconcileEvent.RunBroke(run.number(), message(e)));
    }
  }

  private void ended(long number, @Nullable Outcome outcome, @Nullable Throwable failure) {
    runs.remove(number);
    if (outcome != null) {
      handle(new ReconcileEvent.RunEnded(number, outcome));
    } else {
      String reason = failure == null ? "no outcome" : message(failure);
      handle(new ReconcileEvent.RunBroke(number, reason));
    }
  }

  private void perform(ElectionAction action) {
    if (action instanceof ElectionAction.Send send) {
      try {
        cluster.threads().execute(() -> post(answer(send)));
      } catch (RejectedExecutionException e) {
        post(new ElectionEvent.Lost(send.number()));
      }
    } else if (action instanceof ElectionAction.Wake wake) {
      inbox.wakeAt(ELECTION, wake.at());
    } else if (action instanceof ElectionAction.Lead) {
      if (!closing) {
        LOG.info("this instance leads");
        handle(new ReconcileEvent.Led());
      }
    } else if (action instanceof ElectionAction.Yield) {
      LOG.info("this instance does not lead any more");
      leadsUntil = Instant.MIN;
      handle(new ReconcileEvent.Deposed());
    } else {
      done = true;
    }
  }

  private ElectionEvent answer(ElectionAction.Send send) {
    try {
      return new ElectionEvent.Answered(send.number(), cluster.send(send.request()));
    } catch (ClusterException e) {
      LOG.debug("{}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("a request could not be carried out", e);
    }
    return new ElectionEvent.Lost(send.number());
  }

  private void report(ReconcileAction.Report report) {
    try {
      listener.accept(report.application(), report.finding());
    } catch (RuntimeException e) {
      if (!listenerFailed) {
        listenerFailed = true;
        LOG.warn("the listener of a reconciler failed; further failures are not logged", e);
      }
    }
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
