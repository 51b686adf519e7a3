package io.sailplan.planning;

import io.sailplan.plan.Step;
import io.sailplan.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the steps of a plan, and knows which of them others have to wait for. */
final class Assembly {
  private final Policy policy;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, List<String>> last = new HashMap<>();

  Assembly(Policy policy) {
    this.policy = policy;
  }

  /** Adds what happens to a resource, after the steps with these ids. */
  void add(Draft draft, Collection<String> before) {
    last.put(draft.target().resource(), draft.addTo(steps, before, policy));
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

  List<Step> steps() {
    return steps;
  }
}
