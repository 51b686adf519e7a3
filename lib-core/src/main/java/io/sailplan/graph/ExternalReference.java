package io.sailplan.graph;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ObjectKey;
import java.util.Comparator;

/**
 * A resource refers to an object that is not part of its application. It may exist already, or
 * something in the application may make it, as the Jobs of many charts do: alone it is no mistake.
 *
 * @param from the id of the resource that refers
 * @param key what it refers to
 * @param optional whether it does without: the field says so, or the object is commonly made later
 * @param provenance where it refers
 */
public record ExternalReference(String from, ObjectKey key, boolean optional, Provenance provenance)
    implements Comparable<ExternalReference> {
  private static final Comparator<ExternalReference> ORDER =
      Comparator.comparing(ExternalReference::from)
          .thenComparing(ExternalReference::key)
          .thenComparing(ExternalReference::provenance)
          .thenComparing(ExternalReference::optional);

  /** Checks that no part is null. */
  public ExternalReference {
    requireNonNull(from, "from");
    requireNonNull(key, "key");
    requireNonNull(provenance, "provenance");
  }

  /** Orders by id, key and provenance. */
  @Override
  public int compareTo(ExternalReference other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code Deployment/api refers to Secret shop/db (imagePullSecrets[0])}. */
  @Override
  public String toString() {
    return from
        + (optional ? " may refer to " : " refers to ")
        + key
        + " ("
        + provenance.text()
        + ")";
  }
}
