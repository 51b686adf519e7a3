package io.sailplan.planning;

import io.sailplan.dialect.Hook;
import io.sailplan.dialect.Hook.Event;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hooks of a deletion, and what earlier hooks have left. Hooks are no members: they are known
 * only if the application is still declared.
 */
final class DeleteHooks {
  private final World world;
  private final Declared declared;
  private final HookDrafts drafter;
  private final Map<String, HookDraft> drafts = new TreeMap<>();

  DeleteHooks(World world, Declared declared) {
    this.world = world;
    this.declared = declared;
    this.drafter = new HookDrafts(world, declared);
  }

  /** Drafts the hooks. */
  void draft(List<Refusal> refusals) {
    for (Hook hook : declared.conventions().hooks()) {
      if (runs(hook)) {
        drafter.draft(hook, refusals).ifPresent(draft -> drafts.put(hook.resource(), draft));
      }
    }
  }

  /** Adds what runs before anything is deleted, and returns the steps that all else waits for. */
  Collection<String> before(HookSteps steps) {
    return steps.run(due(Event.PRE_DELETE), List.of());
  }

  /** Adds what runs after the members are gone, and returns the steps after which it is done. */
  Collection<String> after(HookSteps steps, Collection<String> gone) {
    return steps.run(due(Event.POST_DELETE), gone);
  }

  /** Returns the steps that delete what hooks of deployments have left. */
  List<Step> leftovers(Collection<String> after) {
    List<Step> steps = new ArrayList<>();
    for (Hook hook : declared.conventions().hooks()) {
      Lookup found = world.lookup(declared.key(hook));
      if (!runs(hook) && found instanceof Lookup.Found live && isLeftover(live.object())) {
        steps.add(
            new Step.Delete(
                "delete " + hook.resource(),
                drafter.target(hook),
                "a hook has left it: " + hook.text(),
                after.stream().sorted().distinct().toList(),
                world.policy().deadlines().write(),
                new Precondition.SameObject(live.object().uid()),
                Removal.WITH_DEPENDENTS.contains(live.object().key().kind())
                    ? Propagation.FOREGROUND
                    : Propagation.BACKGROUND));
      }
    }
    return steps;
  }

  private boolean isLeftover(LiveObject live) {
    return !live.isTerminating()
        && !world.membership().contains(live)
        && drafter.isOwn(live)
        && world.policy().mayDelete(live.key().kind());
  }

  private List<HookDraft> due(Event event) {
    return drafts.values().stream().filter(draft -> draft.hook().events().contains(event)).toList();
  }

  private static boolean runs(Hook hook) {
    return hook.events().contains(Event.PRE_DELETE) || hook.events().contains(Event.POST_DELETE);
  }
}
