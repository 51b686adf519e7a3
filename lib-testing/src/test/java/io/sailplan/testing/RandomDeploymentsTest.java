package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Operation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import io.sailplan.run.StepOutcome;
import io.sailplan.run.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What holds of random applications on a cluster where things go wrong at random. {@code
 * -Dsailplan.seeds=N} tries {@code N} times as many as one, {@code -Dsailplan.seed=S} only that
 * one.
 */
class RandomDeploymentsTest {
  private static final int MOST_RESOURCES = 30;

  @Test
  void whatever_goes_wrong_the_promises_hold() {
    Map<StepStatus, Integer> seen = new TreeMap<>();
    long tried = Seeds.forEach(1, seed -> troubled(seed, seen));
    if (tried >= 100) {
      assertThat(seen.keySet())
          .as("how steps ended, or the trouble was too little: %s", seen)
          .contains(
              StepStatus.SUCCEEDED,
              StepStatus.UNCHANGED,
              StepStatus.FAILED,
              StepStatus.TIMED_OUT,
              StepStatus.SKIPPED,
              StepStatus.CANCELLED);
    }
  }

  private static void troubled(long seed, Map<StepStatus, Integer> seen) {
    Random random = Seeds.random(seed, "run");
    RandomApplication application =
        new RandomApplication(seed, MOST_RESOURCES, random.nextBoolean());
    Voyage voyage = new Voyage();
    int percent = random.nextInt(4) * 8;
    int version = 1;
    if (random.nextBoolean()) {
      voyage.run(new Operation.Deploy(application.version(1)));
      version = 2;
    }
    Operation deploy = new Operation.Deploy(application.version(version));
    Plan plan = voyage.plan(deploy);
    RandomTrouble trouble = new RandomTrouble(voyage.cluster, seed, percent);
    Troubled troubled = run(voyage, plan, random);

    troubled.outcome().steps().forEach(step -> seen.merge(step.status(), 1, Integer::sum));
    everyStepEndsOnce(plan, troubled);
    assertThat(trouble.mostInFlight()).isLessThanOrEqualTo(troubled.options().concurrency());
    nothingNewAfter(troubled.cancelled(), trouble);
    Readily.nothingIsTouchedTooEarly(voyage, trouble, application, version);
    Readily.nothingIsCalledReadyThatWasNot(voyage, troubled.outcome(), application, version);
    assertThat(troubled.outcome().render()).doesNotContain("hunter");

    voyage.cluster.faults().clear();
    voyage.cluster.advance(Duration.ofMinutes(1));
    if (application.isHealthy()) {
      voyage.sail(deploy);
      Plan again = voyage.plan(deploy);
      assertThat(again.isEmpty()).as(again.render()).isTrue();
    }
    Operation delete = Operation.Delete.of(application.version(version));
    // Planned before the trouble: what a server lists is never stale unless it is asked for that.
    Plan deletion = voyage.plan(delete);
    RandomTrouble last = new RandomTrouble(voyage.cluster, seed + 1, percent);
    voyage.cluster.run(deletion, progress -> {});
    Readily.nothingIsDeletedTooEarly(voyage, last, application);
    voyage.cluster.faults().clear();
    voyage.cluster.advance(Duration.ofMinutes(1));
    voyage.sail(delete);
    voyage.cluster.advance(Duration.ofMinutes(1));
    assertThat(voyage.present()).isEqualTo(new Voyage().present());
  }

  /** How a run went. */
  private record Troubled(
      Outcome outcome, List<Progress> progress, RunOptions options, Instant cancelled) {}

  private static Troubled run(Voyage voyage, Plan plan, Random random) {
    RunOptions options = RunOptions.standard().concurrency(1 + random.nextInt(8));
    List<Progress> progress = new ArrayList<>();
    RunHandle handle = voyage.cluster.start(plan, options, progress::add);
    Instant cancelled = Instant.MAX;
    int cancelAt = random.nextInt(3) == 0 ? random.nextInt(20) : -1;
    for (int i = 0; i < 20; i++) {
      voyage.cluster.advance(Duration.ofMillis(1L << random.nextInt(12)));
      if (i == cancelAt) {
        handle.cancel();
        cancelled = voyage.cluster.now();
      }
      if (random.nextInt(4) == 0) {
        voyage.cluster.faults().cutWatchesFor(Duration.ofMillis(random.nextInt(8000)));
      }
    }
    return new Troubled(
        handle.outcome().toCompletableFuture().join(), progress, options, cancelled);
  }

  private static void everyStepEndsOnce(Plan plan, Troubled troubled) {
    assertThat(troubled.outcome().steps().stream().map(StepOutcome::step))
        .containsExactlyElementsOf(plan.steps());
    for (Step step : plan.steps()) {
      assertThat(troubled.progress())
          .filteredOn(event -> event.step().equals(step.id()))
          .filteredOn(event -> event.phase() == Progress.Phase.ENDED)
          .as("ends of " + step.id())
          .hasSize(1);
    }
  }

  private static void nothingNewAfter(Instant cancelled, RandomTrouble trouble) {
    assertThat(trouble.sent())
        .filteredOn(sent -> sent.at().isAfter(cancelled))
        .filteredOn(sent -> sent.request().isWrite())
        .as("writes after the cancellation at %s", cancelled)
        .isEmpty();
  }

  @Test
  void a_crash_after_any_request_of_a_deployment_does_not_change_the_end() {
    Seeds.forEach(
        10,
        seed -> {
          RandomApplication application = new RandomApplication(seed, size(seed), true);
          Operation deploy = new Operation.Deploy(application.version(1));
          Crashes.everywhere(seed, deploy, Voyage::new, voyage -> {});
        });
  }

  @Test
  void a_crash_after_any_request_of_an_update_does_not_change_the_end() {
    Seeds.forEach(
        10,
        seed -> {
          RandomApplication application = new RandomApplication(seed, size(seed), true);
          Operation first = new Operation.Deploy(application.version(1));
          Operation second = new Operation.Deploy(application.version(2));
          Crashes.everywhere(seed, second, () -> new Voyage().sail(first), voyage -> {});
        });
  }

  @Test
  void a_crash_after_any_request_of_a_deletion_does_not_change_the_end() {
    Seeds.forEach(
        10,
        seed -> {
          RandomApplication application = new RandomApplication(seed, size(seed), true);
          Operation deploy = new Operation.Deploy(application.version(1));
          Operation delete = Operation.Delete.of(application.version(1));
          Crashes.everywhere(seed, delete, () -> new Voyage().sail(deploy), voyage -> {});
          Voyage gone = new Voyage().sail(deploy).sail(delete);
          assertThat(gone.present()).isEqualTo(new Voyage().present());
        });
  }

  private static int size(long seed) {
    return seed % 10 == 9 ? MOST_RESOURCES : 6;
  }
}
