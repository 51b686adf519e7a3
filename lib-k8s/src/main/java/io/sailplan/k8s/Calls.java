package io.sailplan.k8s;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.Call;

/** The calls in flight that end together. Safe for use by several threads. */
final class Calls {
  private final Set<Call> open = new LinkedHashSet<>();
  private final Set<Calls> children = new LinkedHashSet<>();
  private boolean cancelled;

  /** Returns calls that end with these, or earlier; they must be released. */
  synchronized Calls child() {
    Calls child = new Calls();
    if (cancelled) {
      child.cancel();
    } else {
      children.add(child);
    }
    return child;
  }

  /** Forgets a child that is not used any more. */
  synchronized void release(Calls child) {
    children.remove(child);
  }

  void begin(Call call) {
    synchronized (this) {
      if (!cancelled) {
        open.add(call);
        return;
      }
    }
    call.cancel();
  }

  synchronized void end(Call call) {
    open.remove(call);
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Ends all calls, and each that begins from now on. */
  void cancel() {
    List<Call> calls;
    List<Calls> below;
    synchronized (this) {
      cancelled = true;
      calls = List.copyOf(open);
      below = List.copyOf(children);
    }
    calls.forEach(Call::cancel);
    below.forEach(Calls::cancel);
  }
}
