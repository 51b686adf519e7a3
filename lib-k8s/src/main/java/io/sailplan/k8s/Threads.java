package io.sailplan.k8s;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no program alive. */
final class Threads {
  private Threads() {}

  /** Returns virtual threads where there are any (Java 21), otherwise a pool that shrinks. */
  static ExecutorService forCalls() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException older) {
      return Executors.newCachedThreadPool(daemons());
    }
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "sailplan-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
