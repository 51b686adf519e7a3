package io.sailplan.graph;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
  private final List<String> milestones;
  private final List<String> sequence;
  private final List<String> order;
  private final List<ExternalReference> externalReferences;

  ResourceGraph(
      Nodes nodes, List<Edge> edges, List<Edge> dropped, Collection<ExternalReference> external) {
    this.nodes = nodes.all();
    this.resources = this.nodes.stream().map(Node::resource).toList();
    for (Node node : this.nodes) {
      byId.put(node.id(), node.index());
      byKey.put(node.key(), node.id());
    }
    nodes.milestones().forEach(id -> byId.put(id, byId.size()));
    this.milestones = nodes.milestones();
    this.edges = List.copyOf(edges);
    this.droppedEdges = List.copyOf(dropped);
    this.dependencies = byEnd(true);
    this.dependents = byEnd(false);
    this.sequence = sort();
    this.order = sequence.stream().filter(id -> index(id) < resources.size()).toList();
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
    return compile(application, kinds, more, List.of());
  }

  /**
   * Returns the graph of an application in which many resources may wait for many others without an
   * edge from each to each: by way of a milestone, which is no resource, needs what has to be done
   * before it is reached, and is needed by what waits for that.
   *
   * @param application what should exist
   * @param kinds the kinds that will be served; those that the application itself defines need not
   *     be among them
   * @param more edges found elsewhere, such as in annotations or expressions; soft ones among them
   *     are kept before inferred ones
   * @param milestones the ids of the milestones that {@code more} names; no resource has one of
   *     them, and milestones alone make no circle
   * @throws IllegalArgumentException if an edge in {@code more} names an id that is neither a
   *     resource nor a milestone, or a milestone has the id of a resource
   */
  public static GraphResult compile(
      Application application,
      ApiResources kinds,
      Collection<Edge> more,
      Collection<String> milestones) {
    requireNonNull(application, "application");
    requireNonNull(kinds, "kinds");
    requireNonNull(more, "more");
    for (String milestone : milestones) {
      if (application.resource(milestone).isPresent()) {
        throw new IllegalArgumentException("milestones: \"" + milestone + "\" is a resource");
      }
    }
    return Compilation.compile(application, kinds, more, milestones);
  }

  /** Returns the resources, ordered by id; each names its namespace if its kind is namespaced. */
  public List<Resource> resources() {
    return resources;
  }

  /** Returns the resource with this id. */
  public Optional<Resource> resource(String id) {
    return Optional.ofNullable(byId.get(id))
        .filter(index -> index < resources.size())
        .map(resources::get);
  }

  /**
   * Returns the identity of the resource's object.
   *
   * @throws IllegalArgumentException if no resource has this id
   */
  public ObjectKey key(String id) {
    return node(id).key();
  }

  /** Returns the id of the resource whose object this is. */
  public Optional<String> id(ObjectKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Returns the ids of the milestones, ordered; see {@link #compile}. */
  public List<String> milestones() {
    return milestones;
  }

  /**
   * Returns all edges, ordered by their ends, those from and to milestones among them; at most one
   * for each pair.
   */
  public List<Edge> edges() {
    return edges;
  }

  /** Returns the soft edges that would have closed a circle, ordered by their ends. */
  public List<Edge> droppedEdges() {
    return droppedEdges;
  }

  /**
   * Returns the edges from the resource or milestone to what it needs, ordered by id.
   *
   * @throws IllegalArgumentException if neither has this id
   */
  public List<Edge> dependencies(String id) {
    return dependencies.get(index(id));
  }

  /**
   * Returns the edges to the resource or milestone from what needs it, ordered by id.
   *
   * @throws IllegalArgumentException if neither has this id
   */
  public List<Edge> dependents(String id) {
    return dependents.get(index(id));
  }

  /**
   * Returns the ids of all resources, what is needed before what needs it; of those that could be
   * next, the least.
   */
  public List<String> order() {
    return order;
  }

  /** Returns {@link #order()} with the milestones, each as soon as all that it needs stands. */
  public List<String> sequence() {
    return sequence;
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

  private List<List<Edge>> byEnd(boolean from) {
    List<List<Edge>> result = new ArrayList<>(byId.size());
    for (int i = 0; i < byId.size(); i++) {
      result.add(new ArrayList<>(0));
    }
    for (Edge edge : edges) {
      result.get(index(from ? edge.from() : edge.to())).add(edge);
    }
    result.replaceAll(List::copyOf);
    return result;
  }

  /** Kahn's algorithm; ties go to milestones, then to the least id, which has the least index. */
  private List<String> sort() {
    String[] ids = new String[byId.size()];
    byId.forEach((id, index) -> ids[index] = id);
    int[] waiting = new int[ids.length];
    PriorityQueue<Integer> ready =
        new PriorityQueue<>(
            Comparator.<Integer, Boolean>comparing(index -> index < nodes.size())
                .thenComparing(Comparator.naturalOrder()));
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = dependencies.get(i).size();
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<String> sorted = new ArrayList<>(waiting.length);
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(ids[next]);
      for (Edge edge : dependents.get(next)) {
        int dependent = index(edge.from());
        if (--waiting[dependent] == 0) {
          ready.add(dependent);
        }
      }
    }
    return List.copyOf(sorted);
  }

  private Node node(String id) {
    int index = index(id);
    if (index >= nodes.size()) {
      throw new IllegalArgumentException("id \"" + id + "\" is a milestone, no resource");
    }
    return nodes.get(index);
  }

  private int index(String id) {
    Integer index = byId.get(requireNonNull(id, "id"));
    if (index == null) {
      throw new IllegalArgumentException("id \"" + id + "\" is no resource of this graph");
    }
    return index;
  }
}
