package io.sailplan.k8s.differential;

import io.sailplan.k8s.ControlPlane;
import io.sailplan.k8s.KubernetesCluster;
import io.sailplan.k8s.RawClient;
import io.sailplan.model.Application;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Trees;
import io.sailplan.planning.ObservationScope;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A real server, as those see it who write to the same objects as we do. */
final class Server implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final KubernetesCluster cluster;
  private final RawClient raw;

  Server(ControlPlane plane) {
    this.cluster = plane.connect();
    this.raw = RawClient.of(plane);
  }

  KubernetesCluster cluster() {
    return cluster;
  }

  /**
   * Returns the kinds that can be patched, each in all versions that are served, with their
   * plurals.
   */
  Map<String, GroupVersionKind> patchable() {
    Map<String, GroupVersionKind> kinds = new TreeMap<>();
    addKinds("/api/v1", "v1", kinds);
    for (Object group : Trees.list(read("/apis").get("groups"))) {
      for (Object version : Trees.list(Trees.get(group, "versions"))) {
        String name = Trees.string(Trees.get(version, "groupVersion"));
        addKinds("/apis/" + name, name, kinds);
      }
    }
    return kinds;
  }

  private void addKinds(String path, String version, Map<String, GroupVersionKind> kinds) {
    for (Object resource : Trees.list(read(path).get("resources"))) {
      String plural = Trees.string(Trees.get(resource, "name"));
      boolean patch = Trees.list(Trees.get(resource, "verbs")).contains("patch");
      if (patch && !plural.contains("/")) {
        GroupVersionKind kind =
            GroupVersionKind.of(version, Trees.string(Trees.get(resource, "kind")));
        kinds.put(kind.toString(), kind);
      }
    }
  }

  private Manifest read(String path) {
    return raw.get(path).object().manifest();
  }

  /** The hashes of its OpenAPI documents, by their names. */
  Map<String, String> documents() {
    Application none = Application.of("none", List.of());
    return cluster
        .observe(ObservationScope.of(none))
        .server()
        .map(ServerFacts::schemaHashes)
        .orElseThrow();
  }

  /** Reads an object in the version of {@code shape}. */
  Optional<Manifest> find(KindShape shape, Manifest manifest) {
    Response answer = raw.get(path(shape, manifest));
    return answer.status() == 404 ? Optional.empty() : Optional.of(answer.object().manifest());
  }

  /** Waits until a controller has made an object. */
  void await(ObjectKey key, ShapeCatalog catalog) {
    KindShape shape = catalog.find(GroupVersionKind.of("v1", key.kind())).orElseThrow();
    Manifest manifest =
        Manifest.of(Map.of("metadata", Map.of("name", key.name(), "namespace", key.namespace())));
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (find(shape, manifest).isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  Response apply(KindShape shape, Manifest manifest, String manager, boolean force) {
    return raw.apply(path(shape, manifest), manifest.toJson(), manager, force, false);
  }

  Response dryRun(KindShape shape, Manifest manifest, String manager, boolean force) {
    return raw.apply(path(shape, manifest), manifest.toJson(), manager, force, true);
  }

  Response post(KindShape shape, Manifest manifest, String manager) {
    String path = shape.resource().path(manifest.namespace(), "");
    return raw.send("POST", path, JSON, manifest.toJson(), manager);
  }

  Response put(KindShape shape, Manifest manifest, String manager) {
    return raw.send("PUT", path(shape, manifest), JSON, manifest.toJson(), manager);
  }

  /** Merges {@code patch} into an object, or into a subresource of it. */
  Response patch(
      KindShape shape, Manifest object, String subresource, Manifest patch, String manager) {
    String path = path(shape, object) + (subresource.isEmpty() ? "" : "/" + subresource);
    return raw.send("PATCH", path, MERGE_PATCH, patch.toJson(), manager);
  }

  /** Deletes an object, whatever holds it. */
  void remove(KindShape shape, Manifest manifest) {
    Response answer =
        raw.send(
            "DELETE",
            path(shape, manifest),
            JSON,
            "{\"propagationPolicy\":\"Background\",\"gracePeriodSeconds\":0}",
            "");
    boolean held =
        answer.isSuccess()
            && answer.body() != null
            && !Trees.list(answer.body().get("metadata", "finalizers")).isEmpty();
    if (held) {
      Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
      metadata.put("finalizers", null);
      patch(shape, manifest, "", Manifest.of(Map.of("metadata", metadata)), "");
    }
  }

  Response send(Request request) {
    return cluster.send(request);
  }

  static String path(KindShape shape, Manifest manifest) {
    return shape.resource().path(manifest.namespace(), manifest.name());
  }

  @Override
  public void close() {
    raw.close();
    cluster.close();
  }
}
