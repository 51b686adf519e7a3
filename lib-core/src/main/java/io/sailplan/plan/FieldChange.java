package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a step does to one field. {@link #toString} never shows a value. Of secret values only
 * counts whether there is one: two changes that differ in nothing else are equal.
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

  /** What stands for a secret value where the value itself must not: in a saved plan. */
  public static final String HIDDEN = "(secret)";

  /** Checks that the path and the certainty are not null. */
  public FieldChange {
    requireNonNull(path, "path");
    requireNonNull(certainty, "certainty");
  }

  /** Returns this change, without its values if they are secret. */
  public FieldChange hidden() {
    return secret ? new FieldChange(path, hide(before), hide(after), certainty, true) : this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldChange change
        && path.equals(change.path)
        && certainty.equals(change.certainty)
        && secret == change.secret
        && Objects.equals(counting(before), change.counting(change.before))
        && Objects.equals(counting(after), change.counting(change.after));
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, certainty, secret);
  }

  private @Nullable Object counting(@Nullable Object value) {
    return secret ? hide(value) : value;
  }

  private static @Nullable String hide(@Nullable Object value) {
    return value == null ? null : HIDDEN;
  }

  @Override
  public String toString() {
    return "FieldChange[" + path + ", " + certainty + "]";
  }
}
