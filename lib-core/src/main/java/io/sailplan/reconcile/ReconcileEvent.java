package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.ObjectKey;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;

/** What an adapter tells a {@link Reconciler}. */
public sealed interface ReconcileEvent {

  /**
   * An application is to be kept as it is declared here; an earlier declaration is replaced. The
   * same one again changes nothing.
   *
   * @param application what should exist
   * @param policy what is allowed for it
   */
  record Declared(Application application, Policy policy) implements ReconcileEvent {
    /** Checks that nothing is null. */
    public Declared {
      requireNonNull(application, "application");
      requireNonNull(policy, "policy");
    }
  }

  /**
   * An application is not cared for any more. What exists of it stays.
   *
   * @param application which
   */
  record Released(Membership application) implements ReconcileEvent {
    /** Checks that the application is not null. */
    public Released {
      requireNonNull(application, "application");
    }
  }

  /**
   * A watched object was seen. Whether it has changed, and whether that matters, is not for the
   * adapter to say; of several states that wait to be told, only the last needs to be.
   *
   * @param object the object
   */
  record Changed(LiveObject object) implements ReconcileEvent {
    /** Checks that the object is not null. */
    public Changed {
      requireNonNull(object, "object");
    }
  }

  /**
   * A watched object is gone, or does not carry the label of the watch any more.
   *
   * @param key which
   * @param resourceVersion the resourceVersion of that, or of the list in which it was missing;
   *     empty if it is not known
   */
  record Vanished(ObjectKey key, String resourceVersion) implements ReconcileEvent {
    /** Checks that nothing is null. */
    public Vanished {
      requireNonNull(key, "key");
      requireNonNull(resourceVersion, "resourceVersion");
    }
  }

  /**
   * A watch was cut; changes may be missed from now on.
   *
   * @param source what was watched
   */
  record SourceLost(Look source) implements ReconcileEvent {
    /** Checks that the source is not null. */
    public SourceLost {
      requireNonNull(source, "source");
    }
  }

  /**
   * A watch has begun, or is there again after a cut, but what happened before was not told: what
   * has gone since the last look, nobody hears of. After a watch that has gone on from where it
   * was, nothing needs to be told.
   *
   * @param source what is watched
   */
  record SourceRestored(Look source) implements ReconcileEvent {
    /** Checks that the source is not null. */
    public SourceRestored {
      requireNonNull(source, "source");
    }
  }

  /**
   * An application was looked at and planned, see {@link ReconcileAction.LookAt#answer}.
   *
   * @param look the number of the look
   * @param result what the plan says
   * @param sight what was seen
   */
  record Looked(long look, PlanResult result, Sight sight) implements ReconcileEvent {
    /** Checks that nothing is null. */
    public Looked {
      requireNonNull(result, "result");
      requireNonNull(sight, "sight");
    }
  }

  /**
   * An application could not be looked at.
   *
   * @param look the number of the look
   * @param reason why, without any content of objects
   */
  record LookFailed(long look, String reason) implements ReconcileEvent {
    /** Checks that the reason is not null. */
    public LookFailed {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * A run has ended, by itself or because it was stopped.
   *
   * @param run the number of the run
   * @param outcome how
   */
  record RunEnded(long run, Outcome outcome) implements ReconcileEvent {
    /** Checks that the outcome is not null. */
    public RunEnded {
      requireNonNull(outcome, "outcome");
    }
  }

  /**
   * A run has broken off without an outcome: the adapter itself has failed.
   *
   * @param run the number of the run
   * @param reason why, without any content of objects
   */
  record RunBroke(long run, String reason) implements ReconcileEvent {
    /** Checks that the reason is not null. */
    public RunBroke {
      requireNonNull(reason, "reason");
    }
  }

  /** This instance leads from now on; without an election it is told once, at the beginning. */
  record Led() implements ReconcileEvent {}

  /** This instance does not lead any more. */
  record Deposed() implements ReconcileEvent {}

  /** Time has passed. */
  record Tick() implements ReconcileEvent {}
}
