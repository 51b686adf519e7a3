package io.sailplan.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What holds of every run. {@code -Dsailplan.seeds=N} tries N hundred random runs, {@code
 * -Dsailplan.seed=S} only that one.
 */
class RunPropertyTest {
  private static final Set<StepStatus> FAILURES =
      EnumSet.of(StepStatus.FAILED, StepStatus.TIMED_OUT, StepStatus.STALE, StepStatus.UNKNOWN);

  @Test
  void whatever_happens_the_promises_hold() {
    Long one = Long.getLong("sailplan.seed");
    long first = one == null ? 0 : one;
    long count = one == null ? 100L * Integer.getInteger("sailplan.seeds", 20) : 1;
    Map<StepStatus, Integer> seen = new LinkedHashMap<>();
    for (long seed = first; seed < first + count; seed++) {
      try {
        check(seed, seen);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    if (count > 1000) {
      assertThat(seen.keySet())
          .as("every way to end occurs, or the worlds are too kind: %s", seen)
          .contains(StepStatus.values());
    }
  }

  private static void check(long seed, Map<StepStatus, Integer> seen) {
    RandomRun random = new RandomRun(seed);
    Outcome outcome = random.world.run();
    outcome.steps().forEach(step -> seen.merge(step.status(), 1, Integer::sum));
    everyStepEndsOnce(random, outcome);
    nothingStartsTooEarly(random);
    rescuesAreForFailures(outcome);
    boundsAreKept(random);
    outcomesAreTrue(random, outcome);
    if (seed % 20 == 0) {
      RandomRun again = new RandomRun(seed);
      Outcome same = again.world.run();
      assertThat(withoutEnd(again)).as("the same again").isEqualTo(withoutEnd(random));
      assertThat(same.steps()).as("the same again").isEqualTo(outcome.steps());
      assertThat(same.render()).as("the same again").isEqualTo(outcome.render());
    }
  }

  private static List<RunAction> withoutEnd(RandomRun random) {
    return random.world.actions.subList(0, random.world.actions.size() - 1);
  }

  private static void everyStepEndsOnce(RandomRun random, Outcome outcome) {
    assertThat(outcome.steps().stream().map(StepOutcome::step).toList())
        .isEqualTo(random.plan.steps());
    for (Step step : random.plan.steps()) {
      assertThat(
              random.world.progress.stream()
                  .filter(event -> event.step().equals(step.id()))
                  .filter(event -> event.phase() == Progress.Phase.ENDED))
          .as("ends of %s", step.id())
          .hasSize(1);
    }
    List<RunAction> actions = random.world.actions;
    assertThat(actions.stream().filter(RunAction.Finish.class::isInstance)).hasSize(1);
    assertThat(actions.get(actions.size() - 1)).isInstanceOf(RunAction.Finish.class);
  }

  private static void nothingStartsTooEarly(RandomRun random) {
    TreeSet<String> good = new TreeSet<>();
    TreeSet<String> ended = new TreeSet<>();
    for (Progress event : random.world.progress) {
      if (event.phase() == Progress.Phase.STARTED) {
        Step step = random.plan.step(event.step()).orElseThrow();
        assertThat(isRescue(step) ? ended : good)
            .as("what %s needs", event.step())
            .containsAll(step.after());
      } else if (event.phase() == Progress.Phase.ENDED) {
        ended.add(event.step());
        if (event.message().startsWith("SUCCEEDED") || event.message().startsWith("UNCHANGED")) {
          good.add(event.step());
        }
      }
    }
  }

  private static boolean isRescue(Step step) {
    return step instanceof Step.Gate gate && gate.opens() == Step.Gate.Opens.ANY_FAILED;
  }

  /** What is there for failures is done if one of them failed by itself, and else is not. */
  private static void rescuesAreForFailures(Outcome outcome) {
    for (StepOutcome gate : outcome.steps()) {
      if (isRescue(gate.step()) && gate.status() != StepStatus.CANCELLED) {
        boolean failed =
            gate.step().after().stream()
                .map(id -> outcome.step(id).orElseThrow().status())
                .anyMatch(FAILURES::contains);
        assertThat(gate.status() == StepStatus.SUCCEEDED).as("%s", gate).isEqualTo(failed);
      }
    }
  }

  private static void boundsAreKept(RandomRun random) {
    assertThat(random.world.mostInFlight).isLessThanOrEqualTo(random.options.concurrency());
    assertThat(random.world.writesAfterCancel).as("writes after the cancellation").isZero();
    List<ObjectKey> watched = new ArrayList<>();
    for (RunAction action : random.world.actions) {
      if (action instanceof RunAction.Watch watch) {
        assertThat(watched).as("watched twice").doesNotContain(watch.key());
        watched.add(watch.key());
      } else if (action instanceof RunAction.Unwatch unwatch) {
        assertThat(watched.remove(unwatch.key())).as("unwatched").isTrue();
      }
    }
    assertThat(watched).as("still watched").isEmpty();
  }

  private static void outcomesAreTrue(RandomRun random, Outcome outcome) {
    for (StepOutcome step : outcome.steps()) {
      ObjectKey key = step.step().target().key();
      LiveObject live = random.world.server.find(key);
      String value = live == null ? "" : live.manifest().string("data", "a");
      boolean good = step.status() == StepStatus.SUCCEEDED;
      boolean writesAll =
          step.step().kind() == StepKind.CREATE || step.step().kind() == StepKind.APPLY;
      if (step.status() == StepStatus.SKIPPED) {
        assertThat(step.attempts()).isZero();
      }
      if (good && step.step() instanceof Step.AwaitReady) {
        assertThat(random.madeReady).as("what was ready when %s ended", step).contains(key);
      }
      if (random.foreign.contains(key) && live != null && writesAll) {
        assertThat(value.equals(RandomRun.FOREIGN) || !good)
            .as("the write of somebody else, after %s", step)
            .isTrue();
      }
      if (!random.interference && step.status() != StepStatus.UNKNOWN) {
        switch (step.step().kind()) {
          case CREATE -> assertThat(live != null).as("%s", step).isEqualTo(good);
          case APPLY -> assertThat(value.equals("new")).as("%s", step).isEqualTo(good);
          case DELETE -> assertThat(live == null).as("%s", step).isEqualTo(good);
          case PATCH ->
              assertThat(live != null && live.manifest().get("data", "p") != null)
                  .as("%s", step)
                  .isEqualTo(good);
          case AWAIT_GONE -> assertThat(live == null || !good).as("%s", step).isTrue();
          default -> assertThat(step.explanation()).isNotNull();
        }
      }
    }
  }
}
