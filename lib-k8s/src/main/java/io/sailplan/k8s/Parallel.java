package io.sailplan.k8s;

import io.sailplan.run.ClusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does several things at once, bounded. The calling thread works, too: so it never waits for an
 * executor whose only thread it may be.
 */
final class Parallel {
  private final Executor executor;
  private final int width;

  Parallel(Executor executor, int width) {
    this.executor = executor;
    this.width = width;
  }

  /**
   * Returns the results in the order of the items. After a failure nothing new is begun, what goes
   * on is waited for, and the failure of the first item that failed is thrown.
   */
  <A, B> List<B> map(List<A> items, Function<? super A, ? extends B> work) {
    Batch<A, B> batch = new Batch<>(items, work);
    for (int helper = 1; helper < Math.min(width, items.size()); helper++) {
      try {
        executor.execute(batch);
      } catch (RejectedExecutionException busy) {
        break; // the calling thread does the work
      }
    }
    return batch.result();
  }

  private static final class Batch<A, B> implements Runnable {
    private final List<A> items;
    private final Function<? super A, ? extends B> work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReferenceArray<@Nullable Object> results;
    private volatile boolean failed;

    Batch(List<A> items, Function<? super A, ? extends B> work) {
      this.items = items;
      this.work = work;
      this.open = new CountDownLatch(items.size());
      this.results = new AtomicReferenceArray<>(items.size());
    }

    @Override
    public void run() {
      for (int index = next.getAndIncrement();
          index < items.size();
          index = next.getAndIncrement()) {
        try {
          if (!failed) {
            results.set(index, work.apply(items.get(index)));
          }
        } catch (RuntimeException | Error failure) {
          results.set(index, new Failure(failure));
          failed = true;
        } finally {
          open.countDown();
        }
      }
    }

    List<B> result() {
      run();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterException("interrupted while the API server was asked", null);
      }
      List<B> list = new ArrayList<>();
      for (int index = 0; index < items.size(); index++) {
        Object result = results.get(index);
        if (result instanceof Failure failure) {
          failure.rethrow();
        }
        if (!failed) {
          list.add(cast(result));
        }
      }
      return list;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // every result was set by work
    private B cast(@Nullable Object result) {
      return (B) result;
    }
  }

  private record Failure(Throwable thrown) {
    void rethrow() {
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      throw (Error) thrown;
    }
  }
}
