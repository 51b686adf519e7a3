package io.sailplan.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as a cluster returned it, with its server-set metadata. {@link #toString} never shows
 * the content.
 *
 * @param manifest the whole object, {@code managedFields} and {@code status} included
 */
public record LiveObject(Manifest manifest) {

  /** Returns the object that {@code manifest} holds. */
  public static LiveObject of(Manifest manifest) {
    return new LiveObject(manifest);
  }

  /** Returns its identity. */
  public ObjectKey key() {
    return manifest.key();
  }

  /** Returns its UID; empty if it has none. */
  public String uid() {
    return manifest.string("metadata", "uid");
  }

  /** Returns its resourceVersion; empty if it has none. */
  public String resourceVersion() {
    return manifest.string("metadata", "resourceVersion");
  }

  /** Returns its generation; 0 if its kind has none. */
  public long generation() {
    return manifest.integer(0, "metadata", "generation");
  }

  /** Returns whether it is being deleted. */
  public boolean isTerminating() {
    return manifest.get("metadata", "deletionTimestamp") != null;
  }

  /** Returns its finalizers, in their order. */
  public List<String> finalizers() {
    return Trees.list(manifest.get("metadata", "finalizers")).stream().map(Trees::string).toList();
  }

  /** Returns its owners, in their order. */
  public List<OwnerReference> owners() {
    return Trees.list(manifest.get("metadata", "ownerReferences")).stream()
        .map(LiveObject::owner)
        .toList();
  }

  @Override
  public String toString() {
    return "LiveObject[" + key() + " at " + resourceVersion() + "]";
  }

  private static OwnerReference owner(@Nullable Object reference) {
    Map<String, @Nullable Object> owner = Trees.object(reference);
    return new OwnerReference(
        Trees.string(owner.get("apiVersion")),
        Trees.string(owner.get("kind")),
        Trees.string(owner.get("name")),
        Trees.string(owner.get("uid")),
        Boolean.TRUE.equals(owner.get("controller")),
        Boolean.TRUE.equals(owner.get("blockOwnerDeletion")));
  }
}
