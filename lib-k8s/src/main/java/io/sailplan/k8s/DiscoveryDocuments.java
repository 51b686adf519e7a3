package io.sailplan.k8s;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says about its kinds: the aggregated documents of <a
 * href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery">{@code
 * apidiscovery.k8s.io}</a>, and the older ones.
 */
final class DiscoveryDocuments {
  /** What is asked for; the last one is what older servers answer. */
  static final String ACCEPT =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";

  private DiscoveryDocuments() {}

  static boolean isAggregated(Manifest document) {
    return document.kind().equals("APIGroupDiscoveryList");
  }

  /** Returns the kinds of an aggregated document, in the server's order: preferred first. */
  static List<ApiResource> aggregated(Manifest document) {
    List<ApiResource> served = new ArrayList<>();
    for (Object group : Trees.list(document.get("items"))) {
      String name = Trees.string(Trees.get(group, "metadata", "name"));
      for (Object version : Trees.list(Trees.get(group, "versions"))) {
        String text = Trees.string(Trees.get(version, "version"));
        List<Listed> listed = new ArrayList<>();
        for (Object resource : Trees.list(Trees.get(version, "resources"))) {
          listed.add(
              new Listed(
                  new GroupVersionKind(
                      name, text, Trees.string(Trees.get(resource, "responseKind", "kind"))),
                  Trees.string(Trees.get(resource, "resource")),
                  "Namespaced".equals(Trees.get(resource, "scope")),
                  subresources(resource),
                  verbs(resource)));
        }
        served.addAll(resources(listed));
      }
    }
    return served;
  }

  /**
   * Returns the API versions of an aggregated document whose servers do not answer: what is listed
   * of them, if anything, is what they served before.
   */
  static Set<String> stale(Manifest document) {
    Set<String> stale = new LinkedHashSet<>();
    for (Object group : Trees.list(document.get("items"))) {
      String name = Trees.string(Trees.get(group, "metadata", "name"));
      for (Object version : Trees.list(Trees.get(group, "versions"))) {
        if ("Stale".equals(Trees.get(version, "freshness"))) {
          stale.add(name + "/" + Trees.string(Trees.get(version, "version")));
        }
      }
    }
    return stale;
  }

  /** Returns the versions that the older {@code /api} and {@code /apis} list, preferred first. */
  static List<String> groupVersions(Manifest document) {
    Set<String> versions = new LinkedHashSet<>();
    for (Object version : Trees.list(document.get("versions"))) {
      versions.add(Trees.string(version));
    }
    for (Object group : Trees.list(document.get("groups"))) {
      versions.add(Trees.string(Trees.get(group, "preferredVersion", "groupVersion")));
      for (Object version : Trees.list(Trees.get(group, "versions"))) {
        versions.add(Trees.string(Trees.get(version, "groupVersion")));
      }
    }
    versions.remove("");
    return List.copyOf(versions);
  }

  /** Returns the kinds of an older {@code APIResourceList}. */
  static List<ApiResource> ofVersion(Manifest document) {
    String groupVersion = document.string("groupVersion");
    List<Object> all = new ArrayList<>();
    Trees.list(document.get("resources")).forEach(all::add);
    Set<String> names =
        all.stream()
            .map(resource -> Trees.string(Trees.get(resource, "name")))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Listed> listed = new ArrayList<>();
    for (Object resource : all) {
      String plural = Trees.string(Trees.get(resource, "name"));
      if (!plural.contains("/")) {
        Set<String> subresources = new LinkedHashSet<>();
        names.stream()
            .filter(name -> name.startsWith(plural + "/"))
            .forEach(name -> subresources.add(name.substring(plural.length() + 1)));
        listed.add(
            new Listed(
                GroupVersionKind.of(groupVersion, Trees.string(Trees.get(resource, "kind"))),
                plural,
                Boolean.TRUE.equals(Trees.get(resource, "namespaced")),
                subresources,
                verbs(resource)));
      }
    }
    return resources(listed);
  }

  /** Where two resources have the same kind, the one that can be read comes first. */
  private static List<ApiResource> resources(List<Listed> listed) {
    List<ApiResource> resources = new ArrayList<>();
    for (boolean readable : new boolean[] {true, false}) {
      listed.stream()
          .filter(resource -> resource.verbs().contains("get") == readable)
          .filter(resource -> !resource.kind().kind().isEmpty())
          .map(Listed::toResource)
          .forEach(resources::add);
    }
    return resources;
  }

  private static Set<String> subresources(@Nullable Object resource) {
    return Trees.list(Trees.get(resource, "subresources")).stream()
        .map(subresource -> Trees.string(Trees.get(subresource, "subresource")))
        .collect(Collectors.toSet());
  }

  private static Set<String> verbs(@Nullable Object resource) {
    return Trees.list(Trees.get(resource, "verbs")).stream()
        .map(Trees::string)
        .collect(Collectors.toSet());
  }

  private record Listed(
      GroupVersionKind kind,
      String plural,
      boolean namespaced,
      Set<String> subresources,
      Set<String> verbs) {
    ApiResource toResource() {
      return new ApiResource(
          kind,
          plural,
          namespaced,
          subresources.contains("status"),
          subresources.contains("scale"));
    }
  }
}
