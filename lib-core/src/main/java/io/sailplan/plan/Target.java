package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.ObjectKey;

/**
 * The object that a step is about.
 *
 * @param resource the id of the resource in the application, such as {@code Deployment/api}
 * @param kind its kind, in the version that the step uses
 * @param namespace its namespace; empty for cluster-scoped objects
 * @param name its name
 */
public record Target(String resource, GroupVersionKind kind, String namespace, String name) {

  /** Checks that no part is null. */
  public Target {
    requireNonNull(resource, "resource");
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
  }

  /** Returns the object's identity. */
  public ObjectKey key() {
    return new ObjectKey(kind.group(), kind.kind(), namespace, name);
  }
}
