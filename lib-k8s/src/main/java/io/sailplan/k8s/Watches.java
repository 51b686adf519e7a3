package io.sailplan.k8s;

import io.sailplan.model.ObjectKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The watches of one run. Objects that share labels share a watch, which stays when the last of
 * them is let go: the next step mostly wants it again, and to begin it costs a list of them all.
 * Others have one each, until there are so many of a kind and namespace that one watch of all of it
 * is cheaper. Used by one thread.
 */
final class Watches implements AutoCloseable {
  private static final int SINGLES = 8;

  private final Wire wire;
  private final Discovery discovery;
  private final Mailbox mailbox;
  private final Calls calls;
  private final Executor threads;
  private final Duration timeout;
  private final Map<Selection, WatchLoop> loops = new LinkedHashMap<>();
  private final Map<ObjectKey, Selection> watched = new LinkedHashMap<>();

  Watches(
      Wire wire,
      Discovery discovery,
      Mailbox mailbox,
      Calls calls,
      Executor threads,
      Duration timeout) {
    this.wire = wire;
    this.discovery = discovery;
    this.mailbox = mailbox;
    this.calls = calls;
    this.threads = threads;
    this.timeout = timeout;
  }

  void watch(ObjectKey key, Map<String, String> labels) {
    if (watched.containsKey(key)) {
      unwatch(key); // perhaps with other labels; and the state is told again
    }
    Selection selection = labels.isEmpty() ? single(key) : Selection.ofMembers(key, labels);
    watched.put(key, selection);
    mailbox.watch(key);
    WatchLoop running = loops.get(selection);
    if (running != null) {
      running.add(key);
      return;
    }
    WatchLoop loop = new WatchLoop(selection, wire, discovery, mailbox, calls.child(), timeout);
    loop.add(key);
    loops.put(selection, loop);
    threads.execute(loop);
  }

  void unwatch(ObjectKey key) {
    Selection selection = watched.remove(key);
    mailbox.unwatch(key);
    WatchLoop loop = selection == null ? null : loops.get(selection);
    if (loop != null && !loop.remove(key) && !loop.isShared()) {
      loops.remove(selection);
      end(loop);
    }
  }

  @Override
  public void close() {
    List.copyOf(loops.values()).forEach(this::end);
    loops.clear();
  }

  private void end(WatchLoop loop) {
    loop.stop();
    calls.release(loop.calls());
  }

  private Selection single(ObjectKey key) {
    Selection all = Selection.ofKind(key);
    long singles =
        loops.keySet().stream()
            .filter(selection -> !selection.name().isEmpty())
            .filter(selection -> selection.kind().equals(key.groupKind()))
            .filter(selection -> selection.namespace().equals(key.namespace()))
            .count();
    return loops.containsKey(all) || singles >= SINGLES ? all : Selection.ofOne(key);
  }
}
