package io.sailplan.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that a cluster serves, found by their names. Immutable; keeps the order it was given.
 *
 * <p>Of the versions of one kind, the one that stands first is the preferred one.
 */
public final class ApiResources {
  private static final GroupKind DEFINITION =
      new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");

  private final Map<GroupVersionKind, ApiResource> byVersion;
  private final Map<GroupKind, List<ApiResource>> byKind;

  private final SortedMap<String, String> unavailable;

  private ApiResources(Collection<ApiResource> resources, SortedMap<String, String> unavailable) {
    this.unavailable = unavailable;
    Map<GroupVersionKind, ApiResource> versions = new LinkedHashMap<>();
    Map<GroupKind, List<ApiResource>> kinds = new LinkedHashMap<>();
    for (ApiResource resource : resources) {
      if (versions.putIfAbsent(resource.kind(), resource) == null) {
        kinds.computeIfAbsent(resource.kind().groupKind(), kind -> new ArrayList<>()).add(resource);
      }
    }
    kinds.replaceAll((kind, all) -> List.copyOf(all));
    this.byVersion = Collections.unmodifiableMap(versions);
    this.byKind = Collections.unmodifiableMap(kinds);
  }

  /** Returns these kinds; of two entries for one version of a kind, the first counts. */
  public static ApiResources of(Collection<ApiResource> resources) {
    return new ApiResources(resources, Collections.emptySortedMap());
  }

  /**
   * Returns these kinds, and what is known of APIs that should be served and are not.
   *
   * @param reasons why not, by API version, such as {@code metrics.k8s.io/v1beta1}
   */
  public ApiResources withUnavailable(Map<String, String> reasons) {
    return new ApiResources(
        byVersion.values(), Collections.unmodifiableSortedMap(new TreeMap<>(reasons)));
  }

  /**
   * Returns why it is not known whether a kind is served: an API of its group is not available.
   * Empty if it is known.
   */
  public Optional<String> unavailable(GroupKind kind) {
    return byKind.containsKey(kind)
        ? Optional.empty()
        : unavailable.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(kind.group() + "/"))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  /** Returns the kind in just this version, if it is served. */
  public Optional<ApiResource> find(GroupVersionKind kind) {
    return Optional.ofNullable(byVersion.get(kind));
  }

  /** Returns the kind in its preferred version, if any is served. */
  public Optional<ApiResource> find(GroupKind kind) {
    return versions(kind).stream().findFirst();
  }

  /** Returns all served versions of the kind, the preferred one first; empty if there is none. */
  public List<ApiResource> versions(GroupKind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /** Returns all kinds in all versions, in the order they were given. */
  public List<ApiResource> all() {
    return List.copyOf(byVersion.values());
  }

  /**
   * Returns these kinds and those that {@code manifests} define; what is not a {@code
   * CustomResourceDefinition} of {@code apiextensions.k8s.io} is left aside. A definition replaces
   * what was known of its kind: the kind will be served as the definition says.
   */
  public ApiResources withCustomResources(Collection<Manifest> manifests) {
    List<ApiResource> defined = new ArrayList<>();
    for (Manifest manifest : manifests) {
      if (manifest.groupVersionKind().groupKind().equals(DEFINITION)) {
        defined.addAll(served(manifest));
      }
    }
    if (defined.isEmpty()) {
      return this;
    }
    ApiResources custom = of(defined);
    List<ApiResource> all = new ArrayList<>();
    for (ApiResource known : byVersion.values()) {
      if (!custom.byKind.containsKey(known.kind().groupKind())) {
        all.add(known);
      }
    }
    all.addAll(defined);
    return new ApiResources(all, unavailable);
  }

  @Override
  public String toString() {
    return "ApiResources[" + byVersion.size() + " kinds]";
  }

  /** The versions that a definition serves; its storage version counts as the preferred one. */
  private static List<ApiResource> served(Manifest definition) {
    List<ApiResource> result = new ArrayList<>();
    for (Object item : Trees.list(definition.get("spec", "versions"))) {
      Map<String, @Nullable Object> version = Trees.object(item);
      if (Boolean.TRUE.equals(version.get("served"))) {
        boolean storage = Boolean.TRUE.equals(version.get("storage"));
        result.add(storage ? 0 : result.size(), served(definition, version));
      }
    }
    return result;
  }

  private static ApiResource served(Manifest definition, Map<String, @Nullable Object> version) {
    return new ApiResource(
        new GroupVersionKind(
            definition.string("spec", "group"),
            Trees.string(version.get("name")),
            definition.string("spec", "names", "kind")),
        definition.string("spec", "names", "plural"),
        !definition.string("spec", "scope").equals("Cluster"),
        Trees.get(version, "subresources", "status") != null,
        Trees.get(version, "subresources", "scale") != null);
  }
}
