package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * The identity of an object in a cluster; versions of its kind do not matter.
 *
 * @param group the API group; empty for the core group
 * @param kind the kind
 * @param namespace the namespace; empty for cluster-scoped objects
 * @param name the name
 */
public record ObjectKey(String group, String kind, String namespace, String name)
    implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::kind)
          .thenComparing(ObjectKey::group)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  /** Checks that no part is null. */
  public ObjectKey {
    requireNonNull(group, "group");
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
  }

  /** Returns the key of an object of the kind that {@code apiVersion} and {@code kind} name. */
  public static ObjectKey of(String apiVersion, String kind, String namespace, String name) {
    return new ObjectKey(GroupVersionKind.of(apiVersion, kind).group(), kind, namespace, name);
  }

  /** Returns the kind. */
  public GroupKind groupKind() {
    return new GroupKind(group, kind);
  }

  /** Returns this key in another namespace; empty for a cluster-scoped object. */
  public ObjectKey inNamespace(String namespace) {
    return new ObjectKey(group, kind, namespace, name);
  }

  /** Orders by kind, group, namespace and name. */
  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /**
   * Returns {@code Deployment.apps shop/api}, or {@code Namespace shop} for cluster-scoped objects.
   */
  @Override
  public String toString() {
    return groupKind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
