package io.sailplan.graph;

import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Settles the kind, scope and namespace of every resource. */
final class Resolver {
  private final String home;
  private final ApiResources kinds;
  private final List<Problem> problems;

  Resolver(String home, ApiResources kinds, List<Problem> problems) {
    this.home = home;
    this.kinds = kinds;
    this.problems = problems;
  }

  /** Returns a node for each resource, ordered by id; what is wrong is added to the problems. */
  static List<Node> resolve(Application application, ApiResources kinds, List<Problem> problems) {
    List<Manifest> manifests = application.resources().stream().map(Resource::manifest).toList();
    Resolver resolver =
        new Resolver(application.namespace(), kinds.withCustomResources(manifests), problems);
    List<Node> nodes = new ArrayList<>();
    Map<ObjectKey, Node> seen = new HashMap<>();
    for (Resource resource : application.resources()) {
      Node node = resolver.node(nodes.size(), resource);
      nodes.add(node);
      Node first = seen.putIfAbsent(node.key(), node);
      if (first != null) {
        problems.add(duplicate(first, node));
      }
    }
    return nodes;
  }

  private Node node(int index, Resource resource) {
    Manifest manifest = resource.manifest();
    Optional<ApiResource> api = kinds.find(manifest.groupVersionKind());
    if (api.isEmpty()) {
      problems.add(unknownKind(resource));
    } else if (api.get().namespaced() && manifest.namespace().isEmpty()) {
      manifest = manifest.inNamespace(home);
    } else if (!api.get().namespaced() && !manifest.namespace().isEmpty()) {
      // The API server answers 400 where path and object disagree; people mean the object anyway.
      problems.add(namespaceIgnored(resource));
      manifest = manifest.inNamespace("");
    }
    return new Node(
        index,
        manifest.equals(resource.manifest()) ? resource : resource.withManifest(manifest),
        manifest.key(),
        api.orElse(null),
        PodTemplate.find(manifest));
  }

  private static Problem namespaceIgnored(Resource resource) {
    Manifest manifest = resource.manifest();
    return Problem.warning(
            ProblemCode.WRONG_SCOPE,
            resource.id()
                + " names the namespace \""
                + manifest.namespace()
                + "\", but objects of the kind "
                + manifest.kind()
                + " live in no namespace")
        .at(resource.source().find(".metadata.namespace"))
        .hint("The namespace is left out; remove it.");
  }

  private static Problem duplicate(Node first, Node second) {
    SourceLocation place = first.resource().source().find("");
    return Problem.error(
            ProblemCode.DUPLICATE,
            second.id()
                + " is the same object as "
                + first.id()
                + ": "
                + first.key()
                + (place == null ? "" : ", first at " + place))
        .at(second.resource().source().find(""))
        .hint("Remove one of them.");
  }

  private Problem unknownKind(Resource resource) {
    GroupVersionKind kind = resource.manifest().groupVersionKind();
    Optional<String> unavailable = kinds.unavailable(kind.groupKind());
    return Problem.error(
            ProblemCode.UNKNOWN_KIND,
            resource.id()
                + " has the kind "
                + kind.kind()
                + " of "
                + kind.apiVersion()
                + ", which is not known"
                + unavailable.map(reason -> ": " + reason).orElse(""))
        .at(resource.source().find(".kind"))
        .hint(
            unavailable.isPresent()
                ? "Mend the server behind that API (`kubectl get apiservices` names it), or take the"
                    + " resource out."
                : advice(kind));
  }

  private String advice(GroupVersionKind wanted) {
    String versions =
        kinds.versions(wanted.groupKind()).stream()
            .map(api -> api.kind().apiVersion())
            .collect(Collectors.joining(", "));
    if (!versions.isEmpty()) {
      return "The kind is served as " + versions + ".";
    }
    TreeSet<GroupKind> sameName = new TreeSet<>();
    TreeSet<String> sameGroup = new TreeSet<>();
    TreeSet<String> names = new TreeSet<>();
    for (ApiResource api : kinds.all()) {
      names.add(api.kind().kind());
      if (api.kind().kind().equals(wanted.kind())) {
        sameName.add(api.kind().groupKind());
      }
      if (api.kind().apiVersion().equals(wanted.apiVersion())) {
        sameGroup.add(api.kind().kind());
      }
    }
    if (!sameName.isEmpty()) {
      return sameName.stream()
          .flatMap(kind -> kinds.find(kind).stream())
          .map(api -> "\"" + api.kind().apiVersion() + "\"")
          .collect(Collectors.joining(" or ", "Did you mean the apiVersion ", "?"));
    }
    String near = Suggestion.didYouMean(wanted.kind(), sameGroup);
    if (near.isEmpty()) {
      near = Suggestion.didYouMean(wanted.kind(), names);
    }
    return (near.isEmpty() ? "" : near + " ")
        + "A kind that does not ship with Kubernetes needs its CustomResourceDefinition in the"
        + " application, or a cluster that serves it.";
  }
}
