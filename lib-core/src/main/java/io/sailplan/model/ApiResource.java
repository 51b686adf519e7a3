package io.sailplan.model;

import static java.util.Objects.requireNonNull;

/**
 * How a kind is served.
 *
 * @param kind the kind in the version that is served
 * @param plural the plural that stands in the path, such as {@code deployments}
 * @param namespaced whether its objects live in namespaces
 * @param status whether it has the subresource {@code status}
 * @param scale whether it has the subresource {@code scale}
 */
public record ApiResource(
    GroupVersionKind kind, String plural, boolean namespaced, boolean status, boolean scale) {

  /** Checks that no part is null. */
  public ApiResource {
    requireNonNull(kind, "kind");
    requireNonNull(plural, "plural");
  }

  /**
   * Returns the path of an object, or of the whole collection.
   *
   * @param namespace the namespace; empty for all namespaces or for cluster-scoped kinds
   * @param name the name; empty for the collection
   */
  public String path(String namespace, String name) {
    StringBuilder path =
        new StringBuilder(kind.group().isEmpty() ? "/api/" : "/apis/").append(kind.apiVersion());
    if (namespaced && !namespace.isEmpty()) {
      path.append("/namespaces/").append(namespace);
    }
    path.append('/').append(plural);
    if (!name.isEmpty()) {
      path.append('/').append(name);
    }
    return path.toString();
  }
}
