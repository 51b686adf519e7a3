package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.Conflict;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.ownership.ServerSideUpdate;
import io.sailplan.ownership.UpdateRequest;
import io.sailplan.shape.KindShape;
import io.sailplan.testing.Answers.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets the engine of the core decide what a write makes of an object: there is no second one here.
 * Its refusals become answers.
 */
final class Engine {
  private Engine() {}

  /** What is being written, by whom; and what the server leaves to chance. */
  record Write(
      KindShape shape,
      @Nullable Manifest live,
      String manager,
      String subresource,
      Instant now,
      Uids chance) {}

  static ApplyResult.Applied apply(Write write, Manifest desired, boolean force) {
    return applied(write, desired, ServerSideApply.apply(request(write, desired, force)));
  }

  static ApplyRequest request(Write write, Manifest desired, boolean force) {
    return new ApplyRequest(
        write.live(),
        desired,
        write.manager(),
        force,
        write.subresource(),
        write.shape(),
        write.now());
  }

  static ApplyResult.Applied update(Write write, Manifest next) {
    return applied(
        write,
        next,
        ServerSideUpdate.update(
            new UpdateRequest(
                write.live(),
                next,
                write.manager(),
                write.subresource(),
                write.shape(),
                write.now())));
  }

  private static ApplyResult.Applied applied(Write write, Manifest wanted, ApplyResult result) {
    if (result instanceof ApplyResult.Applied applied) {
      return applied;
    }
    if (result instanceof ApplyResult.Immutable immutable) {
      return immutable.unchecked(); // admission comes first: who commits looks at it again
    }
    if (result instanceof ApplyResult.Conflicted conflicted) {
      List<Cause> causes = new ArrayList<>();
      for (Conflict conflict : conflicted.conflicts()) {
        causes.add(
            new Cause("FieldManagerConflict", conflict.path().toString(), conflict.message()));
      }
      throw Answers.fieldConflicts(write.chance().shuffled(causes), conflicted.message());
    }
    throw refusal(write, wanted, (ApplyResult.Rejected) result);
  }

  private static ApiError refusal(Write write, Manifest wanted, ApplyResult.Rejected rejected) {
    ApiResource resource = write.shape().resource();
    String uid = FieldPath.of("metadata", "uid").toString().substring(1);
    return switch (rejected.status()) {
      case 400 -> Answers.badRequest(rejected.message());
      case 409 -> Answers.conflict(resource, wanted.name(), rejected.message());
      case 422 ->
          Answers.invalid(
              resource,
              wanted.name(),
              List.of(
                  rejected.message().startsWith(uid)
                      ? Cause.invalid(
                          uid, "\"" + wanted.string("metadata", "uid") + "\"", "field is immutable")
                      : new Cause("FieldValueInvalid", "", rejected.message())));
      default -> Answers.broken(rejected.message());
    };
  }

  /** Returns a tree as it stands in {@code kind: Scale}. */
  static Manifest scale(Manifest workload) {
    List<String> selector = new ArrayList<>();
    Trees.strings(workload.get("spec", "selector", "matchLabels"))
        .forEach((label, value) -> selector.add(label + "=" + value));
    Map<String, @Nullable Object> status =
        Tree.of("replicas", workload.integer(0, "status", "replicas"));
    if (!selector.isEmpty()) {
      status.put("selector", String.join(",", selector));
    }
    return Manifest.of(
        Tree.of(
            "apiVersion",
            "autoscaling/v1",
            "kind",
            "Scale",
            "metadata",
            Tree.of(
                "name", workload.name(),
                "namespace", workload.namespace(),
                "uid", workload.get("metadata", "uid"),
                "resourceVersion", workload.get("metadata", "resourceVersion"),
                "creationTimestamp", workload.get("metadata", "creationTimestamp")),
            "spec",
            Tree.of("replicas", ReplicaSetController.replicas(workload)),
            "status",
            status));
  }
}
