package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.ImmutableFields;
import io.sailplan.ownership.Violation;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import io.sailplan.testing.Answers.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates and changes objects, in the order of work of the real server. */
final class Writes {
  private final World world;
  private final Furnishing furnishing;
  private final Admission admission;
  private final NewClaims claims = new NewClaims();

  Writes(World world) {
    this.world = world;
    this.furnishing = new Furnishing(world);
    this.admission = new Admission(world);
  }

  Response create(Manifest written, String manager) {
    KindShape shape = world.kinds().exactly(written.groupVersionKind());
    Manifest object = named(written);
    admission.checkNamespace(shape.resource(), object);
    if (world.store().has(object.key())) {
      Manifest live = world.store().get(object.key());
      throw live != null && Owners.isTerminating(live)
          ? Answers.beingDeleted(shape.resource(), object.name())
          : Answers.alreadyExists(shape.resource(), object.name());
    }
    if (!object.string("metadata", "resourceVersion").isEmpty()) {
      throw Answers.broken("resourceVersion should not be set on objects to be created");
    }
    Engine.Write write = new Engine.Write(shape, null, manager, "", world.now(), world.uids());
    Manifest bare = object.without("metadata", "uid").without("metadata", "creationTimestamp");
    return insert(shape, bare, Engine.update(write, bare), false);
  }

  Response replace(Manifest written, String manager, String subresource) {
    if (subresource.equals("scale")) {
      ObjectKey key = scaled(written);
      KindShape shape = world.kinds().preferred(key.groupKind());
      Manifest live = present(shape, key);
      checkVersion(shape, live, written);
      return scale(shape, live, written.get("spec", "replicas"), manager);
    }
    KindShape shape = world.kinds().exactly(written.groupVersionKind());
    Manifest live = present(shape, written.key());
    checkUid(shape, live, written);
    checkVersion(shape, live, written);
    if (shape.custom() && written.string("metadata", "resourceVersion").isEmpty()) {
      throw Answers.invalid(
          shape.resource(),
          written.name(),
          List.of(
              Cause.invalid("metadata.resourceVersion", "0", "must be specified for an update")));
    }
    return change(shape, live, written, manager, subresource);
  }

  Response patch(
      ObjectKey key, List<PatchOperation> operations, String manager, String subresource) {
    KindShape shape = world.kinds().preferred(key.groupKind());
    Manifest live = present(shape, key);
    boolean scales = subresource.equals("scale");
    Manifest before = scales ? Engine.scale(live) : live;
    Manifest patched;
    try {
      patched = Manifest.of(JsonPatch.apply(before.tree(), operations));
    } catch (JsonPatch.Failure failure) {
      throw Answers.cannotPatch();
    }
    if (scales) {
      checkVersion(shape, live, patched);
      return scale(shape, live, patched.get("spec", "replicas"), manager);
    }
    checkVersion(shape, live, patched);
    return change(shape, live, patched, manager, subresource);
  }

  Response apply(Request.Apply request) {
    Manifest desired = request.manifest();
    KindShape shape = world.kinds().exactly(desired.groupVersionKind());
    FieldManagers.check(request.fieldManager());
    if (desired.name().isEmpty()) {
      throw Answers.badRequest("name must be provided");
    }
    Manifest stored = world.store().get(desired.key());
    if (stored == null && !request.subresource().isEmpty()) {
      throw Answers.notFound(shape.resource(), desired.name());
    }
    Manifest live = stored == null ? null : inVersion(stored, shape);
    Engine.Write write =
        new Engine.Write(
            shape, live, request.fieldManager(), request.subresource(), world.now(), world.uids());
    if (live == null) {
      admission.checkNamespace(shape.resource(), desired);
      return insert(
          shape,
          desired,
          Engine.apply(write, desired.without("metadata", "resourceVersion"), request.force()),
          request.dryRun());
    }
    ApplyResult.Applied applied =
        LastApplied.isKept(request.fieldManager(), live)
            ? LastApplied.apply(write, desired, request.force())
            : Engine.apply(write, desired, request.force());
    return commit(shape, live, applied, request.subresource(), request.dryRun());
  }

  /** Changes an object by any write that is not server-side apply. */
  Response change(
      KindShape shape, Manifest stored, Manifest written, String manager, String subresource) {
    Manifest live = inVersion(stored, shape);
    Manifest next = inVersion(written, shape);
    Engine.Write write =
        new Engine.Write(shape, live, manager, subresource, world.now(), world.uids());
    ApplyResult.Applied applied = Engine.update(write, next.without("metadata", "resourceVersion"));
    return commit(shape, live, applied, subresource, false);
  }

  private Response scale(
      KindShape shape, Manifest live, @Nullable Object replicas, String manager) {
    if (!shape.resource().scale()) {
      throw Answers.notServed();
    }
    Manifest next = live.with(replicas == null ? 0L : replicas, "spec", "replicas");
    Response response = change(shape, live, next, manager, "scale");
    return Response.of(response.status(), Engine.scale(response.object().manifest()));
  }

  private Response insert(
      KindShape shape, Manifest sent, ApplyResult.Applied applied, boolean dryRun) {
    ApiResource resource = shape.resource();
    String uid = world.uids().next();
    Manifest object = furnishing.created(sent, applied.object(), uid, dryRun);
    admission.checkDefinition(resource, object);
    admission.checkWebhooks(resource, object, "CREATE");
    admission.checkCreate(resource, object);
    refuse(resource, object, Invalidity.causes(shape, null, object));
    Manifest named =
        object
            .with(uid, "metadata", "uid")
            .with(Tree.time(world.now()), "metadata", "creationTimestamp");
    return Response.of(201, dryRun ? named : claims.created(put(named)));
  }

  private Response commit(
      KindShape shape,
      Manifest live,
      ApplyResult.Applied applied,
      String subresource,
      boolean dryRun) {
    if (!applied.changed() && (dryRun || !claims.isAsCreated(live))) {
      return Response.of(200, live);
    }
    ApiResource resource = shape.resource();
    Manifest next = applied.object();
    for (String field : List.of("deletionTimestamp", "deletionGracePeriodSeconds")) {
      next = Tree.set(next, live.get("metadata", field), "metadata", field);
    }
    if (subresource.isEmpty()) {
      next = furnishing.updated(next, live, dryRun);
      admission.checkWebhooks(resource, next, "UPDATE");
      List<Cause> causes = new ArrayList<>();
      for (Violation violation : ImmutableFields.violations(live, next, shape)) {
        causes.add(new Cause(violation.reason(), violation.field(), violation.message()));
      }
      causes.addAll(Invalidity.causes(shape, live, next));
      refuse(resource, next, causes);
    }
    if (dryRun) {
      return Response.of(200, next);
    }
    Manifest kept = put(next);
    removeIfFinished(kept);
    return Response.of(200, inVersion(kept, shape));
  }

  private Manifest put(Manifest object) {
    return world.store().put(object.key(), stored(object));
  }

  /** An object that is being deleted goes with its last finalizer. */
  void removeIfFinished(Manifest object) {
    boolean waits =
        object.kind().equals("Pod")
            ? object.integer(0, "metadata", "deletionGracePeriodSeconds") > 0
            : object.kind().equals("Namespace")
                && !Trees.list(object.get("spec", "finalizers")).isEmpty();
    if (Owners.isTerminating(object) && LiveObject.of(object).finalizers().isEmpty() && !waits) {
      world.store().remove(object.key());
    }
  }

  private static void refuse(ApiResource resource, Manifest object, List<Cause> causes) {
    if (!causes.isEmpty()) {
      throw Answers.invalid(resource, object.name(), causes);
    }
  }

  private Manifest present(KindShape shape, ObjectKey key) {
    Manifest live = world.store().get(key);
    if (live == null) {
      throw Answers.notFound(shape.resource(), key.name());
    }
    return live;
  }

  private static void checkUid(KindShape shape, Manifest live, Manifest written) {
    String uid = written.string("metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(Owners.uid(live))) {
      throw Answers.conflict(
          shape.resource(),
          written.name(),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Owners.uid(live));
    }
  }

  private static void checkVersion(KindShape shape, Manifest live, Manifest written) {
    String version = written.string("metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(live.string("metadata", "resourceVersion"))) {
      throw Answers.modified(shape.resource(), live.name());
    }
  }

  /** Returns the key of the object that a Scale scales: the one of that name that can be scaled. */
  private ObjectKey scaled(Manifest scale) {
    for (KindShape kind : world.kinds().all()) {
      ObjectKey key =
          new ObjectKey(kind.kind().group(), kind.kind().kind(), scale.namespace(), scale.name());
      String uid = scale.string("metadata", "uid");
      Manifest live = kind.resource().scale() ? world.store().get(key) : null;
      if (live != null && (uid.isEmpty() || uid.equals(Owners.uid(live)))) {
        return key;
      }
    }
    throw Answers.notServed();
  }

  private Manifest named(Manifest written) {
    String prefix = written.string("metadata", "generateName");
    return written.name().isEmpty() && !prefix.isEmpty()
        ? written.with(prefix + world.uids().suffix(), "metadata", "name")
        : written;
  }

  private static Manifest inVersion(Manifest object, KindShape shape) {
    return Conversion.to(shape.kind(), object);
  }

  /** Returns the object in the version that the store keeps. */
  private Manifest stored(Manifest object) {
    return inVersion(object, world.kinds().preferred(object.key().groupKind()));
  }
}
