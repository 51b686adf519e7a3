package io.sailplan.dialect;

import static java.util.Objects.requireNonNull;

import io.sailplan.graph.Edge;
import io.sailplan.graph.Provenance;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an application says in annotations of other tools. The same application gives the same
 * conventions, whatever the order in which its resources were written.
 *
 * @param members the resources that are deployed in the order of a graph: all but hooks that run
 *     before or after, and but what is left out; with readiness rules by annotations
 * @param hooks the hooks, ordered by resource id
 * @param hookResources the resources of hooks that are not among the members, ordered by id
 * @param leftOut why resources are not deployed at all, by id
 * @param treatments what is asked for beside order, by resource id; only what is not normal
 * @param edges who needs whom, milestones included
 * @param milestones the milestones that the edges name
 * @param problems what is wrong, contradictory or not carried over, in a fixed order
 */
public record Conventions(
    Application members,
    List<Hook> hooks,
    List<Resource> hookResources,
    Map<String, String> leftOut,
    Map<String, Treatment> treatments,
    List<Edge> edges,
    Set<String> milestones,
    List<Problem> problems) {

  /** Copies the collections. */
  public Conventions {
    requireNonNull(members, "members");
    hooks = List.copyOf(hooks);
    hookResources = List.copyOf(hookResources);
    leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
    treatments = Collections.unmodifiableMap(new TreeMap<>(treatments));
    edges = List.copyOf(edges);
    milestones = Collections.unmodifiableSet(new TreeSet<>(milestones));
    problems = List.copyOf(problems);
  }

  /**
   * Returns what an application says about its deployment.
   *
   * @param application what should exist
   * @param kinds the kinds that will be served, to tell what lives in a namespace
   * @param dialects the tools whose annotations are read
   */
  public static Conventions ofDeployment(
      Application application, ApiResources kinds, Set<Dialect> dialects) {
    return ConventionsReader.read(application, kinds, dialects, false);
  }

  /**
   * Returns what objects say about their removal: in its edges, as in those of a deployment, what
   * needs goes before what is needed.
   *
   * @param application what exists
   * @param kinds the kinds that are served
   * @param dialects the tools whose annotations are read
   */
  public static Conventions ofRemoval(
      Application application, ApiResources kinds, Set<Dialect> dialects) {
    return ConventionsReader.read(application, kinds, dialects, true);
  }

  /**
   * Returns whether an object, if it is pruned, goes only after all else is ready: Argo CD's {@code
   * PruneLast}.
   */
  public static boolean isPrunedLast(LiveObject object, Set<Dialect> dialects) {
    return dialects.contains(Dialect.ARGO) && ArgoOptions.has(object, "PruneLast=true");
  }

  /** Returns what is asked for in the treatment of a resource. */
  public Treatment treatment(String resource) {
    return treatments.getOrDefault(resource, Treatment.normal());
  }

  /**
   * Returns a warning for each order that annotations ask for and that the graph could not keep.
   */
  public List<Problem> notKept(ResourceGraph graph) {
    List<Problem> warnings = new ArrayList<>();
    for (Edge edge : graph.droppedEdges()) {
      boolean written =
          edge.provenances().stream().anyMatch(why -> why.origin() == Provenance.Origin.ANNOTATION);
      if (written) {
        warnings.add(
            Problem.warning(
                    ProblemCode.CONTRADICTION,
                    edge.from()
                        + " does not wait for "
                        + edge.to()
                        + " ("
                        + edge.text()
                        + "): something there needs it, directly or by way of others")
                .at(
                    graph
                        .resource(graph.resource(edge.from()).isPresent() ? edge.from() : edge.to())
                        .map(resource -> resource.source().find(".metadata.annotations"))
                        .orElse(null))
                .hint(
                    "Change the order that the annotations give; sailplan graph shows who needs whom."));
      }
    }
    return warnings;
  }
}
