package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program that keeps applications of a {@link SimulatedCluster} as they are declared, in its
 * virtual time: it goes on whenever time passes. Several compete if they have Leases.
 *
 * <pre>{@code
 * SimulatedReconciler reconciler = SimulatedReconciler.on(cluster, ReconcilePolicy.standard());
 * reconciler.declare(shop, Policy.standard());
 * cluster.advance(Duration.ofHours(1));
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class SimulatedReconciler implements AutoCloseable {
  private static final Duration LATENCY = Duration.ofMillis(10);
  private static final int MOST_FINDINGS = 1000;

  private final SimulatedCluster cluster;
  private final World world;
  private final Reconciler reconciler;
  private final @Nullable LeaderElection election;
  private final ClientProcess process;
  private final SimulatedSources sources;
  private final Map<Long, SimulatedRun> runs = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Instant wake;
  private @Nullable Instant electionWake;
  private Runnable atWrite = () -> {};
  private boolean closing;
  private boolean dead;

  private SimulatedReconciler(
      SimulatedCluster cluster, ReconcilePolicy policy, @Nullable LeaseTerms terms) {
    this.cluster = cluster;
    this.world = cluster.world();
    this.reconciler = Reconciler.of(policy);
    this.election = terms == null ? null : LeaderElection.of(terms);
    this.process = ClientProcess.of(world.timeline(), this::mayWrite);
    this.sources = new SimulatedSources(world, cluster.faults(), this::tell);
    cluster.trace(sources::changed);
  }

  /** Returns one that leads from now on. */
  public static SimulatedReconciler on(SimulatedCluster cluster, ReconcilePolicy policy) {
    SimulatedReconciler one =
        new SimulatedReconciler(cluster, requireNonNull(policy, "policy"), null);
    one.tell(new ReconcileEvent.Led());
    return one;
  }

  /** Returns one that competes for a Lease. */
  public static SimulatedReconciler on(
      SimulatedCluster cluster, ReconcilePolicy policy, LeaseTerms terms) {
    SimulatedReconciler one =
        new SimulatedReconciler(
            cluster, requireNonNull(policy, "policy"), requireNonNull(terms, "terms"));
    one.elect(new ElectionEvent.Tick());
    return one;
  }

  /** Keeps an application as it is declared here; an earlier declaration is replaced. */
  public void declare(Application application, Policy policy) {
    tell(new ReconcileEvent.Declared(application, policy));
  }

  /** Does not care for an application any more. */
  public void release(Membership application) {
    tell(new ReconcileEvent.Released(application));
  }

  /** Returns whether it may write now. */
  public boolean leads() {
    return !dead && (election == null || election.leads(world.now()));
  }

  /** Returns how many looks and runs go on. */
  public int busy() {
    return reconciler.busy();
  }

  /** Returns of how many objects it remembers something. */
  public int remembered() {
    return reconciler.remembered();
  }

  /** Returns the last thousand findings, in their order. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * Lets the program stand still, as a long pause of a virtual machine does: its clock goes on, and
   * so does the cluster.
   */
  public void freeze(Duration time) {
    process.freeze(requireNonNull(time, "time"));
  }

  /** Lets the program die: nothing is ended in order. */
  public void kill() {
    dead = true;
    sources.close();
    List.copyOf(runs.values()).forEach(SimulatedRun::abandon);
    runs.clear();
  }

  /** Stops what goes on, and frees the Lease; time has to pass before that is done. */
  @Override
  public void close() {
    closing = true;
    tell(new ReconcileEvent.Deposed());
  }

  /** Is told of each write, for tests of this module. */
  void onWrite(Runnable listener) {
    atWrite = listener;
  }

  /** Is asked before each write: the time may have run out since the last event. */
  private boolean mayWrite() {
    boolean may = leads();
    if (may) {
      atWrite.run();
    }
    return may;
  }

  /** Whatever happens is dealt with one after the other, as time passes. */
  private void tell(ReconcileEvent event) {
    world.timeline().react(Duration.ZERO, () -> process.whenAwake(() -> feed(event)));
  }

  private void elect(ElectionEvent event) {
    world.timeline().react(Duration.ZERO, () -> process.whenAwake(() -> feed(event)));
  }

  private void feed(ReconcileEvent event) {
    if (!dead) {
      reconciler.handle(event, world.now()).forEach(this::carryOut);
      resignIfDone();
    }
  }

  private void resignIfDone() {
    if (closing && election != null && reconciler.busy() == 0) {
      feed(new ElectionEvent.Resigned());
    }
  }

  private void feed(ElectionEvent event) {
    LeaderElection here = election;
    if (!dead && here != null) {
      here.handle(event, world.now()).forEach(this::carryOut);
    }
  }

  private void carryOut(ReconcileAction action) {
    if (action instanceof ReconcileAction.LookAt look) {
      look(look);
    } else if (action instanceof ReconcileAction.Run run) {
      run(run);
    } else if (action instanceof ReconcileAction.Stop stop) {
      SimulatedRun running = runs.get(stop.run());
      if (running != null) {
        running.cancel();
      }
    } else if (action instanceof ReconcileAction.Watch watch) {
      sources.watch(watch.source());
    } else if (action instanceof ReconcileAction.Unwatch unwatch) {
      sources.unwatch(unwatch.source());
    } else if (action instanceof ReconcileAction.Wake wish) {
      wakeAt(wish.at());
    } else if (action instanceof ReconcileAction.Report report) {
      if (findings.size() == MOST_FINDINGS) {
        findings.remove(0);
      }
      findings.add(report.finding());
    }
  }

  /** What is seen is a little older already when it is told. */
  private void look(ReconcileAction.LookAt look) {
    world
        .timeline()
        .react(
            LATENCY,
            () ->
                process.whenAwake(
                    () -> {
                      ReconcileEvent answer = answer(look);
                      world.timeline().react(LATENCY, () -> tell(answer));
                    }));
  }

  private ReconcileEvent answer(ReconcileAction.LookAt look) {
    try {
      return look.answer(cluster.observeNow(look.scope()), world.now());
    } catch (ClusterException e) {
      return new ReconcileEvent.LookFailed(look.number(), String.valueOf(e.getMessage()));
    }
  }

  private void run(ReconcileAction.Run run) {
    SimulatedRun running = cluster.start(run.plan(), process);
    runs.put(run.number(), running);
    running
        .outcome()
        .whenComplete(
            (outcome, failure) -> {
              if (runs.remove(run.number()) != null) {
                tell(
                    failure == null
                        ? new ReconcileEvent.RunEnded(run.number(), outcome)
                        : new ReconcileEvent.RunBroke(
                            run.number(), String.valueOf(failure.getMessage())));
              }
            });
  }

  private void wakeAt(Instant at) {
    wake = at;
    world
        .timeline()
        .at(
            at,
            () -> {
              if (at.equals(wake)) {
                wake = null;
                tell(new ReconcileEvent.Tick());
              }
            });
  }

  private void carryOut(ElectionAction action) {
    if (action instanceof ElectionAction.Send send) {
      cluster
          .network()
          .send(
              send.request(),
              Authority.unbound(world),
              response -> elect(new ElectionEvent.Answered(send.number(), response)),
              reason -> elect(new ElectionEvent.Lost(send.number())));
    } else if (action instanceof ElectionAction.Wake wish) {
      electionWakeAt(wish.at());
    } else if (action instanceof ElectionAction.Lead && !closing) {
      feed(new ReconcileEvent.Led());
    } else if (action instanceof ElectionAction.Yield) {
      feed(new ReconcileEvent.Deposed());
    }
  }

  private void electionWakeAt(Instant at) {
    electionWake = at;
    world
        .timeline()
        .at(
            at,
            () -> {
              if (at.equals(electionWake)) {
                electionWake = null;
                elect(new ElectionEvent.Tick());
              }
            });
  }
}
