package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Input;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.Canonical;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.policy.Policy;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a planner knows: the snapshot, the kinds as they are and as they will be, and the caller's
 * wishes.
 */
final class World {
  /** The kind that says which server serves an API version. */
  static final GroupKind API_SERVICE = new GroupKind("apiregistration.k8s.io", "APIService");

  private static final GroupKind DEFINITION =
      new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");

  /** The namespaces that every cluster has. */
  private static final List<String> ALWAYS =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");

  private final PlanRequest request;
  private final ShapeCatalog catalog;
  private final ApiResources served;
  private final ApiResources kinds;
  private final Set<ObjectKey> redefined;
  private final Membership membership;
  private final List<LiveObject> members;
  private final Composition composition;

  private World(
      Composition composition,
      ShapeCatalog catalog,
      ApiResources served,
      ApiResources kinds,
      Set<ObjectKey> redefined) {
    this.composition = composition;
    this.request = composition.request();
    this.catalog = catalog;
    this.served = served;
    this.kinds = kinds;
    this.redefined = redefined;
    this.membership = request.operation().membership();
    this.members =
        request.snapshot().objects().stream()
            .filter(object -> membership.contains(object) && object.owners().isEmpty())
            .toList();
  }

  /**
   * Returns the world in which a request is planned; definitions in the input count before those
   * that exist.
   */
  static World of(PlanRequest request) {
    Map<ObjectKey, Manifest> definitions = new TreeMap<>();
    Set<ObjectKey> redefined = new TreeSet<>();
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
                if (key.groupKind().equals(DEFINITION)
                    && !isDefined(resource.manifest(), definitions.get(key), request)) {
                  definitions.put(key, resource.manifest());
                  redefined.add(key);
                }
              }
            });
    ShapeCatalog builtIn = ShapeCatalog.builtIn();
    ApiResources served =
        ApiResources.of(request.snapshot().served().orElseGet(builtIn::apiResources))
            .withUnavailable(request.snapshot().unavailable());
    ShapeCatalog catalog =
        definitions.isEmpty() ? builtIn : builtIn.withCustomResources(definitions.values());
    return new World(
        Composer.compose(request, catalog),
        catalog,
        served,
        served.withCustomResources(definitions.values()),
        redefined);
  }

  /** Returns whether a definition that exists stays what it is when this one is applied. */
  private static boolean isDefined(
      Manifest declared, @Nullable Manifest live, PlanRequest request) {
    KindShape shape = ShapeCatalog.builtIn().find(declared).orElse(null);
    if (live == null || shape == null || !live.apiVersion().equals(declared.apiVersion())) {
      return false;
    }
    Membership membership = request.operation().membership();
    ApplyResult result =
        ServerSideApply.apply(
            ApplyRequest.of(
                    live,
                    Canonical.canonical(declared, shape),
                    membership.fieldManager(),
                    shape,
                    request.now())
                .forced());
    return result instanceof ApplyResult.Applied applied
        && Objects.equals(applied.object().get("spec"), live.get("spec"));
  }

  /** Returns what the request asks for once its expressions are worked out. */
  Composition composition() {
    return composition;
  }

  /** Returns the identity of an object outside of the application that expressions read. */
  ObjectKey external(Input.External external) {
    return Externals.key(external, application().orElseThrow(), catalog);
  }

  Membership membership() {
    return membership;
  }

  /** Returns the application as its author declares it, if the operation was given one. */
  Optional<Application> application() {
    return request.operation().declared();
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
   * that is not served yet, is absent; what an API holds that is not available is not known.
   */
  Lookup lookup(ObjectKey key) {
    Optional<String> unavailable = served.unavailable(key.groupKind());
    if (unavailable.isPresent()) {
      return new Lookup.NotLookedAt(unavailable.get());
    }
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

  /**
   * Returns the members that exist, ordered by key. What has an owner goes with it, and is none.
   */
  List<LiveObject> members() {
    return members;
  }

  static ObjectKey namespace(String name) {
    return new ObjectKey("", "Namespace", "", name);
  }

  /** Returns whether the definition that exists is the one that counts. */
  boolean isAsDefined(ObjectKey definition) {
    return !redefined.contains(definition);
  }

  /** Returns the resources that the operation declares, in their order. */
  List<Resource> declared() {
    return request.operation().declared().map(Application::resources).orElse(List.of());
  }

  /** Returns what exists of a kind as far as it was seen, and then what is declared of it. */
  List<Manifest> all(GroupKind kind) {
    List<Manifest> all = new ArrayList<>();
    for (LiveObject object : snapshot().objects()) {
      if (object.key().groupKind().equals(kind)) {
        all.add(object.manifest());
      }
    }
    for (Resource resource : declared()) {
      if (resource.manifest().groupVersionKind().groupKind().equals(kind)) {
        all.add(resource.manifest());
      }
    }
    return all;
  }

  /**
   * Returns why it is not known which objects of a kind there are; empty if it is, or if there can
   * be none.
   *
   * @param namespace the namespace; empty for all
   */
  Optional<String> unseen(GroupKind kind, String namespace) {
    Look look = new Look.AtList(kind, namespace, Map.of());
    if (kinds.find(kind).isEmpty() || snapshot().hasTaken(look)) {
      return Optional.empty();
    }
    return Optional.of(snapshot().refused().getOrDefault(look, "nobody looked"));
  }

  /**
   * Returns the labels that a namespace may have while the plan is carried out; empty if they are
   * not known.
   */
  List<Map<String, String>> labelsOfNamespace(String name) {
    List<Map<String, String>> possible = new ArrayList<>();
    Map<String, String> live =
        snapshot().find(namespace(name)).map(object -> object.manifest().labels()).orElse(null);
    if (live != null) {
      possible.add(live);
    }
    for (Resource resource : declared()) {
      if (resource.manifest().key().inNamespace("").equals(namespace(name))) {
        Map<String, String> labels = new TreeMap<>(resource.manifest().labels());
        labels.put("kubernetes.io/metadata.name", name);
        possible.add(Map.copyOf(labels));
        if (live != null) {
          live.forEach(labels::putIfAbsent);
          possible.add(labels);
        }
      }
    }
    return possible;
  }

  /** Returns what is declared of one object, which may be declared without its namespace. */
  Optional<Manifest> declared(ObjectKey key) {
    return declared().stream()
        .map(Resource::manifest)
        .filter(manifest -> manifest.key().inNamespace(key.namespace()).equals(key))
        .filter(
            manifest ->
                manifest.namespace().isEmpty() || manifest.namespace().equals(key.namespace()))
        .findFirst();
  }

  /**
   * Returns an object as it will be once what is declared of it is applied; empty if there will be
   * none, or if that cannot be told.
   */
  Optional<Manifest> afterwards(ObjectKey key) {
    Manifest live = lookup(key) instanceof Lookup.Found found ? found.object().manifest() : null;
    Manifest declared = declared(key).orElse(null);
    KindShape shape = declared == null ? null : catalog.find(declared).orElse(null);
    if (declared == null || shape == null) {
      return declared == null ? Optional.ofNullable(live) : Optional.empty();
    }
    ApplyResult result =
        ServerSideApply.apply(
            ApplyRequest.of(
                    live,
                    Canonical.canonical(declared, shape),
                    membership().fieldManager(),
                    shape,
                    now())
                .forced());
    return result instanceof ApplyResult.Applied applied
        ? Optional.of(applied.object())
        : Optional.empty();
  }

  static ObjectKey definition(ApiResource resource) {
    String name = resource.plural() + "." + resource.kind().group();
    return new ObjectKey(DEFINITION.group(), DEFINITION.kind(), "", name);
  }

  static ObjectKey apiService(GroupVersionKind kind) {
    String name = kind.version() + "." + kind.group();
    return new ObjectKey(API_SERVICE.group(), API_SERVICE.kind(), "", name);
  }

  /** Returns whether the kind is served now, as far as is known. */
  boolean isServed(GroupKind kind) {
    return !isObserved() || !served.versions(kind).isEmpty();
  }
}
