package io.sailplan.planning;

import io.sailplan.plan.Step;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts the steps of hooks together, moment by moment. */
final class HookSteps {
  private final World world;
  private final List<Step> steps;
  private final Set<String> ran = new HashSet<>();

  HookSteps(World world, List<Step> steps) {
    this.world = world;
    this.steps = steps;
  }

  /**
   * Adds the hooks of one moment, one group after the other.
   *
   * @param before the steps that come before the first one
   * @return the steps after which all have succeeded; {@code before} if there is no hook
   */
  Collection<String> run(Collection<HookDraft> drafts, Collection<String> before) {
    Collection<String> last = before;
    Map<HookDraft, List<String>> ends = new LinkedHashMap<>();
    Map<HookDraft, String> runs = new HashMap<>();
    for (List<HookDraft> group : HookOrder.groups(drafts)) {
      TreeSet<String> next = new TreeSet<>();
      for (HookDraft draft : group) {
        String again = ran.add(draft.target().resource()) ? "" : " again";
        List<String> end = draft.addTo(steps, last, world.policy().deadlines(), again);
        ends.put(draft, end);
        runs.put(draft, again);
        next.addAll(end);
      }
      last = next;
    }
    for (Map.Entry<HookDraft, List<String>> end : ends.entrySet()) {
      end.getKey()
          .addCleanups(
              steps,
              end.getValue(),
              last,
              world.policy().deadlines(),
              runs.getOrDefault(end.getKey(), ""));
    }
    return last;
  }

  /**
   * Adds a hook that runs among the members, and returns the steps after which it has succeeded.
   */
  List<String> runAmongMembers(HookDraft draft, Collection<String> before) {
    ran.add(draft.target().resource());
    return draft.addTo(steps, before, world.policy().deadlines(), "");
  }

  /** Adds what deletes such a hook once all members are ready. */
  void cleanUp(HookDraft draft, List<String> last, Collection<String> end) {
    draft.addCleanups(steps, last, end, world.policy().deadlines(), "");
  }
}
