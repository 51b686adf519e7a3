package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests a plan takes, step by step. Foretold for a server that answers and serves what
 * it promises: what is sent again because an answer was lost, or asked for patience, comes on top,
 * and so does what is read to explain a failure.
 *
 * @param steps by the id of each step, in the order of the plan
 */
public record PlanRequests(Map<String, StepRequests> steps) {

  /** Copies the map; its order stays. */
  public PlanRequests {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /**
   * What one step takes.
   *
   * @param typical if nobody else has a hand in it. Writes are exact for every step that succeeds
   * @param most with all writes of others that a step puts up with; nothing succeeds with more
   */
  public record StepRequests(RequestCount typical, RequestCount most) {
    /** Checks that nothing is null. */
    public StepRequests {
      requireNonNull(typical, "typical");
      requireNonNull(most, "most");
    }
  }

  /** Returns what the whole plan takes if nobody else has a hand in it. */
  public RequestCount typical() {
    return steps.values().stream()
        .map(StepRequests::typical)
        .reduce(RequestCount.NONE, RequestCount::plus);
  }

  /** Returns what the whole plan takes at the most. */
  public RequestCount most() {
    return steps.values().stream()
        .map(StepRequests::most)
        .reduce(RequestCount.NONE, RequestCount::plus);
  }

  static PlanRequests of(Plan plan) {
    Map<String, StepRequests> steps = new LinkedHashMap<>();
    plan.steps().forEach(step -> steps.put(step.id(), step.accept(new Counter())));
    return new PlanRequests(steps);
  }

  /** Knows how the run carries out each kind of step. */
  private static final class Counter implements StepVisitor<StepRequests> {
    private static final StepRequests NOTHING =
        new StepRequests(RequestCount.NONE, RequestCount.NONE);

    /** A write that meets another one is followed by a read, and repeated. */
    private static final int COLLISIONS = 5;

    @Override
    public StepRequests create(Step.Create step) {
      return write(1, 1);
    }

    @Override
    public StepRequests apply(Step.Apply step) {
      return step.precondition() instanceof Precondition.Absent
          ? write(1, 1)
          : write(1 + COLLISIONS, 1 + COLLISIONS);
    }

    @Override
    public StepRequests patch(Step.Patch step) {
      return write(1 + COLLISIONS, 1 + COLLISIONS);
    }

    @Override
    public StepRequests delete(Step.Delete step) {
      return step.precondition() instanceof Precondition.Unchanged
          ? write(1 + COLLISIONS, 1 + COLLISIONS)
          : write(1, 1);
    }

    /** It may rest on another object, such as a claim on its StorageClass. */
    @Override
    public StepRequests awaitReady(Step.AwaitReady step) {
      return new StepRequests(new RequestCount(0, 0, 1), new RequestCount(0, 2, 1));
    }

    /** What vanishes from a watch by a label may only have lost the label: it is read. */
    @Override
    public StepRequests awaitGone(Step.AwaitGone step) {
      return new StepRequests(new RequestCount(0, 1, 1), new RequestCount(0, 2, 1));
    }

    @Override
    public StepRequests unchanged(Step.Unchanged step) {
      return NOTHING;
    }

    @Override
    public StepRequests gate(Step.Gate step) {
      return NOTHING;
    }

    private static StepRequests write(int mostWrites, int mostReads) {
      return new StepRequests(
          new RequestCount(1, 0, 0), new RequestCount(mostWrites, mostReads, 0));
    }
  }
}
