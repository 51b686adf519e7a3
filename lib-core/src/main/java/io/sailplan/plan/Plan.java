package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.Fingerprint;
import io.sailplan.problem.Problem;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen, in which order, and why. Steps form an acyclic graph and are listed in the
 * order in which they could run one after the other; ties are broken by id, so that the same input
 * always gives the same plan. Immutable.
 */
public final class Plan {
  private final PlannedOperation operation;
  private final Map<String, Step> steps;
  private final List<Problem> warnings;
  private final ApiResources kinds;
  private final @Nullable PlanKey key;

  private Plan(
      PlannedOperation operation,
      Map<String, Step> steps,
      List<Problem> warnings,
      ApiResources kinds,
      @Nullable PlanKey key) {
    this.operation = operation;
    this.steps = steps;
    this.warnings = warnings;
    this.kinds = kinds;
    this.key = key;
  }

  /**
   * Returns a plan of these steps, put in order.
   *
   * @throws IllegalArgumentException naming {@code steps}, if two have the same id, one names an
   *     unknown step, or they wait for each other
   */
  public static Plan of(
      Operation operation, Collection<? extends Step> steps, List<Problem> warnings) {
    return of(PlannedOperation.of(requireNonNull(operation, "operation")), steps, warnings);
  }

  /**
   * Returns a plan of these steps, put in order; see {@link #of(Operation, Collection, List)}.
   *
   * @throws IllegalArgumentException as there
   */
  public static Plan of(
      PlannedOperation operation, Collection<? extends Step> steps, List<Problem> warnings) {
    requireNonNull(operation, "operation");
    return new Plan(
        operation, StepOrder.of(steps), List.copyOf(warnings), ApiResources.of(List.of()), null);
  }

  /** Returns this plan, knowing by which key the fingerprints of Secrets were made. */
  Plan keyed(@Nullable PlanKey key) {
    return new Plan(operation, steps, warnings, kinds, key);
  }

  /** Returns the key by which it was opened; null if it was never saved. */
  @Nullable PlanKey key() {
    return key;
  }

  /**
   * Returns this plan, knowing how the kinds are served that it is about; others are left aside. Of
   * built-in kinds a plan knows it without.
   */
  public Plan servedAs(ApiResources served) {
    Map<GroupKind, ApiResource> mine = new TreeMap<>();
    for (Step step : steps.values()) {
      served
          .find(step.target().kind())
          .or(() -> served.find(step.target().kind().groupKind()))
          .ifPresent(resource -> mine.putIfAbsent(resource.kind().groupKind(), resource));
    }
    return new Plan(operation, steps, warnings, ApiResources.of(mine.values()), key);
  }

  /** Returns how the kinds are served that the plan is about, as far as it was told; ordered. */
  public List<ApiResource> kinds() {
    return kinds.all();
  }

  /** Returns what is planned, for which application. */
  public PlannedOperation operation() {
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

  /** Returns how many requests carrying it out will take. */
  public PlanRequests requests() {
    return PlanRequests.of(this);
  }

  /**
   * Returns what carrying it out has to be allowed to do. To plan again takes what {@code
   * ObservationScope} says.
   *
   * @throws IllegalStateException if it is about a custom kind of which it was not told how it is
   *     served; plans that a planner makes were
   */
  public Permissions permissions() {
    List<ApiResource> known = new ArrayList<>(kinds.all());
    known.addAll(ShapeCatalog.builtIn().apiResources());
    return Permissions.of(this, ApiResources.of(known));
  }

  /** Returns the plan as people read it, without colours. */
  public String render() {
    return PlanText.plain().render(this);
  }

  /**
   * Returns the plan as JSON for other programs, without what only a run needs: to be shown, not to
   * be applied. It holds no value of a Secret. {@link SavedPlan} is the same document with the
   * rest.
   */
  public String toJson() {
    return Json.writePretty(PlanJson.readable(this));
  }

  /**
   * Returns whether, for a step of this plan, the fields that matter are as the plan saw them.
   *
   * @param unchanged the precondition of the step
   * @param live the object as it is now
   * @param payload what the step sends
   */
  public boolean isAsSeen(Precondition.Unchanged unchanged, LiveObject live, Manifest payload) {
    return isAsSeen(
        unchanged, live, Fingerprint.of(live, payload, operation.membership().fieldManager()));
  }

  /**
   * Returns whether, for a step of this plan that deletes, the object is as the plan saw it: the
   * whole of it, or, if the plan asks for no more, whose it is and what protects it.
   *
   * @param unchanged the precondition of the step
   * @param live the object as it is now
   */
  public boolean isAsSeen(Precondition.Unchanged unchanged, LiveObject live) {
    return isAsSeen(unchanged, live, Fingerprint.ofAll(live))
        || isAsSeen(unchanged, live, Claim.fingerprint(live));
  }

  private boolean isAsSeen(Precondition.Unchanged unchanged, LiveObject live, String now) {
    return unchanged
        .fingerprint()
        .equals(key == null ? now : Sealing.fingerprint(key, live.key(), now));
  }

  /**
   * Returns whether both are plans for the same, by the same steps for the same reasons. The places
   * of warnings in texts do not count.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Plan plan
        && operation.equals(plan.operation)
        && steps().equals(plan.steps())
        && kinds().equals(plan.kinds())
        && placeless(warnings).equals(placeless(plan.warnings));
  }

  @Override
  public int hashCode() {
    return Objects.hash(operation, steps(), placeless(warnings));
  }

  private static List<Problem> placeless(List<Problem> problems) {
    return problems.stream().map(problem -> problem.at(null)).toList();
  }

  @Override
  public String toString() {
    return "Plan[" + operation + " " + counts() + "]";
  }
}
