package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;

/**
 * A field that another manager owns and that an apply would change.
 *
 * @param path the field
 * @param owner the entry of the other manager, as it was
 */
public record Conflict(FieldPath path, ManagedEntry owner) {

  /** Checks that no part is null. */
  public Conflict {
    requireNonNull(path, "path");
    requireNonNull(owner, "owner");
  }

  /** Returns the message of the API server: {@code conflict with "hpa" using apps/v1}. */
  public String message() {
    return "conflict with " + owner.managerText();
  }

  /** Returns {@code .spec.replicas: conflict with "hpa" using apps/v1}. */
  @Override
  public String toString() {
    return path + ": " + message();
  }
}
