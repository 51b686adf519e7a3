package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * What a step does to one field. {@link #toString} never shows a value.
 *
 * @param path where the field stands
 * @param before its value; null if it is not there
 * @param after its value afterwards; null if it will not be there
 * @param certainty how sure that is
 * @param secret whether the values must never be shown
 */
public record FieldChange(
    FieldPath path,
    @Nullable Object before,
    @Nullable Object after,
    Certainty certainty,
    boolean secret) {

  /** Checks that the path and the certainty are not null. */
  public FieldChange {
    requireNonNull(path, "path");
    requireNonNull(certainty, "certainty");
  }

  @Override
  public String toString() {
    return "FieldChange[" + path + ", " + certainty + "]";
  }
}
