package io.sailplan.planning;

import io.sailplan.graph.ExternalReference;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.ApiResource;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.policy.Policy;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Computes what to look at: first the parent and the members by their label, then by name what
 * should exist and was not among them, and what is referred to.
 *
 * <p>Members cost one list for each kind and namespace, however many they are; once an application
 * is deployed, nearly nothing is left to be got by name.
 */
final class Looks {
  private static final GroupKind CLAIM = new GroupKind("", "PersistentVolumeClaim");

  /** The kinds that a deletion keeps unless the policy names them. */
  private static final Set<GroupKind> KEPT =
      ShapeCatalog.builtIn().kinds().stream()
          .map(shape -> shape.kind().groupKind())
          .filter(kind -> Policy.PROTECTED.contains(kind.kind()))
          .collect(Collectors.toUnmodifiableSet());

  private final World world;
  private final Operation operation;
  private final Set<Look> looks = new LinkedHashSet<>();
  private final Set<ObjectKey> hooks = new TreeSet<>();

  /** The versions in which objects are declared, where the server would show another one. */
  private final Map<ObjectKey, String> versions = new HashMap<>();

  private Looks(World world, Operation operation) {
    this.world = world;
    this.operation = operation;
  }

  static List<Look> next(PlanRequest request) {
    World world = World.of(request);
    Looks looks = new Looks(world, world.composition().request().operation());
    looks.add(false, true);
    return looks.open();
  }

  /**
   * Returns all looks that may be asked for, whether or not they were taken.
   *
   * @param consult whether with those that only tell how sure a change is
   */
  static List<Look> all(PlanRequest request, boolean consult) {
    World world = World.of(request);
    Looks looks = new Looks(world, world.composition().request().operation());
    looks.add(true, consult);
    return List.copyOf(looks.looks);
  }

  /** Returns what tells that there is something to do again. */
  static List<Look> watched(PlanRequest request) {
    Looks looks = new Looks(World.of(request), request.operation());
    looks.watch();
    return List.copyOf(looks.looks);
  }

  private void watch() {
    looks.add(new Look.AtObject(world.membership().parent()));
    List<ObjectKey> declared = new ArrayList<>();
    List<ObjectKey> references = new ArrayList<>();
    operation.declared().ifPresent(application -> declare(application, declared, references));
    members(declared);
    for (ObjectKey key : references) {
      if (!key.name().isEmpty() && world.kinds().find(key.groupKind()).isPresent()) {
        looks.add(new Look.AtObject(key));
      }
    }
  }

  /** Returns what was not looked at yet. */
  private List<Look> open() {
    Snapshot seen = world.snapshot();
    return looks.stream()
        .filter(look -> !seen.hasTaken(look) && !seen.refused().containsKey(look))
        .toList();
  }

  private void add(boolean all, boolean consult) {
    Membership membership = world.membership();
    looks.add(new Look.AtObject(membership.parent()));
    looks.add(new Look.AtObject(World.namespace(membership.namespace())));
    List<ObjectKey> declared = new ArrayList<>();
    List<ObjectKey> references = new ArrayList<>();
    operation.declared().ifPresent(application -> declare(application, declared, references));
    world
        .composition()
        .externals()
        .values()
        .forEach(external -> looks.add(new Look.AtObject(world.external(external))));
    members(declared);
    if (consult && operation instanceof Operation.Deploy) {
      new Consulted(world).addTo(looks, declared);
    }
    if (!all && !open().isEmpty()) {
      return; // most of what is declared will be among the members: get by name only what is not
    }
    hooks.forEach(this::byName); // nothing marks them
    if (operation instanceof Operation.Deploy) {
      declared.forEach(this::byName);
      references.forEach(this::byName);
      declared.forEach(key -> byName(World.namespace(key.namespace())));
      declared.forEach(this::definition);
    } else {
      claims();
    }
  }

  private void declare(
      Application application, List<ObjectKey> declared, List<ObjectKey> references) {
    Declared found = Declared.of(world, application);
    ResourceGraph graph = found.members().graph().orElse(null);
    if (found.hooks().graph().isPresent() && graph != null) {
      hooks.addAll(found.hookKeys());
    }
    if (graph == null) { // what is wrong with it is for planning to say
      for (Resource resource : application.resources()) {
        declare(resource.manifest().key(), resource, declared);
      }
      return;
    }
    for (Resource resource : graph.resources()) {
      if (!hooks.contains(graph.key(resource.id()))) {
        declare(graph.key(resource.id()), resource, declared);
      }
    }
    for (ExternalReference reference : graph.externalReferences()) {
      references.add(reference.key());
    }
  }

  private void declare(ObjectKey key, Resource resource, List<ObjectKey> declared) {
    declared.add(key);
    GroupVersionKind kind = resource.manifest().groupVersionKind();
    List<ApiResource> served = world.kinds().versions(key.groupKind());
    if (!served.isEmpty()
        && !served.get(0).kind().equals(kind)
        && world.kinds().find(kind).isPresent()) {
      versions.put(key, kind.version());
    }
  }

  /**
   * Adds the lists of members, in all kinds and namespaces in which the application or its parent
   * has any.
   */
  private void members(List<ObjectKey> declared) {
    Index index = Parent.of(world).index();
    Set<GroupKind> kinds = new TreeSet<>(index.kinds());
    Set<String> namespaces = new TreeSet<>(index.namespaces());
    for (ObjectKey key : declared) {
      kinds.add(key.groupKind());
      if (!key.namespace().isEmpty()) {
        namespaces.add(key.namespace());
      }
    }
    Map<String, String> label = Map.of(Membership.PART_OF, world.membership().id());
    if (operation instanceof Operation.Delete) {
      kinds.addAll(
          KEPT); // what an earlier deletion has kept, together with no parent, is found by its
      // label
    }
    for (GroupKind kind : kinds) {
      ApiResource resource = world.kinds().find(kind).orElse(null);
      if (resource != null && !resource.namespaced()) {
        looks.add(new Look.AtList(kind, "", label));
      } else if (resource != null) {
        namespaces.forEach(namespace -> looks.add(new Look.AtList(kind, namespace, label)));
      }
    }
  }

  private void byName(ObjectKey key) {
    String version = versions.getOrDefault(key, "");
    if (!key.name().isEmpty() && (!version.isEmpty() || world.snapshot().find(key).isEmpty())) {
      looks.add(new Look.AtObject(key, version));
    }
  }

  /**
   * Adds the definition of a custom kind that the input itself does not define: it knows the kind's
   * structure.
   */
  private void definition(ObjectKey key) {
    ApiResource resource = world.kinds().find(key.groupKind()).orElse(null);
    if (resource != null && world.catalog().versions(key.groupKind()).isEmpty()) {
      byName(World.definition(resource));
    }
  }

  /**
   * Adds the claims in namespaces of StatefulSets: nothing marks those that a StatefulSet has made.
   */
  private void claims() {
    for (LiveObject object : world.snapshot().objects()) {
      if (VolumeClaims.isStatefulSet(object.manifest()) && world.membership().contains(object)) {
        looks.add(new Look.AtList(CLAIM, object.key().namespace(), Map.of()));
      }
    }
  }
}
