package io.sailplan.k8s;

import io.sailplan.model.ApiResource;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Response;
import io.sailplan.run.RunEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, then watches from there, and starts again whenever the watch breaks: after a cut from
 * where it was, after the server has forgotten that point from a new list. Where lists are
 * forbidden, the objects are read one by one from time to time. While nobody asks for any object it
 * lets its watch run out, and then rests until somebody does.
 */
final class WatchLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

  /** A watch that ends sooner, and without any event, is not worth trying again at once. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Selection selection;
  private final Wire wire;
  private final Discovery discovery;
  private final Mailbox mailbox;
  private final Calls calls;
  private final Duration timeout;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();

  private final Set<ObjectKey> keys = new LinkedHashSet<>();
  private final Map<ObjectKey, LiveObject> present = new LinkedHashMap<>();

  /** Up to where everything was told; empty if a list is needed. Changed by the loop only. */
  private volatile String version = "";

  private boolean warned;

  WatchLoop(
      Selection selection,
      Wire wire,
      Discovery discovery,
      Mailbox mailbox,
      Calls calls,
      Duration timeout) {
    this.selection = selection;
    this.wire = wire;
    this.discovery = discovery;
    this.mailbox = mailbox;
    this.calls = calls;
    this.timeout = timeout;
  }

  Calls calls() {
    return calls;
  }

  /** Returns whether more than one object can ever be asked for. */
  boolean isShared() {
    return selection.name().isEmpty();
  }

  /**
   * Tells of the object, too; at once, if its state is known. While a list is needed it is not:
   * what was made since the last one would be told as missing.
   */
  synchronized void add(ObjectKey key) {
    keys.add(key);
    notifyAll();
    if (!version.isEmpty()) {
      tell(key, null);
    }
  }

  /** Tells no more of the object; returns whether there are others. */
  synchronized boolean remove(ObjectKey key) {
    keys.remove(key);
    return !keys.isEmpty();
  }

  void stop() {
    stopped.countDown();
    calls.cancel();
    wake();
  }

  @Override
  public void run() {
    while (isWanted()) {
      boolean well = false;
      try {
        well = step();
      } catch (ClusterException e) {
        LOG.debug("{}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.warn("the watch of {} starts again", selection.kind(), e);
        version = "";
      }
      if (well) {
        backoff.reset();
      } else {
        pause(backoff.next());
      }
    }
  }

  private boolean step() {
    Optional<ApiResource> resource = discovery.find(selection.kind());
    if (resource.isEmpty()) {
      replace(List.of(), "");
      return false;
    }
    return (!version.isEmpty() || list(resource.get())) && watch(resource.get());
  }

  private boolean list(ApiResource resource) {
    Response response =
        Lists.all(selection.select(collection(resource)), page -> wire.send(page, calls));
    Manifest body = response.body();
    if (response.isSuccess() && body != null) {
      replace(response.objects(), body.string("metadata", "resourceVersion"));
      return true;
    }
    if (response.status() == Refusals.FORBIDDEN || response.status() == Refusals.NOT_ALLOWED) {
      poll(resource);
    } else if (Refusals.isUnknownPath(response)) {
      discovery.suspect();
      replace(List.of(), "");
    } else {
      LOG.debug("{}", Refusals.explain("all " + selection.kind(), response));
    }
    return false;
  }

  private boolean watch(ApiResource resource) {
    long begun = System.nanoTime();
    String from = version;
    long seconds = Math.max(1, timeout.toSeconds());
    HttpCall http =
        selection
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
      LOG.debug("{}", Refusals.explain("changes of " + selection.kind(), response));
      version = "";
      return false;
    }
    return (!version.equals(from) && !version.isEmpty())
        || System.nanoTime() - begun > SHORT.toNanos();
  }

  private HttpCall collection(ApiResource resource) {
    return HttpCall.get(resource.path(Paths.escape(selection.namespace()), ""));
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
      case "BOOKMARK" -> version = object.resourceVersion();
      // Mostly 410: the server does not remember so far back. Only a new list helps.
      case "ERROR" -> version = "";
      default -> LOG.debug("an unknown watch event for {}", selection.kind());
    }
  }

  private synchronized void changed(LiveObject object, boolean there) {
    if (there) {
      present.put(object.key(), object);
    } else {
      present.remove(object.key());
    }
    version = object.resourceVersion();
    if (keys.contains(object.key())) {
      tell(object.key(), object);
    }
  }

  private synchronized void replace(List<LiveObject> objects, String newVersion) {
    present.clear();
    objects.forEach(object -> present.put(object.key(), object));
    version = newVersion;
    keys.forEach(key -> tell(key, null));
  }

  private void tell(ObjectKey key, @Nullable LiveObject last) {
    LiveObject object = present.get(key);
    if (object == null) {
      mailbox.observe(key, version, new RunEvent.Vanished(key, version, last));
    } else {
      mailbox.observe(key, object.resourceVersion(), new RunEvent.Observed(object));
    }
  }

  private void poll(ApiResource resource) {
    for (ObjectKey key : watchedKeys()) {
      HttpCall http =
          HttpCall.get(resource.path(Paths.escape(key.namespace()), Paths.escape(key.name())));
      Response response = wire.send(http, calls);
      if (response.isSuccess()) {
        LiveObject object = response.object();
        mailbox.observe(key, object.resourceVersion(), new RunEvent.Observed(object));
      } else if (response.status() == Refusals.NOT_FOUND) {
        mailbox.observe(key, "", new RunEvent.Vanished(key, ""));
      } else if (!warned) {
        warned = true;
        LOG.warn("{}", Refusals.explain(key.toString(), response));
      }
    }
  }

  private synchronized List<ObjectKey> watchedKeys() {
    return List.copyOf(keys);
  }

  /** Rests while no object is asked for; what was seen is then too old to be told. */
  private synchronized boolean isWanted() {
    while (keys.isEmpty() && stopped.getCount() > 0) {
      present.clear();
      version = "";
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return stopped.getCount() > 0;
  }

  private synchronized void wake() {
    notifyAll();
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
