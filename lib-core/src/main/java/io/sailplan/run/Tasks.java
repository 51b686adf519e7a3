package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepVisitor;
import java.util.function.Function;

/** Chooses the task of a step. */
final class Tasks implements StepVisitor<StepTask> {
  private final StepRun run;

  private Tasks(StepRun run) {
    this.run = run;
  }

  static StepTask of(StepRun run) {
    return run.step().accept(new Tasks(run));
  }

  @Override
  public StepTask create(Step.Create step) {
    return filled(step.payload(), payload -> new CreateTask(run, payload, false));
  }

  @Override
  public StepTask apply(Step.Apply step) {
    return filled(step.payload(), payload -> apply(step, payload));
  }

  private StepTask apply(Step.Apply step, Manifest payload) {
    Precondition precondition = step.precondition();
    if (precondition instanceof Precondition.Unchanged unchanged) {
      return ApplyTask.unchanged(run, step, payload, unchanged);
    }
    if (precondition instanceof Precondition.SameObject same) {
      return withUid(same, uid -> ApplyTask.sameObject(run, step, payload, uid));
    }
    return new CreateTask(run, payload, step.force());
  }

  @Override
  public StepTask patch(Step.Patch step) {
    return withUid(step.precondition(), uid -> new PatchTask(run, step, uid));
  }

  @Override
  public StepTask delete(Step.Delete step) {
    if (step.precondition() instanceof Precondition.Unchanged unchanged) {
      return new DeleteTask(run, step, unchanged);
    }
    return withUid(
        (Precondition.SameObject) step.precondition(), uid -> new DeleteTask(run, step, uid));
  }

  @Override
  public StepTask awaitReady(Step.AwaitReady step) {
    return new AwaitReadyTask(run, step);
  }

  @Override
  public StepTask awaitGone(Step.AwaitGone step) {
    return new AwaitGoneTask(run, step);
  }

  @Override
  public StepTask unchanged(Step.Unchanged step) {
    return new Immediate(() -> run.end(StepStatus.UNCHANGED, ""));
  }

  @Override
  public StepTask gate(Step.Gate step) {
    return new Immediate(() -> run.succeed(""));
  }

  private StepTask withUid(Precondition.SameObject same, Function<String, StepTask> task) {
    String uid =
        same.uid().isEmpty()
            ? run.run().written(run.key()).map(LiveObject::uid).orElse("")
            : same.uid();
    return uid.isEmpty()
        ? new Immediate(
            () ->
                run.end(
                    StepStatus.FAILED,
                    run.name()
                        + " was to be made by an earlier step, but none did: the plan does not say"
                        + " which object is meant. Plan again."))
        : task.apply(uid);
  }

  private StepTask filled(Payload payload, Function<Manifest, StepTask> task) {
    return payload instanceof Payload.Template template
        ? new TemplateTask(run, template, task)
        : task.apply(payload.manifest());
  }

  /** Ends as soon as it begins. */
  private record Immediate(Runnable end) implements StepTask {
    @Override
    public void begin() {
      end.run();
    }

    @Override
    public void close(Closing closing) {
      // it has ended already
    }
  }
}
