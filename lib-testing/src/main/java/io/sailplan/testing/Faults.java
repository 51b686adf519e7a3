package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.run.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong between clients and a {@link SimulatedCluster}; its own controllers are never
 * touched. Of several rules that match a request, the first that was made counts. Not safe for use
 * by several threads.
 *
 * <pre>{@code
 * cluster.faults().onWrite(2).happens(Fault.lostAfter());
 * cluster.faults().crashAfter(5);
 * }</pre>
 */
public final class Faults {
  private final Timeline timeline;
  private final List<Rule> rules = new ArrayList<>();
  private long sent;
  private long crashAt;
  private Instant watchesBackAt = Instant.MIN;

  Faults(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * Selects one request, counted from now on.
   *
   * @throws IllegalArgumentException if {@code number} is not positive
   */
  public Selection onRequest(long number) {
    return selection(new Nth(request -> true, number));
  }

  /**
   * Selects one request that writes, counted from now on.
   *
   * @throws IllegalArgumentException if {@code number} is not positive
   */
  public Selection onWrite(long number) {
    return selection(new Nth(Request::isWrite, number));
  }

  /** Selects the first request, from now on, that meets a test. */
  public Selection onFirst(Predicate<? super Request> test) {
    return selection(new Nth(requireNonNull(test, "test")::test, 1));
  }

  /** Selects all requests that meet a test. */
  public Selection onEvery(Predicate<? super Request> test) {
    return selection(requireNonNull(test, "test")::test);
  }

  /**
   * Selects requests by chance.
   *
   * @param probability from 0 to 1
   * @param seed the same seed makes the same choice
   * @throws IllegalArgumentException if {@code probability} is out of range
   */
  public Selection sometimes(double probability, long seed) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1: " + probability);
    }
    SplittableRandom random = new SplittableRandom(seed);
    return selection(request -> random.nextDouble() < probability);
  }

  /**
   * Lets the client die after its {@code requests}-th request from now on: that request still takes
   * effect, as do those in flight, but nothing comes back, and what the client was doing ends with
   * a {@link ClientCrash}.
   *
   * @throws IllegalArgumentException if {@code requests} is not positive
   */
  public void crashAfter(long requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("requests must be positive: " + requests);
    }
    crashAt = sent + requests;
  }

  /**
   * Cuts all watches for {@code time}: what happens meanwhile is not told; afterwards the state of
   * then is.
   */
  public void cutWatchesFor(Duration time) {
    watchesBackAt = timeline.now().plus(time);
  }

  /** Takes back all rules, the crash, and cuts of watches. */
  public void clear() {
    rules.clear();
    crashAt = 0;
    watchesBackAt = Instant.MIN;
  }

  /** Counts a request, and returns what goes wrong with it; null if nothing does. */
  @Nullable Fault next(Request request) {
    sent++;
    Fault found = null;
    for (Rule rule : rules) {
      if (rule.test().test(request) && found == null) {
        found = rule.fault();
      }
    }
    return found;
  }

  /** Returns whether the client dies with the request that was counted last. */
  boolean isCrash() {
    if (crashAt > 0 && sent >= crashAt) {
      crashAt = 0;
      return true;
    }
    return false;
  }

  long sent() {
    return sent;
  }

  /** Returns when the watches are back; in the past if they are not cut. */
  Instant watchesBackAt() {
    return watchesBackAt;
  }

  private Selection selection(Predicate<Request> test) {
    return new Selection(test);
  }

  private record Rule(Predicate<Request> test, Fault fault) {}

  /** True for the n-th request that meets a test. */
  private static final class Nth implements Predicate<Request> {
    private final Predicate<Request> test;
    private final long number;
    private long met;

    Nth(Predicate<Request> test, long number) {
      if (number < 1) {
        throw new IllegalArgumentException("number must be positive: " + number);
      }
      this.test = test;
      this.number = number;
    }

    @Override
    public boolean test(Request request) {
      return test.test(request) && ++met == number;
    }
  }

  /** Some requests, all of them to come. */
  public final class Selection {
    private final Predicate<Request> test;

    private Selection(Predicate<Request> test) {
      this.test = test;
    }

    /** Lets this happen to them. */
    public void happens(Fault fault) {
      rules.add(new Rule(test, requireNonNull(fault, "fault")));
    }
  }
}
