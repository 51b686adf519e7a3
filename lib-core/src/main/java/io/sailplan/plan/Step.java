package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ReadinessRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a plan does. Ids are unique in the plan and readable, such as {@code create
 * Deployment/api}.
 *
 * <p>New kinds of steps will come with new releases: do not implement it.
 */
public sealed interface Step {

  /** Returns its id, unique in the plan. */
  String id();

  /** Returns the object it is about. */
  Target target();

  /** Returns why it is there, as part of a sentence. */
  String reason();

  /**
   * Returns the ids of the steps that must have succeeded before it starts, ordered; a {@link Gate}
   * may ask for something else.
   */
  List<String> after();

  /** Returns how long it may take, retries included, from its start. */
  Duration deadline();

  /** Returns its kind. */
  StepKind kind();

  /** Returns what {@code visitor} makes of it. */
  <R> R accept(StepVisitor<R> visitor);

  /**
   * Makes an object that must not exist.
   *
   * @param id its id
   * @param target the object
   * @param reason why
   * @param after the steps it needs
   * @param deadline how long it may take
   * @param payload what to send
   * @param changes what it does to each field
   */
  record Create(
      String id,
      Target target,
      String reason,
      List<String> after,
      Duration deadline,
      Payload payload,
      List<FieldChange> changes)
      implements Step {
    /** The reason of nearly every creation. */
    public static final String ABSENT = "it does not exist";

    /** Copies the lists and checks that nothing is null. */
    public Create {
      Steps.check(id, target, reason, deadline);
      after = List.copyOf(after);
      requireNonNull(payload, "payload");
      changes = List.copyOf(changes);
    }

    @Override
    public StepKind kind() {
      return StepKind.CREATE;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.create(this);
    }
  }

  /**
   * Changes an object that must exist.
   *
   * @param id its id
   * @param target the object
   * @param reason why
   * @param after the steps it needs
   * @param deadline how long it may take
   * @param payload what to send
   * @param changes what it does to each field
   * @param precondition what must still be true
   * @param force whether fields are taken from other managers
   */
  record Apply(
      String id,
      Target target,
      String reason,
      List<String> after,
      Duration deadline,
      Payload payload,
      List<FieldChange> changes,
      Precondition precondition,
      boolean force)
      implements Step {
    /** Copies the lists and checks that nothing is null. */
    public Apply {
      Steps.check(id, target, reason, deadline);
      after = List.copyOf(after);
      requireNonNull(payload, "payload");
      changes = List.copyOf(changes);
      requireNonNull(precondition, "precondition");
    }

    @Override
    public StepKind kind() {
      return StepKind.APPLY;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.apply(this);
    }
  }

  /**
   * Changes single fields by a JSON patch that tests the object's UID first.
   *
   * @param id its id
   * @param target the object
   * @param reason why
   * @param after the steps it needs
   * @param deadline how long it may take
   * @param operations the patch, without the test of the UID
   * @param precondition what must still be true
   * @param changes what it does to each field
   */
  record Patch(
      String id,
      Target target,
      String reason,
      List<String> after,
      Duration deadline,
      List<PatchOperation> operations,
      Precondition.SameObject precondition,
      List<FieldChange> changes)
      implements Step {
    /** Copies the lists and checks that nothing is null. */
    public Patch {
      Steps.check(id, target, reason, deadline);
      after = List.copyOf(after);
      operations = List.copyOf(operations);
      requireNonNull(precondition, "precondition");
      changes = List.copyOf(changes);
    }

    @Override
    public StepKind kind() {
      return StepKind.PATCH;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.patch(this);
    }
  }

  /**
   * Deletes an object; succeeds at once if it is gone.
   *
   * @param id its id
   * @param target the object
   * @param reason why
   * @param after the steps it needs
   * @param deadline how long it may take
   * @param precondition which object: {@link Precondition.SameObject}, or {@link
   *     Precondition.Unchanged} with a fingerprint of the whole object, as what was decided depends
   *     on what it holds
   * @param propagation what becomes of the objects it owns
   */
  record Delete(
      String id,
      Target target,
      String reason,
      List<String> after,
      Duration deadline,
      Precondition precondition,
      Propagation propagation)
      implements Step {
    /** Copies the list and checks that nothing is null. */
    public Delete {
      Steps.check(id, target, reason, deadline);
      after = List.copyOf(after);
      requireNonNull(precondition, "precondition");
      if (precondition instanceof Precondition.Absent) {
        throw new IllegalArgumentException("precondition must say which object is meant");
      }
      requireNonNull(propagation, "propagation");
    }

    @Override
    public StepKind kind() {
      return StepKind.DELETE;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.delete(this);
    }
  }

  /**
   * Waits until an object is ready.
   *
   * @param id its id
   * @param target the object
   * @param reason why
   * @param after the steps it needs
   * @param deadline how long it may take
   * @param rule the author's readiness rule; null for the built-in ones
   * @param quietPeriod how long an object that says nothing of its state is waited for, before it
   *     counts as ready
   * @param goneIsDone whether an object that is gone has done its work: a Job that removes itself
   * @param uid the UID of the object if it existed at plan time; empty if an earlier step makes it
   */
  record AwaitReady(
      String id,
      Target target,
      String reason,
      List<String> after,
      Duration deadline,
      @Nullable ReadinessRule rule,
      Duration quietPeriod,
      boolean goneIsDone,
      String uid)
      implements Step {
    /** Copies the list and checks that nothing but the rule is null. */
    public AwaitReady {
      Steps.check(id, target, reason, deadline);
      after = List.copyOf(after);
      requireNonNull(quietPeriod, "quietPeriod");
      requireNonNull(uid, "uid");
    }

    @Override
    public StepKind kind() {
      return StepKind.AWAIT_READY;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.awaitReady(this);
    }
  }

  /**
   * Waits until an object is gone.
   *
   * @param id its id
   * @param target the object
   * @param reason why
   * @param after the steps it needs
   * @param deadline how long it may take
   * @param uid the UID of the object; another object of the same name means that this one is gone
   */
  record AwaitGone(
      String id, Target target, String reason, List<String> after, Duration deadline, String uid)
      implements Step {
    /** Copies the list and checks that nothing is null. */
    public AwaitGone {
      Steps.check(id, target, reason, deadline);
      after = List.copyOf(after);
      requireNonNull(uid, "uid");
    }

    @Override
    public StepKind kind() {
      return StepKind.AWAIT_GONE;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.awaitGone(this);
    }
  }

  /**
   * Does nothing, and sends nothing: the object is as declared, or is left alone for the given
   * reason.
   *
   * @param id its id
   * @param target the object
   * @param reason why nothing has to be done
   * @param after the steps it needs
   * @param kept whether it would go, but for the reason: people want to be told
   */
  record Unchanged(String id, Target target, String reason, List<String> after, boolean kept)
      implements Step {
    /** Copies the list and checks that nothing is null. */
    public Unchanged {
      Steps.check(id, target, reason, Duration.ZERO);
      after = List.copyOf(after);
    }

    @Override
    public Duration deadline() {
      return Duration.ZERO;
    }

    @Override
    public StepKind kind() {
      return StepKind.UNCHANGED;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.unchanged(this);
    }
  }

  /**
   * Sends nothing: lets the steps after it start once enough is known of those before it. So many
   * steps that wait for many others need no line from each to each, and something can be done about
   * a failure.
   *
   * @param id its id
   * @param target what stands for the whole application
   * @param reason what it waits for, as part of a sentence
   * @param after the steps it looks at
   * @param opens when it opens
   */
  record Gate(String id, Target target, String reason, List<String> after, Opens opens)
      implements Step {

    /** When a gate opens. */
    public enum Opens {
      /** When all steps before it have succeeded; otherwise what comes after it is skipped. */
      ALL_SUCCEEDED,
      /**
       * When all steps before it have ended, and at least one of them has failed by itself;
       * otherwise what comes after it is not needed. Never, if the run was cancelled.
       */
      ANY_FAILED
    }

    /** Copies the list and checks that nothing is null. */
    public Gate {
      Steps.check(id, target, reason, Duration.ZERO);
      after = List.copyOf(after);
      requireNonNull(opens, "opens");
    }

    @Override
    public Duration deadline() {
      return Duration.ZERO;
    }

    @Override
    public StepKind kind() {
      return StepKind.GATE;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
      return visitor.gate(this);
    }
  }
}
