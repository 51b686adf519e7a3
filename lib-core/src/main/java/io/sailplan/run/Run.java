package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan as a state machine without I/O: it is told what happened, and answers what to
 * do next. The same events at the same times always give the same actions.
 *
 * <p>Steps start as soon as all that they come after have ended well, and, among those that could,
 * in the order of the plan. A step that ends badly takes those along that need it, unless a gate
 * opens for them just then; all others go on. No more requests are in flight than {@link
 * RunOptions#concurrency()} allows. After {@link RunEvent.Cancelled} nothing is written any more;
 * what is in flight is seen to its end.
 *
 * <p>An adapter that dies simply drops its run: everything that matters is in the cluster, and a
 * new plan goes on from there.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Run {
  private final RunContext context;
  private final Agenda agenda;
  private @Nullable Instant started;
  private @Nullable Instant wake;
  private @Nullable Outcome outcome;
  private boolean cancelled;

  private Run(Plan plan, RunOptions options) {
    this.context = new RunContext(plan, options);
    this.agenda = new Agenda(plan, context);
  }

  /** Returns a run that has not started. */
  public static Run of(Plan plan, RunOptions options) {
    return new Run(requireNonNull(plan, "plan"), requireNonNull(options, "options"));
  }

  /**
   * Starts, and returns the first actions, to be carried out in their order.
   *
   * @param now the present time
   * @throws IllegalStateException if it has started already
   */
  public List<RunAction> start(Instant now) {
    if (started != null) {
      throw new IllegalStateException("the run has started already");
    }
    started = requireNonNull(now, "now");
    context.now(now);
    return goOn();
  }

  /**
   * Takes in what happened, and returns the next actions, to be carried out in their order. After
   * the end there are none.
   *
   * @param event what happened
   * @param now the present time; one before an earlier one counts as that one
   * @throws IllegalStateException if it has not started
   * @throws IllegalArgumentException if the event answers a request that was never sent
   */
  public List<RunAction> handle(RunEvent event, Instant now) {
    requireNonNull(event, "event");
    if (started == null) {
      throw new IllegalStateException("the run has not started");
    }
    if (outcome != null) {
      return List.of();
    }
    context.now(requireNonNull(now, "now"));
    // What happened counts before the time at which it did: an answer at the last moment is one.
    if (event instanceof RunEvent.Answered answered) {
      context.requests().ended(answered.request(), Reply.answered(answered.response()));
    } else if (event instanceof RunEvent.Lost lost) {
      context.requests().ended(lost.request(), Reply.lost(lost.reason()));
    } else if (event instanceof RunEvent.Observed observed) {
      context.watches().tell(observed.object().key(), observed);
    } else if (event instanceof RunEvent.Vanished vanished) {
      context.watches().tell(vanished.key(), vanished);
    } else if (event instanceof RunEvent.Cancelled) {
      cancel();
    }
    return goOn();
  }

  /** Returns whether nothing more will happen. */
  public boolean isDone() {
    return outcome != null;
  }

  /**
   * Returns how it ended.
   *
   * @throws IllegalStateException if it has not ended
   */
  public Outcome outcome() {
    if (outcome == null) {
      throw new IllegalStateException("the run has not ended");
    }
    return outcome;
  }

  private List<RunAction> goOn() {
    boolean moved = true;
    while (moved) {
      moved = runTimers();
      moved |= agenda.begin(context.requests(), this::look);
      context.requests().send(context::act);
    }
    if (agenda.isDone()) {
      finish();
    } else {
      wakeUp();
    }
    return context.takeActions();
  }

  private boolean runTimers() {
    boolean moved = false;
    for (Runnable due = context.timers().due(context.now());
        due != null;
        due = context.timers().due(context.now())) {
      due.run();
      moved = true;
    }
    return moved;
  }

  /** Starts or skips the step if it can be. */
  private Agenda.Look look(StepRun step) {
    if (step.step() instanceof Step.Gate gate && gate.opens() == Step.Gate.Opens.ANY_FAILED) {
      return lookAtRescue(step);
    }
    boolean ready = true;
    for (String id : step.step().after()) {
      StepRun before = agenda.step(id);
      if (before.isEnded() && before.outcome().status() == StepStatus.NOT_NEEDED) {
        step.end(StepStatus.NOT_NEEDED, "");
        return Agenda.Look.BEGUN;
      }
      if (before.isEnded() && !before.isGood()) {
        step.end(StepStatus.SKIPPED, Wording.skipped(root(before).outcome()));
        return Agenda.Look.BEGUN;
      }
      ready &= before.isEnded();
    }
    if (!ready) {
      return Agenda.Look.NOT_YET;
    }
    StepTask task = Tasks.of(step);
    if (task instanceof WriteTask && !context.requests().hasRoom()) {
      return Agenda.Look.NO_ROOM;
    }
    step.start(task);
    return Agenda.Look.BEGUN;
  }

  /** Opens the gate to what is done about a failure, once it is known whether there was one. */
  private Agenda.Look lookAtRescue(StepRun gate) {
    List<StepRun> before = gate.step().after().stream().map(agenda::step).toList();
    if (!before.stream().allMatch(StepRun::isEnded)) {
      return Agenda.Look.NOT_YET;
    }
    boolean failed =
        before.stream()
            .anyMatch(step -> !step.isGood() && step.outcome().status() != StepStatus.SKIPPED);
    if (failed) {
      gate.start(Tasks.of(gate));
    } else {
      gate.end(StepStatus.NOT_NEEDED, "");
    }
    return Agenda.Look.BEGUN;
  }

  /** Returns the step that failed by itself. */
  private StepRun root(StepRun step) {
    StepRun at = step;
    while (at.outcome().status() == StepStatus.SKIPPED) {
      Optional<StepRun> cause =
          at.step().after().stream()
              .map(agenda::step)
              .filter(before -> before.isEnded() && !before.isGood())
              .findFirst();
      if (cause.isEmpty()) {
        return at;
      }
      at = cause.get();
    }
    return at;
  }

  private void cancel() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    for (StepRun step : agenda.unstarted()) {
      step.end(StepStatus.CANCELLED, "The run was cancelled before it began.");
    }
    agenda.steps().forEach(step -> step.close(StepStatus.CANCELLED));
  }

  private void wakeUp() {
    if (wake != null && !wake.isAfter(context.now())) {
      wake = null;
    }
    Instant next = context.timers().next().orElse(null);
    if (next != null && (wake == null || !next.equals(wake))) {
      wake = next;
      context.act(new RunAction.Wake(next));
    }
  }

  private void finish() {
    outcome =
        new Outcome(
            context.plan(),
            agenda.steps().stream().map(StepRun::outcome).toList(),
            cancelled,
            Duration.between(requireNonNull(started), context.now()));
    context.act(new RunAction.Finish(outcome));
  }
}
