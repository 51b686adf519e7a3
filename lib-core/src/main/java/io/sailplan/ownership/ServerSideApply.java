package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Server-side apply, as Kubernetes 1.36 does it: the same arguments give the same answer that the
 * API server gives, as far as neither admission plugins nor conversion between versions take part.
 * A pure function; thread-safe.
 */
public final class ServerSideApply {
  private ServerSideApply() {}

  /** Returns what the API server would answer. */
  public static ApplyResult apply(ApplyRequest request) {
    return Settled.is(request)
        ? new ApplyResult.Applied(
            requireNonNull(request.live()), false, false, FieldSet.empty(), List.of(), List.of())
        : inFull(request);
  }

  /**
   * Returns whether it is plain at a glance that the apply changes nothing, as nearly all of a
   * plan's do not. That it returns false says nothing. What is settled is written as it is stored:
   * it need not be made canonical.
   */
  public static boolean isSettled(ApplyRequest request) {
    return Settled.is(request);
  }

  /** Works out the answer without looking for the usual one first. */
  static ApplyResult inFull(ApplyRequest request) {
    Manifest desired = request.desired();
    if (desired.get("metadata", "managedFields") != null) {
      return new ApplyResult.Rejected(400, "BadRequest", "metadata.managedFields must be nil");
    }
    if (!desired.groupVersionKind().equals(request.shape().kind())) {
      return new ApplyResult.Rejected(
          400, "BadRequest", "invalid object type: " + desired.groupVersionKind());
    }
    List<String> errors = TypeCheck.errors(desired.tree(), request.shape().shape());
    if (!errors.isEmpty()) {
      return new ApplyResult.Rejected(
          500,
          "",
          "failed to create typed patch object ("
              + desired.namespace()
              + "/"
              + desired.name()
              + "; "
              + desired.groupVersionKind()
              + "): "
              + TypeCheck.join(errors));
    }
    ManagedFields managers;
    try {
      managers = request.live() == null ? ManagedFields.none() : ManagedFields.of(request.live());
    } catch (IllegalArgumentException e) {
      return new ApplyResult.Rejected(
          500, "", "failed to decode managed fields: " + e.getMessage());
    }
    for (ManagedEntry entry : managers.entries()) {
      if (!request.shape().converts(entry.apiVersion())) {
        return new ApplyResult.Rejected(
            500, "", "request to convert CR to an invalid group/version: " + entry.apiVersion());
      }
    }
    String unreadable = withoutKeys(request);
    if (!unreadable.isEmpty()) {
      return new ApplyResult.Rejected(
          500, "", "failed to create manager for existing fields: " + unreadable);
    }
    return merge(request, managers);
  }

  /** Nobody can apply to an object that has, in a list with keys, an item without any. */
  private static String withoutKeys(ApplyRequest request) {
    Manifest live = request.live();
    return live == null
        ? ""
        : TypeCheck.errors(
                live.without("metadata", "managedFields").tree(), request.shape().shape())
            .stream()
            .filter(error -> error.contains(TypeCheck.WITHOUT_KEYS))
            .findFirst()
            .orElse("");
  }

  private static ApplyResult merge(ApplyRequest request, ManagedFields managers) {
    FieldSet resets = Endpoint.resets(request.shape(), request.subresource());
    Ownership ownership = new Ownership(request.shape().shape(), resets, request.time());
    Manifest live = request.live();
    Object before = live == null ? Map.of() : live.without("metadata", "managedFields").tree();
    ManagedFields known = managers;
    if (live != null && managers.isEmpty()) {
      known =
          ownership.update(
              Writing.nothing(request.shape()),
              before,
              managers,
              self(request, "before-first-apply", ManagedOperation.UPDATE));
    }
    Ownership.Merged merged =
        ownership.apply(
            before,
            withoutPreconditions(request.desired()),
            known,
            self(request, request.manager(), ManagedOperation.APPLY),
            Hidden.in(request.shape(), live),
            request.force());
    if (!request.force() && !merged.conflicts().isEmpty()) {
      return new ApplyResult.Conflicted(merged.conflicts());
    }
    String unreadable = Decoding.firstError(Values.map(merged.value()), request.shape());
    if (!unreadable.isEmpty()) {
      return new ApplyResult.Rejected(
          500,
          "",
          "failed to convert new object ("
              + request.desired().namespace()
              + "/"
              + request.desired().name()
              + "; "
              + request.desired().groupVersionKind()
              + ") to proper version: the value at "
              + unreadable
              + " cannot be read");
    }
    ApplyResult.@Nullable Rejected refused = Preconditions.check(live, request.desired());
    if (refused != null) {
      return refused;
    }
    return ImmutableFields.checked(
        live,
        new Writing(request.shape(), request.subresource(), request.time())
            .finish(
                live,
                request.desired().tree(),
                Values.map(merged.value()),
                merged.owners(),
                merged.conflicts()),
        request.shape(),
        request.subresource());
  }

  /** Neither is ever merged: they say which object is meant. */
  private static Map<String, @Nullable Object> withoutPreconditions(Manifest desired) {
    Map<String, @Nullable Object> metadata = Trees.object(desired.get("metadata"));
    if (!metadata.containsKey("resourceVersion") && !metadata.containsKey("uid")) {
      return desired.tree();
    }
    Map<String, @Nullable Object> kept = new LinkedHashMap<>(metadata);
    kept.remove("resourceVersion");
    kept.remove("uid");
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(desired.tree());
    tree.put("metadata", kept);
    return tree;
  }

  private static ManagedEntry self(
      ApplyRequest request, String manager, ManagedOperation operation) {
    return new ManagedEntry(
        manager,
        operation,
        request.shape().kind().apiVersion(),
        request.subresource(),
        null,
        FieldSet.empty());
  }
}
