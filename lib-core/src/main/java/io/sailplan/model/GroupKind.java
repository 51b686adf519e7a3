package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A kind regardless of its version.
 *
 * @param group the API group; empty for the core group
 * @param kind the kind, such as {@code Deployment}
 */
public record GroupKind(String group, String kind) implements Comparable<GroupKind> {
  private static final Comparator<GroupKind> ORDER =
      Comparator.comparing(GroupKind::kind).thenComparing(GroupKind::group);

  /** Checks that no part is null. */
  public GroupKind {
    requireNonNull(group, "group");
    requireNonNull(kind, "kind");
  }

  /** Orders by kind, then by group. */
  @Override
  public int compareTo(GroupKind other) {
    return ORDER.compare(this, other);
  }

  /**
   * Returns {@code Deployment.apps}, or {@code Secret} for the core group, as ApplySet writes it.
   */
  @Override
  public String toString() {
    return group.isEmpty() ? kind : kind + "." + group;
  }
}
