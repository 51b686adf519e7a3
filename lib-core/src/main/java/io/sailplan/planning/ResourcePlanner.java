package io.sailplan.planning;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.ownership.Fingerprint;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import io.sailplan.policy.Adoption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans what happens to one declared object: made, changed, waited for, or left alone. */
final class ResourcePlanner {
  private final World world;
  private final Parent parent;
  private final Prediction prediction;
  private final Recreation recreation;
  private final Map<ObjectKey, Boolean> settled = new HashMap<>();

  ResourcePlanner(World world, Parent parent) {
    this.world = world;
    this.parent = parent;
    this.prediction = new Prediction(world);
    this.recreation = new Recreation(world);
  }

  /**
   * Returns whether a member stands as it is declared, so that nothing has to be sent, and nothing
   * can be wrong with it.
   */
  boolean isSettled(Resource resource, ObjectKey key) {
    return settled.computeIfAbsent(
        key,
        same ->
            world.lookup(same) instanceof Lookup.Found live
                && !live.object().isTerminating()
                && prediction.isSettled(
                    world.membership().mark(resource.manifest()), live.object()));
  }

  /** Returns the manifest as the server would store it. */
  Manifest canonical(Manifest manifest) {
    return prediction.canonical(manifest);
  }

  /** Returns the object as an apply leaves it; empty if that cannot be told. */
  Optional<LiveObject> after(@Nullable LiveObject live, Manifest payload) {
    return prediction.after(live, prediction.canonical(payload));
  }

  /** Returns the draft for a member; empty if it is refused. */
  Optional<Draft> draft(Resource resource, ObjectKey key, List<Refusal> refusals) {
    GroupVersionKind kind = resource.manifest().groupVersionKind();
    Target target = new Target(resource.id(), kind, key.namespace(), key.name());
    Resource member = resource.withManifest(world.membership().mark(resource.manifest()));
    Lookup found = recreation.takes(key) ? new Lookup.Absent() : world.lookup(key);
    if (found instanceof Lookup.Absent && hasSucceeded(resource, key)) {
      return Optional.of(
          unchanged(target, "it has succeeded with this content before, and has removed itself"));
    }
    String reason = "it differs from what is declared";
    if (found instanceof Lookup.Found live && !live.object().isTerminating()) {
      Belonging belonging = Belonging.of(live.object(), world.membership());
      if (!mayAdopt(belonging)) {
        refusals.add(Foreign.refusal(target, belonging));
        if (belonging.sort() != Belonging.Sort.CONTROLLER) { // what else stands in the way
          draftOwn(member, target, reason, refusals);
        }
        return Optional.empty();
      }
      reason = Foreign.adoption(belonging).orElse(reason);
    }
    return draftOwn(member, target, reason, refusals);
  }

  /** Returns the draft for an object that belongs to the application whatever its labels say. */
  Optional<Draft> draftOwn(
      Resource resource, Target target, String changeReason, List<Refusal> refusals) {
    Lookup found =
        recreation.takes(target.key()) ? new Lookup.Absent() : world.lookup(target.key());
    if (found instanceof Lookup.NotLookedAt unseen) {
      refusals.add(notObserved(target, unseen.reason()));
      return Optional.empty();
    }
    if (found instanceof Lookup.Found live
        && !live.object().isTerminating()
        && Objects.requireNonNullElseGet(
            settled.get(target.key()),
            () -> prediction.isSettled(resource.manifest(), live.object()))) {
      return Optional.of(asDeclared(resource, target, live.object()));
    }
    Manifest payload = prediction.canonical(resource.manifest());
    if (found instanceof Lookup.Found live && !live.object().isTerminating()) {
      return change(resource, target, payload, live.object(), changeReason, refusals);
    }
    Prediction.Change creation = prediction.created(payload, target);
    if (!creation.refusals().isEmpty()) {
      refusals.addAll(creation.refusals());
      return Optional.empty();
    }
    String leaving = found instanceof Lookup.Found live ? live.object().uid() : "";
    return Optional.of(
        new Draft(
            target,
            new Draft.Write(
                new Payload.Literal(payload), creation.changes(), Optional.empty(), false),
            leaving.isEmpty() ? Step.Create.ABSENT : "it has to be made anew",
            leaving,
            ReadinessCheck.isNeeded(world, resource),
            "",
            ReadinessCheck.rule(world, resource),
            RunOnce.removesItself(resource.manifest())));
  }

  private Optional<Draft> change(
      Resource resource,
      Target target,
      Manifest payload,
      LiveObject live,
      String reason,
      List<Refusal> refusals) {
    Optional<Inheritance> inheritance =
        target.equals(parent.target())
            ? Optional.empty()
            : Inheritance.of(world, prediction, payload, live, !world.membership().contains(live));
    LiveObject found = inheritance.map(Inheritance::seen).orElse(live);
    boolean force =
        world.policy().forceConflicts()
            || (Belonging.isMarkedByOthers(live, world.membership())
                && prediction.takesOnlyMembership(payload, found));
    Prediction.Change change = prediction.changed(payload, found, target, force);
    if (recreation.isWanted(change, target)) {
      Prediction.Change anew = prediction.recreated(payload, live, target);
      if (anew.refusals().isEmpty()) {
        Draft.Write write =
            new Draft.Write(new Payload.Literal(payload), anew.changes(), Optional.empty(), false);
        return Optional.of(recreation.draft(resource, target, live, write, change.refusals()));
      }
      refusals.addAll(anew.refusals());
      return Optional.empty();
    }
    if (!change.refusals().isEmpty()) {
      refusals.addAll(change.refusals());
      return Optional.empty();
    }
    if (!change.writes()) {
      return Optional.of(asDeclared(resource, target, live));
    }
    Precondition precondition =
        new Precondition.Unchanged(
            live.uid(),
            live.resourceVersion(),
            Fingerprint.of(found, payload, world.membership().fieldManager()));
    return Optional.of(
        new Draft(
            target,
            new Draft.Write(
                new Payload.Literal(payload), change.changes(), Optional.of(precondition), force),
            change.changes().isEmpty() ? "only who owns which field changes" : reason,
            "",
            ReadinessCheck.isNeeded(world, resource),
            live.uid(),
            ReadinessCheck.rule(world, resource),
            RunOnce.removesItself(resource.manifest()),
            null,
            inheritance.map(it -> it.step(target, List.of(), world)).orElse(null)));
  }

  /** An unchanged object that is not ready is waited for: to call that nothing would be a lie. */
  private Draft asDeclared(Resource resource, Target target, LiveObject live) {
    Optional<String> notReady = ReadinessCheck.notReady(world, resource, live);
    if (notReady.isEmpty()) {
      return unchanged(target, "it is as declared");
    }
    return new Draft(
        target,
        null,
        "it is as declared, but not ready: " + notReady.get(),
        "",
        true,
        live.uid(),
        ReadinessCheck.rule(world, resource),
        RunOnce.removesItself(resource.manifest()));
  }

  private boolean hasSucceeded(Resource resource, ObjectKey key) {
    return RunOnce.removesItself(resource.manifest())
        && parent.done(Parent.doneKey(key)).equals(Parent.digest(resource.manifest()));
  }

  private boolean mayAdopt(Belonging belonging) {
    Adoption adoption = world.policy().adoption();
    return switch (belonging.sort()) {
      case US -> true;
      case NOBODY -> adoption != Adoption.MEMBERS_ONLY;
      case OTHERS -> adoption == Adoption.ALL;
      // Two applications that adopt all would take it from each other for ever.
      case TAKEN -> adoption == Adoption.ALL && world.policy().forceConflicts();
      case CONTROLLER -> false;
    };
  }

  private static Draft unchanged(Target target, String reason) {
    return new Draft(target, null, reason, "", false, "", null, false);
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
