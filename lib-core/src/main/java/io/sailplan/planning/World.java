package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.ApiResources;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.policy.Policy;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a planner knows: the snapshot, the kinds as they are and as they will be, and the caller's
 * wishes.
 */
final class World {
  private static final GroupKind DEFINITION =
      new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");

  /** The namespaces that every cluster has. */
  private static final List<String> ALWAYS =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");

  private final PlanRequest request;
  private final ShapeCatalog catalog;
  private final ApiResources served;
  private final ApiResources kinds;

  private World(
      PlanRequest request, ShapeCatalog catalog, ApiResources served, ApiResources kinds) {
    this.request = request;
    this.catalog = catalog;
    this.served = served;
    this.kinds = kinds;
  }

  /**
   * Returns the world in which a request is planned; definitions in the input count before those
   * that exist.
   */
  static World of(PlanRequest request) {
    Map<ObjectKey, Manifest> definitions = new TreeMap<>();
    for (LiveObject object : request.snapshot().objects()) {
      if (object.key().groupKind().equals(DEFINITION)) {
        definitions.put(object.key(), object.manifest());
      }
    }
    request
        .operation()
        .declared()
        .ifPresent(
            application -> {
              for (Resource resource : application.resources()) {
                ObjectKey key = resource.manifest().key().inNamespace("");
                if (key.groupKind().equals(DEFINITION)) {
                  definitions.put(key, resource.manifest());
                }
              }
            });
    ShapeCatalog builtIn = ShapeCatalog.builtIn();
    ApiResources served =
        ApiResources.of(request.snapshot().served().orElseGet(builtIn::apiResources));
    return new World(
        request,
        definitions.isEmpty() ? builtIn : builtIn.withCustomResources(definitions.values()),
        served,
        served.withCustomResources(definitions.values()));
  }

  Membership membership() {
    return request.operation().membership();
  }

  Policy policy() {
    return request.policy();
  }

  Instant now() {
    return request.now();
  }

  Snapshot snapshot() {
    return request.snapshot();
  }

  ShapeCatalog catalog() {
    return catalog;
  }

  /** Returns the kinds that are served, or will be once the definitions in the input exist. */
  ApiResources kinds() {
    return kinds;
  }

  /** Returns whether the snapshot is of a cluster that told which kinds it serves. */
  boolean isObserved() {
    return snapshot().served().isPresent();
  }

  /**
   * Returns what is known of an object. What lives in a namespace that is going, or is of a kind
   * that is not served yet, is absent.
   */
  Lookup lookup(ObjectKey key) {
    if (!isServed(key.groupKind()) || isGoing(namespace(key.namespace()))) {
      return new Lookup.Absent();
    }
    return snapshot().lookup(key);
  }

  /** Returns whether it was looked for the object in vain; no cluster lacks some namespaces. */
  boolean isKnownAbsent(ObjectKey key) {
    if (key.equals(namespace(key.name())) && ALWAYS.contains(key.name())) {
      return false;
    }
    return lookup(key) instanceof Lookup.Absent;
  }

  /** Returns whether the object was seen while it was being deleted. */
  boolean isGoing(ObjectKey key) {
    return snapshot().find(key).map(LiveObject::isTerminating).orElse(false);
  }

  static ObjectKey namespace(String name) {
    return new ObjectKey("", "Namespace", "", name);
  }

  private boolean isServed(GroupKind kind) {
    return !isObserved() || !served.versions(kind).isEmpty();
  }
}
