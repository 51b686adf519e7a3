package io.sailplan.readiness;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A container whose log would help.
 *
 * @param namespace the namespace of its pod
 * @param pod the name of its pod
 * @param container its name in the pod
 * @param previous whether the log of the run before the present one is meant
 */
public record ContainerName(String namespace, String pod, String container, boolean previous)
    implements Comparable<ContainerName> {
  private static final Comparator<ContainerName> ORDER =
      Comparator.comparing(ContainerName::namespace)
          .thenComparing(ContainerName::pod)
          .thenComparing(ContainerName::container)
          .thenComparing(ContainerName::previous);

  /** Checks that no part is null. */
  public ContainerName {
    requireNonNull(namespace, "namespace");
    requireNonNull(pod, "pod");
    requireNonNull(container, "container");
  }

  /** Orders by namespace, pod and container; the present run first. */
  @Override
  public int compareTo(ContainerName other) {
    return ORDER.compare(this, other);
  }
}
