package io.sailplan.k8s;

import io.sailplan.model.Look;
import io.sailplan.reconcile.ReconcileEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The watches of a reconciler: the members of all applications share one for each kind and
 * namespace, other objects have one each. Used by one thread.
 */
final class Sources implements AutoCloseable {
  private final Wire wire;
  private final Discovery discovery;
  private final Calls calls;
  private final Executor threads;
  private final Duration timeout;
  private final Consumer<ReconcileEvent> events;
  private final Map<Source, SourceLoop> loops = new LinkedHashMap<>();

  Sources(
      Wire wire,
      Discovery discovery,
      Calls calls,
      Executor threads,
      Duration timeout,
      Consumer<ReconcileEvent> events) {
    this.wire = wire;
    this.discovery = discovery;
    this.calls = calls;
    this.threads = threads;
    this.timeout = timeout;
    this.events = events;
  }

  void watch(Look look) {
    Source source = Source.of(look);
    SourceLoop running = loops.get(source);
    if (running != null) {
      running.add(look);
      return;
    }
    SourceLoop loop = new SourceLoop(source, wire, discovery, calls.child(), timeout, events);
    loop.add(look);
    loops.put(source, loop);
    threads.execute(loop);
  }

  void unwatch(Look look) {
    Source source = Source.of(look);
    SourceLoop loop = loops.get(source);
    if (loop != null && !loop.remove(look)) {
      loops.remove(source);
      end(loop);
    }
  }

  @Override
  public void close() {
    List.copyOf(loops.values()).forEach(this::end);
    loops.clear();
  }

  private void end(SourceLoop loop) {
    loop.stop();
    calls.release(loop.calls());
  }
}
