package io.sailplan.plan;

import io.sailplan.model.ApiResources;
import io.sailplan.model.Manifest;
import java.util.List;

/**
 * Makes like steps of steps: what is sent and compared may become something else, all else stays.
 */
abstract class StepMapper implements StepVisitor<Step> {

  abstract Manifest manifest(Target target, Manifest manifest);

  abstract PatchOperation operation(Target target, PatchOperation operation);

  abstract Precondition.Unchanged unchanged(Target target, Precondition.Unchanged precondition);

  abstract List<FieldChange> changes(Target target, List<FieldChange> changes);

  /** Returns the plan, step by step made anew. */
  final Plan map(Plan plan) {
    return Plan.of(
            plan.operation(),
            plan.steps().stream().map(step -> step.accept(this)).toList(),
            plan.warnings())
        .servedAs(ApiResources.of(plan.kinds()));
  }

  @Override
  public final Step create(Step.Create step) {
    return new Step.Create(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        payload(step.target(), step.payload()),
        changes(step.target(), step.changes()));
  }

  @Override
  public final Step apply(Step.Apply step) {
    return new Step.Apply(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        payload(step.target(), step.payload()),
        changes(step.target(), step.changes()),
        precondition(step.target(), step.precondition()),
        step.force());
  }

  @Override
  public final Step patch(Step.Patch step) {
    return new Step.Patch(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        step.operations().stream().map(one -> operation(step.target(), one)).toList(),
        step.precondition(),
        changes(step.target(), step.changes()));
  }

  @Override
  public final Step delete(Step.Delete step) {
    return new Step.Delete(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        precondition(step.target(), step.precondition()),
        step.propagation());
  }

  @Override
  public final Step awaitReady(Step.AwaitReady step) {
    return step;
  }

  @Override
  public final Step awaitGone(Step.AwaitGone step) {
    return step;
  }

  @Override
  public final Step unchanged(Step.Unchanged step) {
    return step;
  }

  @Override
  public final Step gate(Step.Gate step) {
    return step;
  }

  private Precondition precondition(Target target, Precondition precondition) {
    return precondition instanceof Precondition.Unchanged unchanged
        ? unchanged(target, unchanged)
        : precondition;
  }

  private Payload payload(Target target, Payload payload) {
    Manifest mapped = manifest(target, payload.manifest());
    return payload instanceof Payload.Template template
        ? template.withManifest(mapped)
        : new Payload.Literal(mapped);
  }
}
