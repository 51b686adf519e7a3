package io.sailplan.planning;

import io.sailplan.dialect.Hook;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.ownership.OwnWrite;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Target;
import io.sailplan.policy.Adoption;
import java.util.List;
import java.util.Optional;

/** Drafts what hooks do, and refuses what they may not. */
final class HookDrafts {
  private final World world;
  private final Declared declared;
  private final Prediction prediction;

  HookDrafts(World world, Declared declared) {
    this.world = world;
    this.declared = declared;
    this.prediction = new Prediction(world);
  }

  /** Returns the draft of a hook; empty if it is refused. */
  Optional<HookDraft> draft(Hook hook, List<Refusal> refusals) {
    Resource resource = declared.resource(hook);
    Target target = target(hook);
    Lookup found = world.lookup(target.key());
    if (found instanceof Lookup.NotLookedAt unseen) {
      refusals.add(notObserved(target, unseen.reason()));
      return Optional.empty();
    }
    String existing = "";
    boolean leaving = false;
    if (found instanceof Lookup.Found live) {
      existing = live.object().uid();
      leaving = live.object().isTerminating();
      if (!leaving && !mayReplace(live.object(), target, refusals)) {
        return Optional.empty();
      }
    }
    Manifest payload = prediction.canonical(resource.manifest());
    Prediction.Change creation = prediction.created(payload, target);
    refusals.addAll(creation.refusals());
    return Optional.of(
        new HookDraft(
            hook,
            target,
            new Payload.Literal(payload),
            creation.changes(),
            existing,
            leaving,
            ReadinessCheck.isNeeded(world, resource),
            ReadinessCheck.rule(world, resource),
            RunOnce.removesItself(resource.manifest()),
            declared.conventions().treatment(resource.id()).readyWithin()));
  }

  /** Returns the object of a hook. */
  Target target(Hook hook) {
    ObjectKey key = declared.key(hook);
    return new Target(
        hook.resource(),
        declared.resource(hook).manifest().groupVersionKind(),
        key.namespace(),
        key.name());
  }

  /** Returns whether an object was made by this application, as a hook or as a member. */
  boolean isOwn(LiveObject live) {
    return world.membership().contains(live)
        || OwnWrite.hasEntry(live, world.membership().fieldManager());
  }

  private boolean mayReplace(LiveObject live, Target target, List<Refusal> refusals) {
    boolean unowned = !live.manifest().labels().containsKey(Membership.PART_OF);
    Adoption adoption = world.policy().adoption();
    if (!isOwn(live) && adoption != Adoption.ALL && !(adoption == Adoption.UNOWNED && unowned)) {
      refusals.add(
          new Refusal(
              Refusal.Code.FOREIGN_OBJECT,
              target.resource(),
              live.key()
                  + " exists already, was not made by this application, and would be replaced by a"
                  + " hook",
              List.of(
                  new Remedy(
                      "adopt",
                      "Plan with a policy that adopts what is unowned: it is deleted and made anew."),
                  new Remedy("rename", "Give the hook another name or namespace."),
                  new Remedy("remove", "Delete the existing object if nothing needs it."))));
      return false;
    }
    if (!world.policy().mayDelete(live.key().kind())) {
      refusals.add(
          new Refusal(
              Refusal.Code.REJECTED,
              target.resource(),
              live.key()
                  + " exists, and a hook is made anew each time, but a "
                  + live.key().kind()
                  + " is only deleted if the policy names the kind",
              List.of(
                  new Remedy(
                      "member",
                      "Take the annotation of the hook away: then it is kept as a member."),
                  new Remedy("allow", "Plan with a policy that deletes objects of this kind."))));
      return false;
    }
    return true;
  }

  private static Refusal notObserved(Target target, String reason) {
    return new Refusal(
        Refusal.Code.NOT_OBSERVED,
        target.resource(),
        "whether " + target.key() + " exists is not known: " + reason,
        List.of(
            new Remedy(
                "observe", "Observe the cluster by the scope of this application, and plan again."),
            new Remedy("permit", "Allow the planning identity to get and list this kind.")));
  }
}
