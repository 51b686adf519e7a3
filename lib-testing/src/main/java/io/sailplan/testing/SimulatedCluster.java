package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Permissions;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.run.Cluster;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A Kubernetes cluster that exists in memory and in virtual time: an API server as of 1.36, the
 * usual controllers, a scheduler, and nodes on which nothing runs but whose pods change as if. The
 * same calls give the same cluster, byte for byte.
 *
 * <p><b>Time</b> stands still but for {@link #advance}, {@link #settle}, {@link #await}, {@link
 * #run}, the retries of {@link #observe}, and waiting for the outcome of {@link #start}. {@link
 * #send} takes no time. Controllers act only while time passes.
 *
 * <p>Not safe for use by several threads. A listener of a run may {@link #send} and read, but must
 * not let time pass.
 *
 * <pre>{@code
 * SimulatedCluster cluster = SimulatedCluster.create();
 * cluster.send(Request.Apply.of(deployment, "me"));
 * cluster.settle();
 * }</pre>
 */
public final class SimulatedCluster implements Cluster {
  /** When the time of a simulated cluster begins, unless it is told otherwise. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int MOST_REACTIONS = 50_000;

  private final World world;
  private final Faults faults;
  private final PodRules pods;
  private final Network network;
  private final ServerFacts facts;
  private final List<SimulatedRun> runs = new ArrayList<>();

  private SimulatedCluster(Builder builder) {
    Timeline timeline = new Timeline(builder.start);
    this.facts = builder.facts;
    this.world =
        new World(new Store(), new Kinds(), timeline, new Uids(builder.seed), new World.Settings());
    this.faults = new Faults(timeline);
    Writes writes = new Writes(world);
    Deletion deletion = new Deletion(world);
    ControllerClient client = new ControllerClient(world, writes, deletion);
    List<Controller> controllers = new ArrayList<>();
    this.pods = new PodRules(() -> wakePods(controllers));
    controllers.add(new NamespaceController(client));
    controllers.add(new GarbageCollector(client));
    controllers.add(new DefinitionController(client, world.kinds(), builder.discoveryLag));
    controllers.add(new DeploymentController(client));
    controllers.add(new ReplicaSetController(client, Kind.REPLICA_SET));
    controllers.add(new ReplicaSetController(client, Kind.REPLICATION_CONTROLLER));
    controllers.add(new StatefulSetController(client));
    controllers.add(new DaemonSetController(client));
    controllers.add(new JobController(client));
    controllers.add(new ClaimController(client));
    controllers.add(new Quotas(world, client));
    controllers.add(new DisruptionController(client));
    controllers.add(new LoadBalancer(client));
    controllers.add(new Scheduler(client, pods));
    controllers.add(new Kubelet(client, pods));
    world
        .store()
        .onChange(
            change -> {
              controllers.forEach(controller -> controller.changed(change));
              List.copyOf(runs).forEach(run -> run.changed(change));
            });
    this.network =
        new Network(new ApiServer(world, writes, deletion), timeline, faults, builder.latency);
    new Beginning(writes).furnish(builder.nodes);
    settle();
  }

  /**
   * Returns a cluster of three nodes with the namespaces and service accounts that every cluster
   * has, and nothing else.
   */
  public static SimulatedCluster create() {
    return builder().build();
  }

  /** Returns a builder of clusters. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the present virtual time. */
  public Instant now() {
    return world.now();
  }

  /** Returns everything that exists now, all of it looked at. Does not count as a request. */
  public Snapshot snapshot() {
    return Snapshot.of(world.store().all().stream().map(LiveObject::of).toList()).toBuilder()
        .served(world.kinds().served())
        .unavailable(Aggregation.unavailable(world))
        .server(facts)
        .build();
  }

  /** Returns an object as it is now. Does not count as a request. */
  public Optional<LiveObject> object(ObjectKey key) {
    return Optional.ofNullable(world.store().get(requireNonNull(key, "key"))).map(LiveObject::of);
  }

  /**
   * Makes an object by server-side apply, by force, and returns it: a short way to prepare what a
   * test needs. Does not count as a request, and suffers no fault.
   *
   * @param manifest the object
   * @param fieldManager whose fields they are
   * @throws IllegalArgumentException if the server refuses it
   */
  public LiveObject given(Manifest manifest, String fieldManager) {
    Request request = Request.Apply.of(manifest, fieldManager).forced();
    Response response = network.serve(request, Authority.unbound(world));
    if (!response.isSuccess()) {
      throw new IllegalArgumentException(
          "manifest was refused: " + response.status() + " " + response.message());
    }
    return response.object();
  }

  /** Returns what decides how pods behave. */
  public PodRules pods() {
    return pods;
  }

  /** Returns what goes wrong between clients and this cluster. */
  public Faults faults() {
    return faults;
  }

  /**
   * Decides whether admission webhooks answer, allowing everything. At first they do not, as
   * nothing runs here: a webhook that must not be ignored blocks what it matches.
   */
  public void webhooksServe(boolean serve) {
    world.settings().webhooksServe(serve);
  }

  /** Returns all requests of clients so far, in the order in which they reached the server. */
  public List<SentRequest> requests() {
    return network.log();
  }

  /** Returns the objects that clients have watched so far, in the order in which they began to. */
  public List<ObjectKey> watches() {
    return network.watched();
  }

  /** Returns the requests of clients that could change something. */
  public List<SentRequest> writes() {
    return requests().stream().filter(SentRequest::isWrite).toList();
  }

  /** Forgets the requests and watches so far. */
  public void clearRequests() {
    network.clearLog();
  }

  /**
   * Lets time pass.
   *
   * @throws IllegalArgumentException if {@code time} is negative
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time must not be negative: " + time);
    }
    world.timeline().runUntil(now().plus(time));
  }

  /**
   * Lets time pass until controllers and requests have done what there is to do now. What only time
   * brings is not waited for: pods that are late, retries, deadlines.
   *
   * @throws IllegalStateException if they never come to rest
   */
  public void settle() {
    world.timeline().settle(MOST_REACTIONS);
  }

  /**
   * Lets time pass until a condition is met, at most {@code atMost}, and returns whether it is.
   *
   * @throws IllegalArgumentException if {@code atMost} is negative
   */
  public boolean await(Duration atMost, BooleanSupplier condition) {
    if (atMost.isNegative()) {
      throw new IllegalArgumentException("atMost must not be negative: " + atMost);
    }
    Instant end = now().plus(atMost);
    while (!condition.getAsBoolean()) {
      if (!world.timeline().stepUntil(end)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /**
   * Returns this cluster as it is for somebody who may do only so much. What he may not do is
   * refused as a real server refuses it, by RBAC.
   *
   * @param user his name, which refusals tell
   * @param permissions what he may do
   */
  public Cluster as(String user, Permissions permissions) {
    return new Restricted(
        Authority.of(
            world, requireNonNull(user, "user"), requireNonNull(permissions, "permissions")));
  }

  /**
   * Looks at what matters. Requests that fail are sent again, a few times; waiting for that lets
   * time pass.
   */
  @Override
  public Snapshot observe(ObservationScope scope) {
    return observe(scope, Authority.unbound(world));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Its first requests are under way when this method returns, and it goes on whenever time
   * passes. Waiting for its outcome lets time pass.
   *
   * <p>The plan is saved, read back and opened first, and is run by somebody who may do just what
   * {@link Plan#permissions} says: so each test shows that it can travel, and what it takes.
   */
  @Override
  public RunHandle start(Plan plan, RunOptions options, Consumer<? super Progress> listener) {
    Permissions predicted = Passage.knowing(plan, world.kinds().served()).permissions();
    return start(plan, options, listener, Authority.of(world, "sailplan", predicted));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Lets virtual time pass until the run is over.
   *
   * @throws ClientCrash if {@link Faults#crashAfter} lets the client die
   */
  @Override
  public Outcome run(Plan plan, RunOptions options, Consumer<? super Progress> listener) {
    return ((SimulatedRun) start(plan, options, listener)).finish();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Takes no time.
   *
   * @throws ClientCrash if {@link Faults#crashAfter} lets the client die
   */
  @Override
  public Response send(Request request) {
    return send(request, Authority.unbound(world));
  }

  /** Cancels the runs that still go on; time has to pass before they are over. */
  @Override
  public void close() {
    runs.forEach(SimulatedRun::cancel);
  }

  @Override
  public String toString() {
    return "SimulatedCluster[" + world.store().all().size() + " objects at " + now() + "]";
  }

  /** Starts a run of a program that may not always write. */
  SimulatedRun start(Plan plan, ClientProcess process) {
    Permissions predicted = Passage.knowing(plan, world.kinds().served()).permissions();
    Authority authority = Authority.of(world, "sailplan", predicted);
    return start(plan, RunOptions.standard(), progress -> {}, authority, process);
  }

  /** Looks without letting time pass: what fails is asked again at once, a few times. */
  Snapshot observeNow(ObservationScope scope) {
    Authority authority = Authority.unbound(world);
    return new Observation(world, network, facts, authority, pause -> {}).of(scope);
  }

  World world() {
    return world;
  }

  Network network() {
    return network;
  }

  /** Tells of every change, for tests of this module. */
  void trace(Consumer<Store.Change> listener) {
    world.store().onChange(listener);
  }

  private Snapshot observe(ObservationScope scope, Authority authority) {
    return new Observation(world, network, facts, authority, this::advance).of(scope);
  }

  private SimulatedRun start(
      Plan plan, RunOptions options, Consumer<? super Progress> listener, Authority authority) {
    ClientProcess process = ClientProcess.free(world.timeline());
    return start(plan, options, listener, authority, process);
  }

  private SimulatedRun start(
      Plan plan,
      RunOptions options,
      Consumer<? super Progress> listener,
      Authority authority,
      ClientProcess process) {
    SimulatedRun run =
        new SimulatedRun(network, world, faults, authority, process, plan, options, listener);
    runs.removeIf(SimulatedRun::isOver);
    runs.add(run);
    run.start();
    return run;
  }

  private Response send(Request request, Authority authority) {
    Response response = network.sendNow(requireNonNull(request, "request"), authority);
    if (response == null) {
      throw new ClusterException("the connection was lost", null);
    }
    return response;
  }

  /** This cluster for somebody who may not do everything. */
  private final class Restricted implements Cluster {
    private final Authority authority;

    Restricted(Authority authority) {
      this.authority = authority;
    }

    @Override
    public Snapshot observe(ObservationScope scope) {
      return SimulatedCluster.this.observe(scope, authority);
    }

    @Override
    public RunHandle start(Plan plan, RunOptions options, Consumer<? super Progress> listener) {
      return SimulatedCluster.this.start(plan, options, listener, authority);
    }

    @Override
    public Outcome run(Plan plan, RunOptions options, Consumer<? super Progress> listener) {
      return SimulatedCluster.this.start(plan, options, listener, authority).finish();
    }

    @Override
    public Response send(Request request) {
      return SimulatedCluster.this.send(request, authority);
    }

    @Override
    public void close() {
      // the cluster is somebody else's
    }
  }

  private static void wakePods(List<Controller> controllers) {
    for (Controller controller : controllers) {
      if (controller instanceof Kubelet || controller instanceof Scheduler) {
        controller.enqueueAll(Kind.POD, "");
      }
    }
  }

  /** Makes clusters. Not safe for use by several threads. */
  public static final class Builder {
    private long seed;
    private Instant start = START;
    private Duration latency = Duration.ofMillis(5);
    private Duration discoveryLag = Duration.ofMillis(50);
    private int nodes = 3;
    private ServerFacts facts = ownFacts();

    private Builder() {}

    /** Sets what UIDs and generated names are drawn from; 0 at first. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets when time begins; {@link SimulatedCluster#START} at first. */
    public Builder start(Instant start) {
      this.start = requireNonNull(start, "start");
      return this;
    }

    /**
     * Sets how long requests of runs take; 5 milliseconds at first.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder latency(Duration latency) {
      this.latency = notNegative("latency", latency);
      return this;
    }

    /**
     * Sets how long a new kind is not served yet after its definition says that it is established;
     * 50 milliseconds at first.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder discoveryLag(Duration lag) {
      this.discoveryLag = notNegative("lag", lag);
      return this;
    }

    /**
     * Sets how many nodes there are, each of 64 cpu and 256Gi; 3 at first.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder nodes(int nodes) {
      if (nodes < 0) {
        throw new IllegalArgumentException("nodes must not be negative: " + nodes);
      }
      this.nodes = nodes;
      return this;
    }

    /**
     * Sets what the cluster tells about itself. At first it tells what a server of Kubernetes 1.36
     * does. It behaves as such a server whatever it tells.
     */
    public Builder serverFacts(ServerFacts facts) {
      this.facts = requireNonNull(facts, "facts");
      return this;
    }

    private static ServerFacts ownFacts() {
      ShapeCatalog catalog = ShapeCatalog.builtIn();
      Map<String, String> hashes = new TreeMap<>();
      for (KindShape kind : catalog.kinds()) {
        String version = kind.kind().apiVersion();
        catalog
            .schemaHash(version)
            .ifPresent(
                hash -> hashes.put((version.contains("/") ? "apis/" : "api/") + version, hash));
      }
      return ServerFacts.of("v1.36.0", hashes);
    }

    /** Returns the cluster, at rest. */
    public SimulatedCluster build() {
      return new SimulatedCluster(this);
    }

    private static Duration notNegative(String name, Duration duration) {
      if (requireNonNull(duration, name).isNegative()) {
        throw new IllegalArgumentException(name + " must not be negative: " + duration);
      }
      return duration;
    }
  }
}
