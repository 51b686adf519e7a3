package io.sailplan.model;

import static java.util.Objects.requireNonNull;

/**
 * An entry of {@code metadata.ownerReferences}.
 *
 * @param apiVersion the owner's {@code apiVersion}
 * @param kind the owner's kind
 * @param name the owner's name
 * @param uid the owner's UID
 * @param controller whether the owner manages the object
 * @param blockOwnerDeletion whether a foreground deletion of the owner waits for the object
 */
public record OwnerReference(
    String apiVersion,
    String kind,
    String name,
    String uid,
    boolean controller,
    boolean blockOwnerDeletion) {

  /** Checks that no part is null. */
  public OwnerReference {
    requireNonNull(apiVersion, "apiVersion");
    requireNonNull(kind, "kind");
    requireNonNull(name, "name");
    requireNonNull(uid, "uid");
  }
}
