package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.SecretContent;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.Assumption;
import io.sailplan.ownership.Canonical;
import io.sailplan.ownership.Conflict;
import io.sailplan.ownership.FieldDiff;
import io.sailplan.ownership.Flaw;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.ownership.OwnWrite;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.ownership.Violation;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Target;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API server will make of what is sent, as far as can be known without asking it. */
final class Prediction {
  private static final List<FieldPath> KEPT =
      List.of(
          FieldPath.of("status"),
          FieldPath.of("metadata", "managedFields"),
          FieldPath.of("metadata", "generation"),
          FieldPath.of("metadata", "resourceVersion"),
          FieldPath.of("metadata", "uid"),
          FieldPath.of("metadata", "creationTimestamp"));
  private static final Remedy ADMIT =
      new Remedy(
          "admit",
          "Correct the pod, or the LimitRange, PriorityClass or RuntimeClass; plan again.");
  private static final Remedy CORRECT =
      new Remedy("correct", "Correct the manifest, and plan again.");
  private static final Remedy FORGET =
      new Remedy(
          "forget-owners",
          "Somebody owns fields in a version that the definition does not name any more. Change"
              + " the object once by other means than an apply, such as `kubectl annotate`: the"
              + " server then forgets all owners. Or define the version again.");
  private static final Change NOTHING = new Change(false, List.of(), List.of());
  private static final Change SHAPELESS =
      new Change(
          true,
          List.of(new FieldChange(FieldPath.root(), null, null, new Certainty.Unknown(), false)),
          List.of());

  private final World world;
  private final Doubts doubts;

  Prediction(World world) {
    this.world = world;
    this.doubts = new Doubts(world);
  }

  /**
   * What applying to an object does.
   *
   * @param writes whether the server will store anything
   * @param changes what it does to each field
   * @param refusals why it cannot be applied
   */
  record Change(boolean writes, List<FieldChange> changes, List<Refusal> refusals) {}

  /** Returns the manifest as the server would store it, so that it never conflicts with itself. */
  Manifest canonical(Manifest manifest) {
    return world
        .catalog()
        .find(manifest)
        .map(shape -> Canonical.canonical(manifest, shape))
        .orElse(manifest);
  }

  /**
   * Returns whether it is plain at a glance that nothing has to be sent; see {@link
   * ServerSideApply#isSettled}.
   */
  boolean isSettled(Manifest declared, LiveObject live) {
    return world
        .catalog()
        .find(declared)
        .map(
            shape ->
                ServerSideApply.isSettled(
                    ApplyRequest.of(
                        live.manifest(),
                        declared,
                        world.membership().fieldManager(),
                        shape,
                        world.now())))
        .orElse(false);
  }

  /** Returns what making the object does, defaults included. */
  Change created(Manifest payload, Target target) {
    return world
        .catalog()
        .find(payload)
        .map(shape -> read(null, payload, target, shape, apply(null, payload, shape)))
        .orElse(SHAPELESS);
  }

  /**
   * Returns what applying to the live object does. Of an object that was seen in another version
   * than the declared one, no change is foretold, as conversion is the server's: only whether the
   * last apply was this one, and stands in fields that both versions have.
   */
  Change changed(Manifest payload, LiveObject live, Target target) {
    return changed(payload, live, target, world.policy().forceConflicts());
  }

  /** Returns what applying to the live object does, by force or not; see the other method. */
  Change changed(Manifest payload, LiveObject live, Target target, boolean force) {
    if (!live.manifest().apiVersion().equals(payload.apiVersion())) {
      return shapeless(payload, live);
    }
    return world
        .catalog()
        .find(payload)
        .map(shape -> read(live, payload, target, shape, apply(live, payload, shape, force)))
        .orElseGet(() -> shapeless(payload, live));
  }

  /**
   * Returns what it does to each field to delete the live object and make it anew: what others have
   * written is gone.
   */
  Change recreated(Manifest payload, LiveObject live, Target target) {
    return world
        .catalog()
        .find(payload)
        .map(
            shape -> {
              Change alone = read(null, payload, target, shape, apply(null, payload, shape));
              return alone.refusals().isEmpty()
                  ? read(live, payload, target, shape, apply(null, payload, shape))
                  : alone;
            })
        .orElse(SHAPELESS);
  }

  /** Returns the fields that would have to change, and cannot; ordered. */
  List<FieldPath> fixed(Manifest payload, Manifest live) {
    Optional<KindShape> shape =
        live.apiVersion().equals(payload.apiVersion())
            ? world.catalog().find(payload)
            : Optional.empty();
    List<FieldPath> fixed = new ArrayList<>();
    if (shape.isPresent()
        && forced(live, payload, shape.get()) instanceof ApplyResult.Immutable immutable) {
      for (Violation violation : immutable.violations()) {
        violation.changes().forEach(change -> fixed.add(change.path()));
      }
    }
    return fixed;
  }

  private ApplyResult forced(Manifest live, Manifest payload, KindShape shape) {
    return ServerSideApply.apply(
        ApplyRequest.of(live, payload, world.membership().fieldManager(), shape, world.now())
            .forced());
  }

  /** Returns whether the label of membership, and nothing else, has to be taken from its owner. */
  boolean takesOnlyMembership(Manifest payload, LiveObject live) {
    return world
        .catalog()
        .find(payload)
        .map(shape -> apply(live, payload, shape, false))
        .map(
            result ->
                result instanceof ApplyResult.Conflicted conflicted
                    && conflicted.conflicts().stream().allMatch(Prediction::isMembership))
        .orElse(false);
  }

  private static boolean isMembership(Conflict conflict) {
    return conflict.path().equals(Membership.LABEL);
  }

  /** Returns the object as an apply leaves it; empty if that cannot be told. */
  Optional<LiveObject> after(@Nullable LiveObject live, Manifest payload) {
    return world
        .catalog()
        .find(payload)
        .map(shape -> apply(live, payload, shape))
        .filter(ApplyResult.Applied.class::isInstance)
        .map(result -> LiveObject.of(((ApplyResult.Applied) result).object()));
  }

  private ApplyResult apply(@Nullable LiveObject live, Manifest payload, KindShape shape) {
    return apply(live, payload, shape, world.policy().forceConflicts());
  }

  private ApplyResult apply(
      @Nullable LiveObject live, Manifest payload, KindShape shape, boolean force) {
    ApplyRequest request =
        ApplyRequest.of(
            live == null ? null : live.manifest(),
            payload,
            world.membership().fieldManager(),
            shape,
            world.now());
    return ServerSideApply.apply(force ? request.forced() : request);
  }

  private Change read(
      @Nullable LiveObject live,
      Manifest payload,
      Target target,
      KindShape shape,
      ApplyResult result) {
    if (result instanceof ApplyResult.Applied applied) {
      List<Flaw> flaws =
          applied.spec()
              ? ShapeValidator.flaws(applied.object(), live == null ? null : live.manifest(), shape)
              : List.of();
      if (!flaws.isEmpty()) {
        return new Change(false, List.of(), Rejections.of(flaws, payload, live, target));
      }
      return applied.changed() ? admitted(write(live, applied, payload, shape), target) : NOTHING;
    }
    if (result instanceof ApplyResult.Conflicted conflicted && live != null) {
      List<Refusal> refusals = new ArrayList<>(conflicts(conflicted, payload, live, target));
      if (forced(live.manifest(), payload, shape) instanceof ApplyResult.Immutable immutable) {
        refusals.addAll(FixedFields.refusals(immutable, payload, target)); // comes next
      }
      return new Change(false, List.of(), refusals);
    }
    if (result instanceof ApplyResult.Immutable immutable && live != null) {
      return new Change(false, List.of(), FixedFields.refusals(immutable, payload, target));
    }
    return rejected(
        target,
        result instanceof ApplyResult.Rejected rejected ? rejected.message() : result.toString(),
        live == null || isConvertible(live, shape) ? CORRECT : FORGET);
  }

  private static boolean isConvertible(LiveObject live, KindShape shape) {
    return ManagedFields.of(live.manifest()).entries().stream()
        .allMatch(entry -> shape.converts(entry.apiVersion()));
  }

  private static Change rejected(Target target, String message, Remedy remedy) {
    Refusal refusal =
        new Refusal(
            Refusal.Code.REJECTED,
            target.resource(),
            "the server would reject " + target.key() + ": " + message,
            List.of(remedy));
    return new Change(false, List.of(), List.of(refusal));
  }

  /**
   * Of a kind without shape only one thing can be told: that the last apply was this one, and
   * stands.
   */
  private Change shapeless(Manifest payload, LiveObject live) {
    return OwnWrite.isThere(live, payload, world.membership().fieldManager()) ? NOTHING : SHAPELESS;
  }

  private Change admitted(Write write, Target target) {
    NewPod pod = write.pod();
    return pod == null || pod.refusals().isEmpty()
        ? new Change(true, changes(write), List.of())
        : rejected(target, String.join("; ", pod.refusals()), ADMIT);
  }

  /** The write with what admission completes in a new object. */
  private Write write(
      @Nullable LiveObject live, ApplyResult.Applied applied, Manifest payload, KindShape shape) {
    Manifest made = applied.object();
    if (live == null && isPod(shape)) {
      NewPod pod = NewPod.of(payload, made, world);
      return new Write(shape, payload, null, applied.with(pod.completed()), pod);
    }
    Manifest completed =
        live == null
            ? DefaultClass.of(payload).map(missing -> missing.fillIn(made, world)).orElse(made)
            : made;
    return new Write(shape, payload, live, applied.with(completed), null);
  }

  private static boolean isPod(KindShape shape) {
    return shape.kind().kind().equals("Pod") && shape.kind().group().isEmpty();
  }

  private List<FieldChange> changes(Write write) {
    List<Assumption> reasons = doubts.about(write);
    Manifest before = write.live() == null ? null : write.live().manifest();
    List<FieldChange> changes = new ArrayList<>();
    for (FieldDiff.Difference difference :
        FieldDiff.between(before, write.result(), write.shape())) {
      if (!isKept(difference.path())) {
        changes.add(
            new FieldChange(
                difference.path(),
                difference.before(),
                difference.after(),
                Doubts.certainty(difference.path(), reasons),
                isSecret(
                    write.payload(), difference.path(), difference.before(), difference.after())));
      }
    }
    return changes;
  }

  /** Returns whether the server, or a controller, keeps this field by itself: no plan writes it. */
  private static boolean isKept(FieldPath path) {
    return KEPT.stream().anyMatch(path::startsWith);
  }

  static boolean isSecret(
      Manifest manifest, FieldPath path, @Nullable Object before, @Nullable Object after) {
    GroupKind kind = manifest.groupVersionKind().groupKind();
    return SecretContent.isSecret(kind, path, before) || SecretContent.isSecret(kind, path, after);
  }

  private static List<Refusal> conflicts(
      ApplyResult.Conflicted conflicted, Manifest payload, LiveObject live, Target target) {
    List<Refusal> refusals = new ArrayList<>();
    for (Conflict conflict : conflicted.conflicts()) {
      if (isMembership(conflict)) {
        continue; // to whom the object belongs is asked before
      }
      refusals.add(
          new Refusal(
              Refusal.Code.FIELD_CONFLICT,
              target.resource(),
              target.key()
                  + ": "
                  + conflict.path()
                  + " is owned by "
                  + conflict.owner().managerText()
                  + values(conflict.path(), payload, live),
              List.of(
                  new Remedy("leave", "Take the field out of the manifest: its owner keeps it."),
                  new Remedy("agree", "Declare the value that it has: then both own it."),
                  new Remedy(
                      "force",
                      "Plan with a policy that forces conflicts: the field is taken from its"
                          + " owner."))));
    }
    return refusals;
  }

  private static String values(FieldPath path, Manifest payload, LiveObject live) {
    Object there = path.find(live.manifest().tree()).orElse(null);
    Object declared = path.find(payload.tree()).orElse(null);
    return isSecret(payload, path, there, declared)
        ? ""
        : " with the value " + text(there) + ", declared is " + text(declared);
  }

  static String text(@Nullable Object value) {
    String text = Json.write(value);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
