package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;

/**
 * Something that may make the real result differ from the predicted one. Immutable; thread-safe.
 *
 * @param fields where it may differ: these paths and all below them; empty for the whole object
 * @param reason why; part of a sentence, never a value
 */
public record Assumption(FieldSet fields, String reason) {

  /** Checks that no part is null. */
  public Assumption {
    requireNonNull(fields, "fields");
    requireNonNull(reason, "reason");
  }

  /** Returns an assumption about the whole object. */
  public static Assumption ofAll(String reason) {
    return new Assumption(FieldSet.empty(), reason);
  }

  /** Returns whether the value at {@code path}, or a part of it, may differ. */
  public boolean concerns(FieldPath path) {
    return fields.isEmpty() || fields.overlaps(path);
  }
}
