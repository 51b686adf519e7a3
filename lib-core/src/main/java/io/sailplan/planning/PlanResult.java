package io.sailplan.planning;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.RefusedException;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Optional;

/** What planning answers: a plan, a refusal with remedies, or all mistakes in the input. */
public sealed interface PlanResult {

  /**
   * Returns the plan.
   *
   * @throws RefusedException if the policy does not allow it
   * @throws InvalidInputException if the input is wrong
   */
  Plan orThrow();

  /** Returns the plan, if there is one. */
  default Optional<Plan> plan() {
    return this instanceof Planned planned ? Optional.of(planned.result()) : Optional.empty();
  }

  /** Returns what is wrong with the input, warnings included; ordered as the input. */
  List<Problem> problems();

  /** Returns all refusals, ordered by subject. */
  default List<Refusal> refusals() {
    return List.of();
  }

  /**
   * There is a plan.
   *
   * @param result the plan
   */
  record Planned(Plan result) implements PlanResult {
    @Override
    public Plan orThrow() {
      return result;
    }

    @Override
    public List<Problem> problems() {
      return result.warnings();
    }
  }

  /**
   * It is not allowed, or not possible as things are.
   *
   * @param refusals every reason, at least one
   * @param problems the warnings about the input
   */
  record Refused(List<Refusal> refusals, List<Problem> problems) implements PlanResult {
    /** Copies the lists. */
    public Refused {
      refusals = List.copyOf(refusals);
      problems = List.copyOf(problems);
    }

    @Override
    public Plan orThrow() {
      throw new RefusedException(refusals);
    }
  }

  /**
   * The input is wrong.
   *
   * @param problems every problem, at least one of them an error
   */
  record Invalid(List<Problem> problems) implements PlanResult {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }

    @Override
    public Plan orThrow() {
      throw new InvalidInputException(problems);
    }
  }
}
