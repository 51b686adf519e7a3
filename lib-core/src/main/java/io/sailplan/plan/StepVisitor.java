package io.sailplan.plan;

/**
 * One method for each kind of step, so that the compiler finds who forgot one. New kinds add
 * methods in minor releases.
 *
 * @param <R> what a visit yields
 */
public interface StepVisitor<R> {
  /** Visits a step that makes an object. */
  R create(Step.Create step);

  /** Visits a step that changes an object. */
  R apply(Step.Apply step);

  /** Visits a step that patches an object. */
  R patch(Step.Patch step);

  /** Visits a step that deletes an object. */
  R delete(Step.Delete step);

  /** Visits a step that waits for readiness. */
  R awaitReady(Step.AwaitReady step);

  /** Visits a step that waits until an object is gone. */
  R awaitGone(Step.AwaitGone step);

  /** Visits a step that does nothing. */
  R unchanged(Step.Unchanged step);

  /** Visits a step that lets others start. */
  R gate(Step.Gate step);
}
