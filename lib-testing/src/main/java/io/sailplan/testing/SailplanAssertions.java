package io.sailplan.testing;

import io.sailplan.graph.ResourceGraph;
import io.sailplan.plan.Plan;
import io.sailplan.planning.PlanResult;
import io.sailplan.problem.Problem;
import io.sailplan.run.Outcome;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions on plans, graphs, outcomes and problems begin. What fails shows the whole plan,
 * as people read it.
 *
 * <p>Import {@code assertThat} from here and from AssertJ side by side.
 *
 * <pre>{@code
 * assertThat(Planner.standard().plan(request))
 *     .isPlan()
 *     .creates("Secret/db", "Deployment/api")
 *     .inOrder("Secret/db", "Deployment/api");
 * }</pre>
 */
public final class SailplanAssertions {
  private SailplanAssertions() {}

  /** Begins assertions on what planning answers. */
  public static PlanResultAssert assertThat(@Nullable PlanResult actual) {
    return new PlanResultAssert(actual);
  }

  /** Begins assertions on a plan. */
  public static PlanAssert assertThat(@Nullable Plan actual) {
    return new PlanAssert(actual);
  }

  /** Begins assertions on how a run ended. */
  public static OutcomeAssert assertThat(@Nullable Outcome actual) {
    return new OutcomeAssert(actual);
  }

  /** Begins assertions on a graph of resources. */
  public static GraphAssert assertThat(@Nullable ResourceGraph actual) {
    return new GraphAssert(actual);
  }

  /** Begins assertions on problems; has a name of its own, as AssertJ takes any collection. */
  public static ProblemsAssert assertThatProblems(@Nullable Collection<Problem> actual) {
    return new ProblemsAssert(actual);
  }
}
