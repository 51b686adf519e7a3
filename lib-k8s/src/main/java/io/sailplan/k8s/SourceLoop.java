package io.sailplan.k8s;

import io.sailplan.model.ApiResource;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.reconcile.ReconcileEvent;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a source, then watches from there, and starts again whenever the watch breaks: after a cut
 * from where it was, after the server has forgotten that point from a new list. Tells every state
 * of every object, and when it cannot for a while.
 */
final class SourceLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceLoop.class);

  /** A watch that ends sooner, and without any event, is not worth trying again at once. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Source source;
  private final Wire wire;
  private final Discovery discovery;
  private final Calls calls;
  private final Duration timeout;
  private final Consumer<ReconcileEvent> events;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();

  private final Set<Look> looks = new LinkedHashSet<>();

  /** Without what nobody compares: the owners of fields are most of an object. */
  private final Map<ObjectKey, LiveObject> present = new LinkedHashMap<>();

  /** Up to where everything was told; empty if a list is needed. */
  private String version = "";

  private int failures;
  private boolean listed;
  private boolean lost;
  private boolean warned;

  SourceLoop(
      Source source,
      Wire wire,
      Discovery discovery,
      Calls calls,
      Duration timeout,
      Consumer<ReconcileEvent> events) {
    this.source = source;
    this.wire = wire;
    this.discovery = discovery;
    this.calls = calls;
    this.timeout = timeout;
    this.events = events;
  }

  Calls calls() {
    return calls;
  }

  /** Serves one more; what is there is told, again if need be. */
  synchronized void add(Look look) {
    looks.add(look);
    if (lost) {
      events.accept(new ReconcileEvent.SourceLost(look));
    } else if (listed) {
      events.accept(new ReconcileEvent.SourceRestored(look));
    }
    present.values().stream().filter(object -> shows(look, object)).forEach(this::tell);
  }

  /** Serves one less; returns whether there are others. */
  synchronized boolean remove(Look look) {
    looks.remove(look);
    return !looks.isEmpty();
  }

  void stop() {
    stopped.countDown();
    calls.cancel();
  }

  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      boolean well = false;
      try {
        well = step();
      } catch (ClusterException e) {
        LOG.debug("{}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.warn("the watch of {} starts again", source.kind(), e);
        restart();
      }
      if (well) {
        failures = 0;
        backoff.reset();
      } else if (stopped.getCount() > 0) {
        if (++failures > 1) { // after a mere cut it goes on from where it was, and misses nothing
          lose();
        }
        pause(backoff.next());
      }
    }
  }

  private boolean step() {
    Optional<ApiResource> resource = discovery.find(source.kind());
    return resource.isPresent()
        && (!version().isEmpty() || list(resource.get()))
        && watch(resource.get());
  }

  private boolean list(ApiResource resource) {
    Response response =
        Lists.all(source.select(collection(resource)), page -> wire.send(page, calls));
    Manifest body = response.body();
    if (response.isSuccess() && body != null) {
      replace(response.objects(), body.string("metadata", "resourceVersion"));
      return true;
    }
    if (Refusals.isUnknownPath(response)) {
      discovery.suspect();
    }
    explain(response);
    return false;
  }

  private boolean watch(ApiResource resource) {
    long begun = System.nanoTime();
    String from = version();
    long seconds = Math.max(1, timeout.toSeconds());
    HttpCall http =
        source
            .select(collection(resource))
            .query("watch", "true")
            .query("allowWatchBookmarks", "true")
            .query("resourceVersion", from)
            // Spread, so that watches which began together do not end together.
            .query(
                "timeoutSeconds",
                Long.toString(seconds + ThreadLocalRandom.current().nextLong(seconds + 1)));
    Response response = wire.watch(http, calls, this::event);
    if (!response.isSuccess()) {
      if (Refusals.isUnknownPath(response)) {
        discovery.suspect();
      }
      explain(response);
      restart();
      return false;
    }
    return !version().equals(from) || System.nanoTime() - begun > SHORT.toNanos();
  }

  /** Rights that are missing do not come by waiting: somebody should know. */
  private void explain(Response response) {
    String text = Refusals.explain("changes of " + source.kind(), response);
    if (response.status() == Refusals.FORBIDDEN && !warned) {
      warned = true;
      LOG.warn("{}; it is looked at from time to time only", text);
    } else {
      LOG.debug("{}", text);
    }
  }

  private HttpCall collection(ApiResource resource) {
    return HttpCall.get(resource.path(Paths.escape(source.namespace()), ""));
  }

  private void event(String line) {
    Manifest event;
    try {
      event = Manifest.parseJson(line);
    } catch (IllegalArgumentException cut) {
      return; // the connection broke within a line; the next one shows it again
    }
    LiveObject object = LiveObject.of(Manifest.of(Trees.object(event.get("object"))));
    switch (event.string("type")) {
      case "ADDED", "MODIFIED" -> changed(object, true);
      case "DELETED" -> changed(object, false);
      case "BOOKMARK" -> reached(object.resourceVersion());
      // Mostly 410: the server does not remember so far back. Only a new list helps.
      case "ERROR" -> restart();
      default -> LOG.debug("an unknown watch event for {}", source.kind());
    }
  }

  private synchronized void changed(LiveObject full, boolean there) {
    LiveObject object = lean(full);
    version = object.resourceVersion();
    restore();
    LiveObject before = there ? present.put(object.key(), object) : present.remove(object.key());
    if (there && isShown(object)) {
      tell(object);
    } else if (isShown(object) || (before != null && isShown(before))) {
      events.accept(new ReconcileEvent.Vanished(object.key(), object.resourceVersion()));
    }
  }

  private synchronized void reached(String newVersion) {
    version = newVersion;
    restore();
  }

  private synchronized void replace(List<LiveObject> objects, String newVersion) {
    List<LiveObject> before = new ArrayList<>(present.values());
    present.clear();
    objects.forEach(object -> present.put(object.key(), lean(object)));
    version = newVersion;
    if (!lost) { // what has gone between a look and the first list is not in it
      looks.forEach(look -> events.accept(new ReconcileEvent.SourceRestored(look)));
    }
    listed = true;
    restore();
    for (LiveObject old : before) {
      if (!present.containsKey(old.key()) && isShown(old)) {
        events.accept(new ReconcileEvent.Vanished(old.key(), newVersion));
      }
    }
    present.values().stream().filter(this::isShown).forEach(this::tell);
  }

  private synchronized void restart() {
    version = "";
  }

  private synchronized String version() {
    return version;
  }

  private synchronized void lose() {
    if (!lost) {
      lost = true;
      looks.forEach(look -> events.accept(new ReconcileEvent.SourceLost(look)));
    }
  }

  private synchronized void restore() {
    if (lost) {
      lost = false;
      looks.forEach(look -> events.accept(new ReconcileEvent.SourceRestored(look)));
    }
  }

  private void tell(LiveObject object) {
    events.accept(new ReconcileEvent.Changed(object));
  }

  private boolean isShown(LiveObject object) {
    return looks.stream().anyMatch(look -> shows(look, object));
  }

  private static boolean shows(Look look, LiveObject object) {
    return look.covers(object.key(), object.manifest().labels());
  }

  private static LiveObject lean(LiveObject object) {
    return LiveObject.of(object.manifest().without("metadata", "managedFields"));
  }

  private void pause(Duration wait) {
    try {
      if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
