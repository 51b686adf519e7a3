package io.sailplan.k8s;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ApiResource;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.reconcile.ReconcileEvent;
import io.sailplan.run.Cluster;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.run.Run;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real cluster, through {@code client-java}. Safe for use by several threads.
 *
 * <p>Requests are carried out by the caller's {@link Executor}, or by threads of its own: virtual
 * ones where there are any. The thread that drives a run, and those that watch, are always its own.
 * All of them are daemons.
 *
 * <p>{@link #observe} takes the looks of a round eight at a time, asks again a few times if the
 * server is busy, and reads many named objects of one kind and namespace by one list if that is
 * cheaper and allowed.
 */
public final class KubernetesCluster implements Cluster {
  private static final int WIDTH = 8;
  private static final Duration DISCOVERY_INTERVAL = Duration.ofMillis(500);

  private final Connection connection;
  private final String defaultNamespace;
  private final Duration watchTimeout;
  private final Calls calls = new Calls();
  private final ExecutorService threads = Threads.forCalls();
  private final Executor executor;
  private final Wire wire;
  private final Discovery discovery;
  private final Api api;
  private final Observer observer;
  private final SelfDescription self;
  private final Runs runs = new Runs();

  KubernetesCluster(
      Connection connection,
      String defaultNamespace,
      @Nullable Executor executor,
      Duration watchTimeout) {
    this.connection = connection;
    this.defaultNamespace = defaultNamespace;
    this.watchTimeout = watchTimeout;
    this.executor = executor == null ? threads : executor;
    this.wire = new Wire(connection, Clock.systemUTC());
    Reads reads = new Reads(wire);
    Parallel parallel = new Parallel(this.executor, WIDTH);
    this.discovery = new Discovery(reads, parallel, calls, DISCOVERY_INTERVAL);
    this.api = new Api(wire, discovery);
    this.observer = new Observer(reads, discovery, parallel);
    this.self = new SelfDescription(reads, calls);
  }

  /**
   * Returns the cluster of the current context of the files in {@code KUBECONFIG}, or of {@code
   * ~/.kube/config}.
   *
   * @throws ClusterException if there is no such file, or it cannot be used
   */
  public static KubernetesCluster fromKubeconfig() {
    return builder().build();
  }

  /**
   * Returns the cluster of the current context of a kubeconfig file.
   *
   * @throws ClusterException if the file cannot be read or used
   */
  public static KubernetesCluster fromKubeconfig(Path file) {
    return builder().kubeconfig(file).build();
  }

  /**
   * Returns the cluster of a context of a kubeconfig file.
   *
   * @throws ClusterException if the file cannot be read or used, or has no such context
   */
  public static KubernetesCluster fromKubeconfig(Path file, String context) {
    return builder().kubeconfig(file).context(context).build();
  }

  /**
   * Returns the cluster of the current context of a kubeconfig; relative paths in it start at the
   * working directory.
   *
   * @param text the content of a kubeconfig file
   * @throws ClusterException if the text cannot be used; its message does not quote the text
   */
  public static KubernetesCluster fromKubeconfig(String text) {
    return builder().kubeconfig(text).build();
  }

  /**
   * Returns the cluster in which this program runs as a pod, by the pod's service account.
   *
   * @throws ClusterException if it does not run in a pod, or the pod mounts no service account
   */
  public static KubernetesCluster inCluster() {
    return builder().inCluster().build();
  }

  /** Returns a builder of what keeps applications on this cluster as they are declared. */
  public KubernetesReconcilerBuilder reconciler() {
    return new KubernetesReconcilerBuilder(this);
  }

  /** Returns a builder; unless told otherwise it reads the standard kubeconfig files. */
  public static KubernetesClusterBuilder builder() {
    return new KubernetesClusterBuilder();
  }

  /**
   * Returns the namespace of what names none: that of the kubeconfig's context, of the pod, or the
   * one given to the builder; {@code default} otherwise.
   */
  public String defaultNamespace() {
    return defaultNamespace;
  }

  /**
   * Returns the kinds that the server serves now, preferred versions first.
   *
   * @throws ClusterException if the cluster cannot be reached
   */
  public List<ApiResource> served() {
    return discovery.served();
  }

  /**
   * Returns the server's version, such as {@code v1.36.4}.
   *
   * @throws ClusterException if the cluster cannot be reached
   */
  public String serverVersion() {
    return self.version();
  }

  /**
   * Returns the hashes of the server's OpenAPI v3 documents, by their name, such as {@code
   * apis/apps/v1}: equal hashes mean equal shapes. Ordered by name.
   *
   * @throws ClusterException if the cluster cannot be reached, or does not publish them
   */
  public SortedMap<String, String> schemaHashes() {
    return self.schemaHashes();
  }

  @Override
  public Snapshot observe(ObservationScope scope) {
    requireNonNull(scope, "scope");
    Calls here = calls.child();
    try {
      return scope.wantsServerFacts()
          ? observer.observe(scope::next, self::facts, here)
          : observer.observe(scope::next, here);
    } finally {
      here.cancel(); // after a failure, what others still read is of no use
      calls.release(here);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The listener is called by the thread that drives the run, so a slow one slows the run down.
   * What it throws is logged and does no harm.
   */
  @Override
  public RunHandle start(Plan plan, RunOptions options, Consumer<? super Progress> listener) {
    return begin(plan, options, listener);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Must not be called by the only thread of the caller's executor: the requests need one, too.
   */
  @Override
  public Outcome run(Plan plan, RunOptions options, Consumer<? super Progress> listener) {
    return Runs.await(begin(plan, options, listener));
  }

  @Override
  public Response send(Request request) {
    requireNonNull(request, "request");
    return api.send(request, calls);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits for cancelled runs as long as their options let requests in flight be answered. A
   * client or an executor of the caller is left as it is.
   */
  @Override
  public void close() {
    runs.close();
    calls.cancel();
    threads.shutdownNow();
    connection.close();
  }

  @Override
  public String toString() {
    return "KubernetesCluster";
  }

  Calls calls() {
    return calls;
  }

  ExecutorService threads() {
    return threads;
  }

  Sources sources(Calls here, Consumer<ReconcileEvent> events) {
    return new Sources(wire, discovery, here, threads, watchTimeout, events);
  }

  /** Starts a run of which nothing is written while somebody says that it may not be. */
  RunHandle start(Plan plan, RunOptions options, BooleanSupplier mayWrite) {
    return begin(
        plan,
        options,
        progress -> {},
        (request, here) -> {
          if (request.isWrite() && !mayWrite.getAsBoolean()) {
            throw new ClusterException("it was not sent: another instance may write", null);
          }
          return api.send(request, here);
        });
  }

  private Shell begin(Plan plan, RunOptions options, Consumer<? super Progress> listener) {
    return begin(plan, options, listener, api::send);
  }

  private Shell begin(
      Plan plan,
      RunOptions options,
      Consumer<? super Progress> listener,
      BiFunction<Request, Calls, Response> sender) {
    requireNonNull(plan, "plan");
    requireNonNull(options, "options");
    requireNonNull(listener, "listener");
    Calls here = calls.child();
    RunClock clock = new RunClock(Clock.systemUTC());
    Mailbox mailbox = new Mailbox(clock);
    Watches watches = new Watches(wire, discovery, mailbox, here, threads, watchTimeout);
    Shell shell =
        new Shell(Run.of(plan, options), sender, executor, listener, clock, mailbox, watches, here);
    runs.start(shell, options.cancelGrace(), threads, () -> calls.release(here));
    return shell;
  }
}
