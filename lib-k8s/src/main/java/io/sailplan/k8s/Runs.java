package io.sailplan.k8s;

import io.sailplan.run.ClusterException;
import io.sailplan.run.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The runs that go on. Safe for use by several threads. */
final class Runs {
  /** What a run may need to find its end once everything in flight has ended. */
  private static final Duration WIND_DOWN = Duration.ofSeconds(2);

  private final Map<Shell, Duration> open = new LinkedHashMap<>();
  private boolean closed;

  /** Lets a run go on in a thread of {@code threads}. */
  void start(Shell shell, Duration grace, Executor threads, Runnable atEnd) {
    synchronized (this) {
      if (closed) {
        throw new ClusterException("the cluster is closed", null);
      }
      open.put(shell, grace);
      // Under the lock, so that closing cannot come in between.
      threads.execute(
          () -> {
            try {
              shell.run();
            } finally {
              end(shell);
              atEnd.run();
            }
          });
    }
  }

  /** Waits for the end; an interrupt cancels the run, and is not forgotten. */
  static Outcome await(Shell shell) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return shell.future().get();
        } catch (InterruptedException e) {
          interrupted = true;
          shell.cancel();
        } catch (ExecutionException e) {
          // Thrown anew, so that the trace shows who waited.
          Throwable cause = e.getCause();
          String why = cause instanceof ClusterException ? cause.getMessage() : null;
          throw new ClusterException(why == null ? "the run broke off" : why, cause);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Cancels all runs, and waits for them as long as each allows. */
  void close() {
    Map<Shell, Duration> runs;
    synchronized (this) {
      closed = true;
      runs = new LinkedHashMap<>(open);
    }
    runs.keySet().forEach(Shell::cancel);
    runs.forEach(
        (shell, grace) -> {
          if (!shell.isDrivenHere() && !ends(shell.future(), grace.plus(WIND_DOWN))) {
            shell.abort();
            ends(shell.future(), WIND_DOWN);
          }
        });
  }

  private synchronized void end(Shell shell) {
    open.remove(shell);
  }

  private static boolean ends(CompletableFuture<Outcome> outcome, Duration patience) {
    try {
      outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
