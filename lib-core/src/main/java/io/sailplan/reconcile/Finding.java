package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.problem.Problem;
import io.sailplan.run.Outcome;
import java.util.List;
import java.util.Set;

/**
 * What a {@link Reconciler} has to say of an application. The same thing is said once, not at each
 * look. More will come: do not implement it.
 */
public sealed interface Finding {

  /**
   * Nothing has to be written: everything is as declared.
   *
   * @param ready whether everything is ready as well
   */
  record Settled(boolean ready) implements Finding {}

  /**
   * There are differences that nobody has declared, and they stay; see {@link Drift#REPORT}.
   *
   * @param plan what would undo them
   */
  record Drifted(Plan plan) implements Finding {
    /** Checks that the plan is not null. */
    public Drifted {
      requireNonNull(plan, "plan");
    }
  }

  /**
   * A plan is carried out.
   *
   * @param plan the plan
   * @param reasons why the application was looked at; ordered
   */
  record Acting(Plan plan, Set<LookReason> reasons) implements Finding {
    /** Copies the reasons. */
    public Acting {
      requireNonNull(plan, "plan");
      reasons = Reasons.copy(reasons);
    }
  }

  /**
   * A plan was carried out, well or badly; after a failure it is tried again, later each time.
   *
   * @param outcome how it ended
   */
  record Acted(Outcome outcome) implements Finding {
    /** Checks that the outcome is not null. */
    public Acted {
      requireNonNull(outcome, "outcome");
    }
  }

  /**
   * Somebody undoes again and again what is done: it is done less and less often.
   *
   * @param plan what is undone
   */
  record Contended(Plan plan) implements Finding {
    /** Checks that the plan is not null. */
    public Contended {
      requireNonNull(plan, "plan");
    }
  }

  /**
   * The policy, or how things are, does not allow it.
   *
   * @param refusals every reason
   */
  record Refused(List<Refusal> refusals) implements Finding {
    /** Copies the list. */
    public Refused {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * What is declared is wrong.
   *
   * @param problems every problem
   */
  record Invalid(List<Problem> problems) implements Finding {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /**
   * It could not be looked at, or a run has broken off: mostly because the cluster cannot be
   * reached. Said once, until a look succeeds.
   *
   * @param reason why
   */
  record Unreachable(String reason) implements Finding {
    /** Checks that the reason is not null. */
    public Unreachable {
      requireNonNull(reason, "reason");
    }
  }
}
