package io.sailplan.graph;

import static java.util.Objects.requireNonNull;

import io.sailplan.graph.Links.Link;
import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The resources of an application, settled in their namespaces, and which of them needs which
 * other. Has no circles. Immutable; every list it returns has one order, whatever the order of the
 * input.
 */
public final class ResourceGraph {
  private final List<Resource> resources;
  private final List<Node> nodes;
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<ObjectKey, String> byKey = new HashMap<>();
  private final List<Edge> edges;
  private final List<Edge> droppedEdges;
  private final List<List<Edge>> dependencies;
  private final List<List<Edge>> dependents;
  private final List<String> order;
  private final List<ExternalReference> externalReferences;

  private ResourceGraph(
      Nodes nodes, List<Edge> edges, List<Edge> dropped, Collection<ExternalReference> external) {
    this.nodes = nodes.all();
    this.resources = this.nodes.stream().map(Node::resource).toList();
    for (Node node : this.nodes) {
      byId.put(node.id(), node.index());
      byKey.put(node.key(), node.id());
    }
    this.edges = List.copyOf(edges);
    this.droppedEdges = List.copyOf(dropped);
    this.dependencies = byEnd(true);
    this.dependents = byEnd(false);
    this.order = sort();
    this.externalReferences = List.copyOf(external);
  }

  /**
   * Returns the graph of an application.
   *
   * @param application what should exist
   * @param kinds the kinds that will be served; those that the application itself defines need not
   *     be among them
   */
  public static GraphResult compile(Application application, ApiResources kinds) {
    return compile(application, kinds, List.of());
  }

  /**
   * Returns the graph of an application.
   *
   * @param application what should exist
   * @param kinds the kinds that will be served; those that the application itself defines need not
   *     be among them
   * @param more edges found elsewhere, such as in annotations or expressions; soft ones among them
   *     are kept before inferred ones
   * @throws IllegalArgumentException if an edge in {@code more} names an id that the application
   *     does not have
   */
  public static GraphResult compile(
      Application application, ApiResources kinds, Collection<Edge> more) {
    requireNonNull(application, "application");
    requireNonNull(kinds, "kinds");
    requireNonNull(more, "more");
    List<Problem> problems = new ArrayList<>();
    Nodes nodes = new Nodes(Resolver.resolve(application, kinds, problems));
    Links links = new Links(nodes);
    addWritten(nodes, links, more);
    Inference.infer(nodes, links);

    List<Link> all = links.links();
    problems.addAll(Cycles.find(nodes, all.stream().filter(link -> link.hard).toList()));
    if (problems.stream().anyMatch(Problem::isError)) {
      return new GraphResult(Optional.empty(), problems);
    }
    List<Link> dropped = SoftEdges.toDrop(nodes.all().size(), all);
    ResourceGraph graph =
        new ResourceGraph(
            nodes, edges(nodes, without(all, dropped)), edges(nodes, dropped), links.external());
    return new GraphResult(Optional.of(graph), problems);
  }

  /** Returns the resources, ordered by id; each names its namespace if its kind is namespaced. */
  public List<Resource> resources() {
    return resources;
  }

  /** Returns the resource with this id. */
  public Optional<Resource> resource(String id) {
    return Optional.ofNullable(byId.get(id)).map(resources::get);
  }

  /**
   * Returns the identity of the resource's object.
   *
   * @throws IllegalArgumentException if no resource has this id
   */
  public ObjectKey key(String id) {
    return nodes.get(index(id)).key();
  }

  /**
   * Returns how the resource's kind is served.
   *
   * @throws IllegalArgumentException if no resource has this id
   */
  public ApiResource apiResource(String id) {
    return requireNonNull(nodes.get(index(id)).api()); // an unknown kind makes no graph
  }

  /** Returns the id of the resource whose object this is. */
  public Optional<String> id(ObjectKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Returns all edges, ordered by their ends; at most one for each pair. */
  public List<Edge> edges() {
    return edges;
  }

  /** Returns the soft edges that would have closed a circle, ordered by their ends. */
  public List<Edge> droppedEdges() {
    return droppedEdges;
  }

  /**
   * Returns the edges from the resource to what it needs, ordered by id.
   *
   * @throws IllegalArgumentException if no resource has this id
   */
  public List<Edge> dependencies(String id) {
    return dependencies.get(index(id));
  }

  /**
   * Returns the edges to the resource from what needs it, ordered by id.
   *
   * @throws IllegalArgumentException if no resource has this id
   */
  public List<Edge> dependents(String id) {
    return dependents.get(index(id));
  }

  /**
   * Returns all ids, what is needed before what needs it; of those that could be next, the least.
   */
  public List<String> order() {
    return order;
  }

  /** Returns {@link #order()} backwards: what needs before what is needed. */
  public List<String> reverseOrder() {
    List<String> reverse = new ArrayList<>(order);
    Collections.reverse(reverse);
    return Collections.unmodifiableList(reverse);
  }

  /** Returns what resources refer to outside of the application, ordered by id, then by key. */
  public List<ExternalReference> externalReferences() {
    return externalReferences;
  }

  @Override
  public String toString() {
    return "ResourceGraph[" + resources.size() + " resources, " + edges.size() + " edges]";
  }

  private static void addWritten(Nodes nodes, Links links, Collection<Edge> more) {
    Map<String, Node> byId = new HashMap<>();
    nodes.all().forEach(node -> byId.put(node.id(), node));
    for (Node node : nodes.all()) {
      for (String other : node.resource().dependsOn()) {
        links.hard(node, find(byId, other), Provenance.dependsOn());
      }
    }
    for (Edge edge : more) {
      for (Provenance provenance : edge.provenances()) {
        if (edge.isHard()) {
          links.hard(find(byId, edge.from()), find(byId, edge.to()), provenance);
        } else {
          links.soft(
              find(byId, edge.from()), find(byId, edge.to()), Links.Rank.WRITTEN, provenance);
        }
      }
    }
  }

  private static Node find(Map<String, Node> byId, String id) {
    Node node = byId.get(id);
    if (node == null) {
      throw new IllegalArgumentException("more names \"" + id + "\", which is no resource");
    }
    return node;
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
              nodes.all().get(link.from).id(),
              nodes.all().get(link.to).id(),
              link.hard ? Strength.HARD : Strength.SOFT,
              List.copyOf(link.provenances)));
    }
    return edges;
  }

  private List<List<Edge>> byEnd(boolean from) {
    List<List<Edge>> result = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      result.add(new ArrayList<>(0));
    }
    for (Edge edge : edges) {
      result.get(index(from ? edge.from() : edge.to())).add(edge);
    }
    result.replaceAll(List::copyOf);
    return result;
  }

  /** Kahn's algorithm; ties go to the least id, which has the least index. */
  private List<String> sort() {
    int[] waiting = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = dependencies.get(i).size();
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<String> sorted = new ArrayList<>(waiting.length);
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(nodes.get(next).id());
      for (Edge edge : dependents.get(next)) {
        int dependent = index(edge.from());
        if (--waiting[dependent] == 0) {
          ready.add(dependent);
        }
      }
    }
    return List.copyOf(sorted);
  }

  private int index(String id) {
    Integer index = byId.get(requireNonNull(id, "id"));
    if (index == null) {
      throw new IllegalArgumentException("id \"" + id + "\" is no resource of this graph");
    }
    return index;
  }
}
