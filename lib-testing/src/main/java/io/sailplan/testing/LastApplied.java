package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.Conflict;
import io.sailplan.ownership.ServerSideApply;

/**
 * What the server does for the field manager {@code kubectl} alone: fields that still have the
 * value of the last client-side apply are taken without a conflict, and the annotation that
 * remembers it is written anew.
 */
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private LastApplied() {}

  /** Returns whether the server acts for this manager on this object. */
  static boolean isKept(String manager, Manifest live) {
    return manager.equals("kubectl") && live.annotations().containsKey(ANNOTATION);
  }

  static ApplyResult.Applied apply(Engine.Write write, Manifest desired, boolean force) {
    Manifest live = requireNonNull(write.live(), "live");
    ApplyResult tried = ServerSideApply.apply(Engine.request(write, desired, false));
    boolean allowed =
        tried instanceof ApplyResult.Conflicted conflicted
            && conflicted.conflicts().stream().allMatch(conflict -> isUnchanged(conflict, live));
    ApplyResult.Applied applied = Engine.apply(write, desired, force || allowed);
    return applied.changed() ? remembering(applied, desired) : applied;
  }

  private static boolean isUnchanged(Conflict conflict, Manifest live) {
    Object last = Json.read(requireNonNull(live.annotations().get(ANNOTATION), ANNOTATION));
    return conflict.path().find(last).equals(conflict.path().find(live.tree()));
  }

  private static ApplyResult.Applied remembering(ApplyResult.Applied applied, Manifest desired) {
    Manifest next =
        applied
            .object()
            .with(Json.write(desired.tree()) + "\n", "metadata", "annotations", ANNOTATION);
    return new ApplyResult.Applied(
        next,
        applied.changed(),
        applied.spec(),
        applied.serverChosen(),
        applied.taken(),
        applied.assumptions());
  }
}
