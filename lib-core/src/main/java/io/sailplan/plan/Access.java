package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * One thing that somebody has to be allowed to do, as the API server's authorizers know it.
 *
 * @param verb the verb, such as {@code patch}
 * @param group the API group; empty for the core group
 * @param resource the plural, with its subresource if that is meant: {@code deployments}, {@code
 *     pods/log}
 * @param namespace the namespace; empty for the whole cluster
 * @param name the name; empty for all
 * @param needed whether a plan cannot be carried out without it; otherwise it only helps to go on
 *     after trouble, and to explain failures
 */
public record Access(
    String verb, String group, String resource, String namespace, String name, boolean needed)
    implements Comparable<Access> {
  private static final Comparator<Access> ORDER =
      Comparator.comparing(Access::namespace)
          .thenComparing(Access::group)
          .thenComparing(Access::resource)
          .thenComparing(Access::name)
          .thenComparing(Access::verb)
          .thenComparing(Access::needed);

  /** Checks that nothing is null. */
  public Access {
    requireNonNull(verb, "verb");
    requireNonNull(group, "group");
    requireNonNull(resource, "resource");
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
  }

  /** Returns whether who has this access may do {@code wanted}. */
  public boolean covers(Access wanted) {
    return verb.equals(wanted.verb)
        && group.equals(wanted.group)
        && resource.equals(wanted.resource)
        && (namespace.isEmpty() || namespace.equals(wanted.namespace))
        && (name.isEmpty() || name.equals(wanted.name));
  }

  /** Orders by namespace, group, resource, name and verb. */
  @Override
  public int compareTo(Access other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code patch deployments.apps "api" in the namespace shop}. */
  @Override
  public String toString() {
    return verb
        + " "
        + resource
        + (group.isEmpty() ? "" : "." + group)
        + (name.isEmpty() ? "" : " \"" + name + "\"")
        + (namespace.isEmpty() ? " in the whole cluster" : " in the namespace " + namespace);
  }
}
