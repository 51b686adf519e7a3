package io.sailplan.planning;

import com.google.common.hash.Hashing;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What the parent remembers of hooks: that a deployment with hooks has begun and not come to its
 * end, or else a digest of the hooks with which the last one did.
 */
record HookRecord(Parent parent) {
  /** A first deployment has begun. */
  static final String INSTALL = "install";

  /** A later deployment has begun. */
  static final String UPGRADE = "upgrade";

  private static final String KEY = "hooks";
  private static final Certainty CERTAINTY =
      new Certainty.Assumed("nobody else writes the record of this application");

  /** Returns what is remembered; empty if no hook ever ran. */
  String found() {
    return parent.live().map(object -> object.manifest().string("data", KEY)).orElse("");
  }

  /** Returns the step that writes {@code value}; an empty one forgets. */
  Step.Patch write(
      String id, String value, String reason, Collection<String> after, Duration deadline) {
    return new Step.Patch(
        id,
        parent.target(),
        reason,
        after.stream().sorted().distinct().toList(),
        deadline,
        List.of(
            value.isEmpty()
                ? PatchOperation.remove("/data/" + KEY)
                : PatchOperation.add("/data/" + KEY, value)),
        new Precondition.SameObject(parent.live().map(LiveObject::uid).orElse("")),
        List.of(
            new FieldChange(
                FieldPath.of("data", KEY),
                found().isEmpty() ? null : found(),
                value.isEmpty() ? null : value,
                CERTAINTY,
                false)));
  }

  /** Returns a digest of hooks; values of Secrets stay out of it, as a digest could tell them. */
  static String digest(Collection<Manifest> hooks) {
    StringBuilder digests = new StringBuilder();
    for (Manifest hook : hooks) {
      digests.append(
          Parent.digest(
              hook.kind().equals("Secret") ? hook.without("data").without("stringData") : hook));
    }
    return Hashing.sha256().hashString(digests, StandardCharsets.UTF_8).toString();
  }
}
