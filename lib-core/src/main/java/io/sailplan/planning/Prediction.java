package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.Canonical;
import io.sailplan.ownership.Conflict;
import io.sailplan.ownership.FieldDiff;
import io.sailplan.ownership.ServerSideApply;
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
  private static final Certainty NOT_COMPARED =
      new Certainty.Assumed(
          "the server's own OpenAPI document and its admission were not looked at");
  private static final List<FieldPath> KEPT =
      List.of(
          FieldPath.of("status"),
          FieldPath.of("metadata", "managedFields"),
          FieldPath.of("metadata", "generation"),
          FieldPath.of("metadata", "resourceVersion"),
          FieldPath.of("metadata", "uid"),
          FieldPath.of("metadata", "creationTimestamp"));
  private static final Certainty NO_SHAPE = new Certainty.Unknown();

  private final World world;

  Prediction(World world) {
    this.world = world;
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

  /** Returns what making the object does, defaults included. */
  List<FieldChange> created(Manifest payload) {
    Optional<KindShape> shape = world.catalog().find(payload);
    if (shape.isEmpty()) {
      return List.of(new FieldChange(FieldPath.root(), null, null, NO_SHAPE, true));
    }
    ApplyResult result = ServerSideApply.apply(request(null, payload, shape.get()));
    if (result instanceof ApplyResult.Applied applied) {
      return changes(null, applied, payload, shape.get());
    }
    return List.of();
  }

  /** Returns what applying to the live object does. */
  Change changed(Manifest payload, LiveObject live, Target target) {
    Optional<KindShape> shape = world.catalog().find(payload);
    if (shape.isEmpty()) {
      return new Change(
          true, List.of(new FieldChange(FieldPath.root(), null, null, NO_SHAPE, true)), List.of());
    }
    ApplyRequest request = request(live.manifest(), payload, shape.get());
    ApplyResult result =
        ServerSideApply.apply(world.policy().forceConflicts() ? request.forced() : request);
    if (result instanceof ApplyResult.Applied applied) {
      return new Change(
          applied.changed(),
          applied.changed() ? changes(live.manifest(), applied, payload, shape.get()) : List.of(),
          List.of());
    }
    if (result instanceof ApplyResult.Conflicted conflicted) {
      return new Change(false, List.of(), conflicts(conflicted, payload, live, target));
    }
    ApplyResult.Rejected rejected = (ApplyResult.Rejected) result;
    return new Change(
        false,
        List.of(),
        List.of(
            new Refusal(
                Refusal.Code.REJECTED,
                target.resource(),
                "the server would reject " + target.key() + ": " + rejected.message(),
                List.of(new Remedy("correct", "Correct the manifest, and plan again.")))));
  }

  private ApplyRequest request(@Nullable Manifest live, Manifest payload, KindShape shape) {
    return ApplyRequest.of(live, payload, world.membership().fieldManager(), shape, world.now());
  }

  private static List<FieldChange> changes(
      @Nullable Manifest live, ApplyResult.Applied applied, Manifest payload, KindShape shape) {
    Certainty certainty =
        applied.assumptions().isEmpty()
            ? NOT_COMPARED
            : new Certainty.Assumed(String.join("; ", applied.assumptions()));
    List<FieldChange> changes = new ArrayList<>();
    for (FieldDiff.Difference difference : FieldDiff.between(live, applied.object(), shape)) {
      if (!isKept(difference.path())) {
        changes.add(
            new FieldChange(
                difference.path(),
                difference.before(),
                difference.after(),
                certainty,
                isSecret(payload, difference.path())));
      }
    }
    return changes;
  }

  /** Returns whether the server, or a controller, keeps this field by itself: no plan writes it. */
  private static boolean isKept(FieldPath path) {
    return KEPT.stream().anyMatch(path::startsWith);
  }

  private static boolean isSecret(Manifest manifest, FieldPath path) {
    return manifest.kind().equals("Secret")
        && manifest.groupVersionKind().group().isEmpty()
        && (path.startsWith(FieldPath.of("data")) || path.startsWith(FieldPath.of("stringData")));
  }

  private static List<Refusal> conflicts(
      ApplyResult.Conflicted conflicted, Manifest payload, LiveObject live, Target target) {
    List<Refusal> refusals = new ArrayList<>();
    for (Conflict conflict : conflicted.conflicts()) {
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
                      "Plan with a policy that forces conflicts: the field is taken from its owner."))));
    }
    return refusals;
  }

  private static String values(FieldPath path, Manifest payload, LiveObject live) {
    if (isSecret(payload, path)) {
      return "";
    }
    return " with the value "
        + text(path.find(live.manifest().tree()).orElse(null))
        + ", declared is "
        + text(path.find(payload.tree()).orElse(null));
  }

  private static String text(@Nullable Object value) {
    String text = io.sailplan.model.Json.write(value);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
