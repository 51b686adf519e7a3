package io.sailplan.testing;

import io.sailplan.model.Manifest;
import java.util.HashSet;
import java.util.Set;

/**
 * Volume claims that were never written again. The phase of a new claim is filled in when it is
 * read, not when it is stored; so the next write stores something even if it changes nothing.
 */
final class NewClaims {
  private final Set<String> versions = new HashSet<>();

  /** Remembers a new object if it is a claim, and returns it. */
  Manifest created(Manifest object) {
    if (object.key().groupKind().equals(Kind.CLAIM)) {
      versions.add(object.string("metadata", "resourceVersion"));
    }
    return object;
  }

  /** Returns whether the object is a claim in its very first version. */
  boolean isAsCreated(Manifest object) {
    return versions.contains(object.string("metadata", "resourceVersion"));
  }
}
