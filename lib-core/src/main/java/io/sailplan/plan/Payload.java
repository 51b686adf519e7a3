package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Manifest;

/** What a step sends. */
public sealed interface Payload {

  /**
   * Everything is known at plan time.
   *
   * @param manifest the object, in the canonical form in which it is sent
   */
  record Literal(Manifest manifest) implements Payload {
    /** Checks that the manifest is not null. */
    public Literal {
      requireNonNull(manifest, "manifest");
    }
  }
}
