package io.sailplan.model;

import static java.util.Objects.requireNonNull;

/**
 * A kind in one version.
 *
 * @param group the API group; empty for the core group
 * @param version the version, such as {@code v1}
 * @param kind the kind, such as {@code Deployment}
 */
public record GroupVersionKind(String group, String version, String kind) {

  /** Checks that no part is null. */
  public GroupVersionKind {
    requireNonNull(group, "group");
    requireNonNull(version, "version");
    requireNonNull(kind, "kind");
  }

  /**
   * Returns the kind that {@code apiVersion} ({@code v1} or {@code apps/v1}) and {@code kind} name.
   */
  public static GroupVersionKind of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return slash < 0
        ? new GroupVersionKind("", apiVersion, kind)
        : new GroupVersionKind(
            apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  /** Returns the value of the field {@code apiVersion}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Returns the kind without its version. */
  public GroupKind groupKind() {
    return new GroupKind(group, kind);
  }

  /** Returns {@code apps/v1, Kind=Deployment}, as the API server writes it. */
  @Override
  public String toString() {
    return apiVersion() + ", Kind=" + kind;
  }
}
