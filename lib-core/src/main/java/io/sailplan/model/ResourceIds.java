package io.sailplan.model;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives every resource of an application an id of its own, as short as it can be. */
final class ResourceIds {
  private ResourceIds() {}

  /** Returns the resources with unique ids; what cannot be kept apart becomes a problem. */
  static List<Resource> unique(
      Collection<Resource> resources, String home, List<Problem> problems) {
    List<Resource> distinct = distinctObjects(resources, home, problems);
    List<Resource> named = qualify(distinct, resource -> inNamespace(resource, home));
    List<Resource> result = qualify(named, resource -> inNamespaceAndGroup(resource, home));
    Set<String> ids = new HashSet<>();
    for (Resource resource : result) {
      if (!ids.add(resource.id())) {
        problems.add(
            Problem.error(
                    ProblemCode.DUPLICATE, "two resources have the id \"" + resource.id() + "\"")
                .at(resource.source().find(""))
                .hint("Give one of them another id."));
      }
    }
    for (Resource resource : result) {
      for (String other : resource.dependsOn()) {
        if (!ids.contains(other)) {
          problems.add(unknown(resource, other, ids));
        }
      }
    }
    return result;
  }

  private static List<Resource> distinctObjects(
      Collection<Resource> resources, String home, List<Problem> problems) {
    Map<ObjectKey, Resource> seen = new LinkedHashMap<>();
    for (Resource resource : resources) {
      ObjectKey key = resource.manifest().key();
      Resource first =
          seen.putIfAbsent(key.namespace().isEmpty() ? key.inNamespace(home) : key, resource);
      if (first != null) {
        SourceLocation place = first.source().find("");
        problems.add(
            Problem.error(
                    ProblemCode.DUPLICATE,
                    key + " is given twice" + (place == null ? "" : ", first at " + place))
                .at(resource.source().find(""))
                .hint("Remove one of them."));
      }
    }
    return List.copyOf(seen.values());
  }

  private static List<Resource> qualify(
      List<Resource> resources, Function<Resource, String> longer) {
    Map<String, Long> counts =
        resources.stream().collect(Collectors.groupingBy(Resource::id, Collectors.counting()));
    List<Resource> result = new ArrayList<>();
    for (Resource resource : resources) {
      boolean clashes = counts.getOrDefault(resource.id(), 0L) > 1;
      result.add(clashes ? resource.withId(longer.apply(resource)) : resource);
    }
    return result;
  }

  private static String inNamespace(Resource resource, String home) {
    Manifest manifest = resource.manifest();
    String namespace = manifest.namespace().isEmpty() ? home : manifest.namespace();
    return manifest.kind() + "/" + namespace + "/" + manifest.name();
  }

  private static String inNamespaceAndGroup(Resource resource, String home) {
    Manifest manifest = resource.manifest();
    String namespace = manifest.namespace().isEmpty() ? home : manifest.namespace();
    return manifest.groupVersionKind().groupKind() + "/" + namespace + "/" + manifest.name();
  }

  private static Problem unknown(Resource resource, String other, Set<String> ids) {
    String near =
        ids.stream()
            .filter(id -> id.endsWith("/" + other))
            .sorted()
            .findFirst()
            .map(id -> "Did you mean \"" + id + "\"?")
            .orElse(Suggestion.didYouMean(other, ids));
    String annotation =
        resource.manifest().annotations().containsKey(ResourceAnnotations.DEPENDS_ON)
            ? PlainPath.field(".metadata.annotations", ResourceAnnotations.DEPENDS_ON)
            : ".metadata";
    return Problem.error(
            ProblemCode.DANGLING_REFERENCE,
            resource.id() + " depends on \"" + other + "\", which is not in the application")
        .at(resource.source().find(annotation))
        .hint((near + " Ids are written Kind/name.").strip());
  }
}
