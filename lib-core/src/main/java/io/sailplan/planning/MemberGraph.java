package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.dialect.Conventions;
import io.sailplan.graph.Edge;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.graph.Strength;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What exists of an application, and which of it needs which other: as far as the objects tell
 * themselves, and what their author has declared of them.
 *
 * <p>What exists may be incomplete or contradict itself. Where it makes no graph, every object
 * counts as needing every other.
 */
final class MemberGraph {
  private final Map<String, LiveObject> objects = new TreeMap<>();
  private final Map<ObjectKey, String> ids = new HashMap<>();
  private final @Nullable ResourceGraph graph;

  private MemberGraph(World world, Application application) {
    for (Resource resource : application.resources()) {
      LiveObject object = world.snapshot().find(resource.manifest().key()).orElseThrow();
      objects.put(resource.id(), object);
      ids.put(object.key(), resource.id());
    }
    List<Edge> more = new ArrayList<>(VolumeClaims.edges(application));
    more.addAll(declaredEdges(world));
    Conventions conventions =
        Conventions.ofRemoval(application, world.kinds(), world.policy().dialects());
    more.addAll(conventions.edges());
    this.graph =
        ResourceGraph.compile(application, world.kinds(), more, conventions.milestones())
            .graph()
            .orElse(null);
  }

  /** Returns the graph of objects that exist, as resources by their manifests. */
  static MemberGraph of(World world, Collection<Resource> resources) {
    return new MemberGraph(
        world,
        Application.of(world.membership().name(), world.membership().namespace(), resources));
  }

  /** Returns all ids, what needs before what is needed. */
  List<String> order() {
    return graph == null ? List.copyOf(objects.keySet()) : graph.reverseOrder();
  }

  /** Returns all ids and milestones, what needs before what is needed. */
  List<String> sequence() {
    if (graph == null) {
      return order();
    }
    List<String> sequence = new ArrayList<>(graph.sequence());
    Collections.reverse(sequence);
    return sequence;
  }

  /** Returns whether an id is that of a milestone, which is no object. */
  boolean isMilestone(String id) {
    return !objects.containsKey(id);
  }

  /** Returns the ids and milestones of what needs this one, ordered. */
  List<String> dependents(String id) {
    return graph == null
        ? objects.keySet().stream().filter(other -> !other.equals(id)).toList()
        : graph.dependents(id).stream().map(Edge::from).toList();
  }

  /** Returns the ids and milestones of what this one needs, ordered; none if it is not known. */
  List<String> dependencies(String id) {
    return graph == null ? List.of() : graph.dependencies(id).stream().map(Edge::to).toList();
  }

  /**
   * Returns the ids of what this one cannot be without, ordered: its namespace and the definition
   * of its kind in any case.
   */
  List<String> hardDependencies(String id) {
    return graph == null
        ? objects.keySet().stream().filter(other -> contains(object(other), object(id))).toList()
        : graph.dependencies(id).stream()
            .filter(Edge::isHard)
            .map(Edge::to)
            .filter(objects::containsKey)
            .toList();
  }

  /** Returns whether an object lives in another one, or is of the kind that it defines. */
  static boolean contains(LiveObject container, LiveObject content) {
    Manifest manifest = container.manifest();
    GroupKind defined =
        new GroupKind(manifest.string("spec", "group"), manifest.string("spec", "names", "kind"));
    return container.key().equals(World.namespace(content.key().namespace()))
        || (container.key().kind().equals("CustomResourceDefinition")
            && defined.equals(content.key().groupKind()));
  }

  LiveObject object(String id) {
    return requireNonNull(objects.get(id));
  }

  Target target(String id) {
    LiveObject object = object(id);
    return new Target(
        id, object.manifest().groupVersionKind(), object.key().namespace(), object.key().name());
  }

  /**
   * What the author declared about order is not written in what exists: it is taken over by keys.
   */
  private List<Edge> declaredEdges(World world) {
    ResourceGraph declared =
        world
            .application()
            .flatMap(application -> Declared.of(world, application).members().graph())
            .orElse(null);
    if (declared == null) {
      return List.of();
    }
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : declared.edges()) {
      if (declared.resource(edge.from()).isEmpty() || declared.resource(edge.to()).isEmpty()) {
        continue; // milestones are those of what exists
      }
      String from = ids.get(declared.key(edge.from()));
      String to = ids.get(declared.key(edge.to()));
      if (from != null && to != null && edge.isHard()) {
        edges.add(new Edge(from, to, Strength.HARD, edge.provenances()));
      }
    }
    return edges;
  }
}
