package io.sailplan.cli;

import io.sailplan.k8s.KubernetesCluster;
import io.sailplan.k8s.KubernetesReconciler;
import io.sailplan.k8s.KubernetesReconcilerBuilder;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.policy.Policy;
import io.sailplan.reconcile.Drift;
import io.sailplan.reconcile.Finding;
import io.sailplan.reconcile.LeaseTerms;
import io.sailplan.reconcile.ReconcilePolicy;
import io.sailplan.run.ClusterException;
import io.sailplan.testing.SimulatedCluster;
import io.sailplan.testing.SimulatedReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Keeps an application as manifests declare it. */
@Command(
    name = "watch",
    description = {
      "Keeps the cluster as the manifests declare it, until Ctrl-C.",
      "",
      "Deploys what is declared, and looks again whenever something changes that matters to it."
          + " What somebody has edited by hand is corrected as far as the policy allows, see"
          + " --force-conflicts, or only reported."
    },
    exitCodeList = {
      "0:all was as declared at the end",
      "1:the input is wrong, the plan is refused, or something failed, at the end",
      "64:misuse"
    })
final class WatchCommand extends OperationCommand {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      required = true,
      description =
          "A file, a folder (all *.yaml, *.yml and *.json in it, at any depth, hidden ones left"
              + " out), or - for standard input. May be given several times, in any order. Read"
              + " once, at the beginning.")
  List<String> paths = List.of();

  @Option(
      names = "--drift",
      paramLabel = "WHAT",
      description =
          "What becomes of differences that nobody has declared: ${COMPLETION-CANDIDATES} (default:"
              + " correct).",
      defaultValue = "correct")
  Drifting drift = Drifting.CORRECT;

  @Option(
      names = "--debounce",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "How long a change waits for the next one, such as 2s; 0s to look at once (default: half a"
              + " second).")
  @Nullable Duration debounce;

  @Option(
      names = "--resync",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "After how long to look although nothing seems to have changed (default: 10m).")
  @Nullable Duration resync;

  @Option(
      names = "--lease",
      paramLabel = "NAME",
      description =
          "Compete for this Lease in the application's home namespace, so that of several who watch"
              + " one writes.")
  String lease = "";

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "End after this time (default: never; with --embedded, an hour of its time).")
  @Nullable Duration time;

  private @Nullable Finding last;

  enum Drifting {
    CORRECT,
    REPORT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  WatchCommand(Console console) {
    super(console);
  }

  @Override
  int run() {
    if (!clusters.contradiction().isEmpty()) {
      throw misuse(clusters.contradiction());
    }
    if (!clusters.isGiven(console)) {
      throw misuse(NO_CLUSTER + "or try it on a simulated cluster by --embedded");
    }
    Policy policy = policy();
    ReconcilePolicy reconciling = reconciling();
    try (Connected connected = clusters.connect(console)) {
      Loaded loaded = load(paths, connected.namespace(), Snapshot.empty());
      Application application = loaded.orThrow();
      FindingReport report = new FindingReport(console.out(), style(), output.isJson());
      if (connected.cluster() instanceof SimulatedCluster simulated) {
        play(simulated, application, policy, reconciling, report);
      } else if (connected.cluster() instanceof KubernetesCluster real) {
        keep(real, application, policy, reconciling, report);
      }
    }
    return last instanceof Finding.Settled ? ExitCode.DONE : ExitCode.FAILED;
  }

  private ReconcilePolicy reconciling() {
    ReconcilePolicy policy =
        ReconcilePolicy.standard().drift(drift == Drifting.CORRECT ? Drift.CORRECT : Drift.REPORT);
    Duration calm = debounce;
    if (calm != null) {
      Duration longest = calm.multipliedBy(10);
      policy = policy.debounce(calm, longest);
    }
    Duration interval = resync;
    if (interval != null && interval.isZero()) {
      throw misuse("--resync must not be zero");
    }
    return interval == null ? policy : policy.resync(interval);
  }

  /** Its time flies: nobody waits for it. */
  private void play(
      SimulatedCluster cluster,
      Application application,
      Policy policy,
      ReconcilePolicy reconciling,
      FindingReport report) {
    SimulatedReconciler reconciler = SimulatedReconciler.on(cluster, reconciling);
    reconciler.declare(application, policy);
    cluster.advance(time == null ? Duration.ofHours(1) : time);
    reconciler.findings().forEach(finding -> tell(report, Membership.of(application), finding));
  }

  private void keep(
      KubernetesCluster cluster,
      Application application,
      Policy policy,
      ReconcilePolicy reconciling,
      FindingReport report) {
    CountDownLatch enough = new CountDownLatch(1);
    Interrupts.Watch watch = console.interrupts().watch(() -> end(enough));
    KubernetesReconcilerBuilder builder =
        cluster
            .reconciler()
            .policy(reconciling)
            .listener((membership, finding) -> tell(report, membership, finding));
    if (!lease.isEmpty()) {
      String identity = "sailplan-watch-" + UUID.randomUUID();
      builder.electedBy(LeaseTerms.standard(application.namespace(), lease, identity));
    }
    try (KubernetesReconciler reconciler = builder.start()) {
      reconciler.declare(application, policy);
      if (time == null) {
        enough.await();
      } else if (enough.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("it was interrupted", e);
    } finally {
      watch.close();
    }
  }

  private void end(CountDownLatch enough) {
    console.err().println("sailplan: ending what is under way; press Ctrl-C again to give up");
    enough.countDown();
  }

  private synchronized void tell(FindingReport report, Membership application, Finding finding) {
    last = finding;
    report.tell(application, finding);
  }
}
