package io.sailplan.graph;

import io.sailplan.graph.Links.Link;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a graph of an application, or says why there is none. */
final class Compilation {
  private Compilation() {}

  static GraphResult compile(
      Application application,
      ApiResources kinds,
      Collection<Edge> more,
      Collection<String> milestones) {
    List<Problem> problems = new ArrayList<>();
    Nodes nodes = new Nodes(Resolver.resolve(application, kinds, problems), milestones);
    Links links = new Links(nodes);
    addWritten(nodes, links, more);
    Inference.infer(nodes, links);

    List<Link> all = links.links();
    problems.addAll(Cycles.find(nodes, all.stream().filter(link -> link.hard).toList()));
    if (problems.stream().anyMatch(Problem::isError)) {
      return new GraphResult(Optional.empty(), problems);
    }
    List<Link> dropped = SoftEdges.toDrop(nodes.count(), all);
    ResourceGraph graph =
        new ResourceGraph(
            nodes, edges(nodes, without(all, dropped)), edges(nodes, dropped), links.external());
    return new GraphResult(Optional.of(graph), problems);
  }

  private static void addWritten(Nodes nodes, Links links, Collection<Edge> more) {
    Map<String, Integer> byId = new HashMap<>();
    for (int index = 0; index < nodes.count(); index++) {
      byId.put(nodes.id(index), index);
    }
    for (Node node : nodes.all()) {
      for (String other : node.resource().dependsOn()) {
        links.written(node.index(), find(byId, other), true, Provenance.dependsOn());
      }
    }
    for (Edge edge : more) {
      for (Provenance provenance : edge.provenances()) {
        links.written(find(byId, edge.from()), find(byId, edge.to()), edge.isHard(), provenance);
      }
    }
  }

  private static int find(Map<String, Integer> byId, String id) {
    Integer index = byId.get(id);
    if (index == null) {
      throw new IllegalArgumentException("more names \"" + id + "\", which is no resource");
    }
    return index;
  }

  private static List<Link> without(List<Link> links, List<Link> dropped) {
    List<Link> rest = new ArrayList<>(links.size());
    for (Link link : links) {
      if (Collections.binarySearch(dropped, link, Link.BY_ENDS) < 0) {
        rest.add(link);
      }
    }
    return rest;
  }

  private static List<Edge> edges(Nodes nodes, List<Link> links) {
    List<Edge> edges = new ArrayList<>(links.size());
    for (Link link : links) {
      edges.add(
          new Edge(
              nodes.id(link.from),
              nodes.id(link.to),
              link.hard ? Strength.HARD : Strength.SOFT,
              List.copyOf(link.provenances)));
    }
    return edges;
  }
}
