package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Operation;
import io.sailplan.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to happen, in which order, and why. Steps form an acyclic graph and are listed in the
 * order in which they could run one after the other; ties are broken by id, so that the same input
 * always gives the same plan. Immutable.
 */
public final class Plan {
  private final Operation operation;
  private final Map<String, Step> steps;
  private final List<Problem> warnings;

  private Plan(Operation operation, Map<String, Step> steps, List<Problem> warnings) {
    this.operation = operation;
    this.steps = steps;
    this.warnings = warnings;
  }

  /**
   * Returns a plan of these steps, put in order.
   *
   * @throws IllegalArgumentException naming {@code steps}, if two have the same id, one names an
   *     unknown step, or they wait for each other
   */
  public static Plan of(
      Operation operation, Collection<? extends Step> steps, List<Problem> warnings) {
    requireNonNull(operation, "operation");
    return new Plan(operation, StepOrder.of(steps), List.copyOf(warnings));
  }

  /** Returns the operation that is planned. */
  public Operation operation() {
    return operation;
  }

  /** Returns all steps, in order. */
  public List<Step> steps() {
    return List.copyOf(steps.values());
  }

  /** Returns the step with this id. */
  public Optional<Step> step(String id) {
    return Optional.ofNullable(steps.get(id));
  }

  /** Returns what the author should know, but what does not stop the plan. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** Returns whether nothing has to be done: every object is as declared, and ready. */
  public boolean isEmpty() {
    return steps.values().stream().noneMatch(step -> step.kind().isWork());
  }

  /**
   * Returns how many steps there are of each kind that occurs, in the order of {@link StepKind}.
   */
  public Map<StepKind, Long> counts() {
    Map<StepKind, Long> counts = new LinkedHashMap<>();
    for (StepKind kind : StepKind.values()) {
      long count = steps.values().stream().filter(step -> step.kind() == kind).count();
      if (count > 0) {
        counts.put(kind, count);
      }
    }
    return counts;
  }

  /** Returns the plan as people read it, without colours. */
  public String render() {
    return PlanText.plain().render(this);
  }

  /**
   * Returns the plan as JSON for other programs; experimental, which its field {@code format} says.
   * It holds no value of a Secret.
   */
  public String toJson() {
    return PlanJson.write(this);
  }

  @Override
  public String toString() {
    return "Plan[" + operation.verb() + " " + operation.membership() + " " + counts() + "]";
  }
}
