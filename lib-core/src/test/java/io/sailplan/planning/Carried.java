package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a cluster, on which the steps of plans take effect at once. */
final class Carried {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Map<ObjectKey, LiveObject> objects = new TreeMap<>();
  private long version = 1000;

  Snapshot snapshot() {
    return Snapshot.of(objects.values());
  }

  LiveObject get(String kind, String name) {
    return objects.values().stream()
        .filter(object -> object.key().kind().equals(kind) && object.key().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  boolean has(String kind, String name) {
    return objects.values().stream()
        .anyMatch(object -> object.key().kind().equals(kind) && object.key().name().equals(name));
  }

  Carried remove(String kind, String name) {
    objects.remove(get(kind, name).key());
    return this;
  }

  /** Stores an object as it is given, with what the server adds. */
  Carried put(Manifest manifest) {
    version++;
    LiveObject old = objects.get(manifest.key());
    Manifest stored =
        manifest
            .with(old == null ? "uid-" + version : old.uid(), "metadata", "uid")
            .with(String.valueOf(version), "metadata", "resourceVersion");
    objects.put(manifest.key(), LiveObject.of(stored));
    return this;
  }

  Carried apply(Manifest manifest, String manager) {
    LiveObject live = objects.get(manifest.key());
    ApplyResult result =
        ServerSideApply.apply(
            ApplyRequest.of(
                    live == null ? null : live.manifest(),
                    manifest,
                    manager,
                    ShapeCatalog.builtIn().find(manifest).orElseThrow(),
                    NOW)
                .forced());
    return put(((ApplyResult.Applied) result).object());
  }

  Carried run(Plan plan) {
    String manager = plan.operation().membership().fieldManager();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Create create) {
        apply(((Payload.Literal) create.payload()).manifest(), manager);
      } else if (step instanceof Step.Apply apply) {
        apply(((Payload.Literal) apply.payload()).manifest(), manager);
      } else if (step instanceof Step.Delete delete) {
        objects.remove(delete.target().key());
      } else if (step instanceof Step.Patch patch) {
        Manifest manifest = objects.get(patch.target().key()).manifest();
        for (PatchOperation operation : patch.operations()) {
          manifest = patched(manifest, operation);
        }
        put(manifest);
      } else if (step instanceof Step.AwaitReady await
          && objects.containsKey(await.target().key())) {
        becomeReady(await.target().key());
      }
    }
    return this;
  }

  private static Manifest patched(Manifest manifest, PatchOperation operation) {
    String[] path =
        Arrays.stream(operation.pointer().substring(1).split("/"))
            .map(name -> name.replace("~1", "/").replace("~0", "~"))
            .toArray(String[]::new);
    return switch (operation.op()) {
      case "test" -> {
        assertThat(manifest.get(path)).isEqualTo(operation.value());
        yield manifest;
      }
      case "remove" -> manifest.without(path);
      default -> manifest.with(operation.value(), path);
    };
  }

  /** Gives the object the status that its controller would give it in the end. */
  private void becomeReady(ObjectKey key) {
    Manifest manifest = objects.get(key).manifest();
    String status =
        switch (key.kind()) {
          case "Deployment" ->
              """
              {"observedGeneration":%d,"replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1,
               "conditions":[{"type":"Available","status":"True"},
                {"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable"}]}
              """
                  .formatted(manifest.integer(0, "metadata", "generation"));
          case "StatefulSet" ->
              """
              {"observedGeneration":%d,"replicas":1,"updatedReplicas":1,"currentReplicas":1,"readyReplicas":1,
               "availableReplicas":1,"currentRevision":"r1","updateRevision":"r1"}
              """
                  .formatted(manifest.integer(0, "metadata", "generation"));
          case "Job" -> "{\"conditions\":[{\"type\":\"Complete\",\"status\":\"True\"}]}";
          case "CustomResourceDefinition" ->
              """
              {"conditions":[{"type":"NamesAccepted","status":"True"},{"type":"Established","status":"True"}]}
              """;
          case "Namespace" -> "{\"phase\":\"Active\"}";
          default -> "{}";
        };
    put(manifest.with(Json.read(status.strip()), "status"));
  }
}
