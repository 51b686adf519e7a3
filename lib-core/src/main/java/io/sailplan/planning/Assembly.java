package io.sailplan.planning;

import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import io.sailplan.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the steps of a plan, and knows which of them others have to wait for. */
final class Assembly {
  /** So many lines from step to step are still easier to read than a step between them. */
  private static final int FEW = 64;

  private final Policy policy;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, List<String>> last = new HashMap<>();
  private @Nullable HookSteps hooks;

  Assembly(Policy policy) {
    this.policy = policy;
  }

  /** Adds what happens to a resource, after the steps with these ids. */
  void add(Draft draft, Collection<String> before) {
    last.put(draft.target().resource(), draft.addTo(steps, before, policy));
  }

  /** Adds what happens to a resource which is waited for as long as {@code readyWithin} says. */
  void add(Draft draft, Collection<String> before, Optional<Duration> readyWithin) {
    last.put(
        draft.target().resource(),
        draft.addTo(steps, before, readyWithin.map(policy::readyWithin).orElse(policy)));
  }

  /**
   * Adds a milestone that is reached after the steps {@code before}: by a step of its own if many
   * wait for many.
   *
   * @param waiting how many wait for it
   * @param target what stands for the whole application
   */
  void milestone(String id, Collection<String> before, int waiting, Target target) {
    List<String> after = List.copyOf(new TreeSet<>(before));
    if (after.size() <= 1 || (long) after.size() * waiting <= FEW) {
      last.put(id, after);
      return;
    }
    String gate = "reach " + id;
    steps.add(
        new Step.Gate(gate, target, id + " is reached", after, Step.Gate.Opens.ALL_SUCCEEDED));
    last.put(id, List.of(gate));
  }

  /** Returns what puts the steps of hooks among these. */
  HookSteps hooks(World world) {
    HookSteps known = hooks == null ? new HookSteps(world, steps) : hooks;
    hooks = known;
    return known;
  }

  /** Adds a step that nothing waits for. */
  void add(Step step) {
    steps.add(step);
  }

  /** Notes after which steps a resource is as it should be. */
  void ends(String resource, List<String> ids) {
    last.put(resource, ids);
  }

  /**
   * Returns the ids of the steps after which a resource is as it should be; none if nothing happens
   * to it.
   */
  List<String> last(String resource) {
    return last.getOrDefault(resource, List.of());
  }

  /** Returns the ids of the steps after which all of these are as they should be, ordered. */
  List<String> last(Collection<String> resources) {
    TreeSet<String> all = new TreeSet<>();
    resources.forEach(resource -> all.addAll(last(resource)));
    return List.copyOf(all);
  }

  List<Step> steps() {
    return steps;
  }
}
