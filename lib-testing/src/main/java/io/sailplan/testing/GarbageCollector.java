package io.sailplan.testing;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.OwnerReference;
import io.sailplan.plan.Propagation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Deletes what nobody owns any more, and what owners wait for who are deleted in foreground. */
final class GarbageCollector extends Controller {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private static final GroupKind ANY = new GroupKind("", "");

  GarbageCollector(ControllerClient client) {
    super(client, ANY);
  }

  @Override
  void changed(Store.Change change) {
    Manifest after = change.after();
    Manifest before = change.before();
    if (after != null && (hasOwners(after) || waitsForDependents(after))) {
      enqueue(change.key());
    }
    if (before == null) {
      return;
    }
    if (after == null || waitsForDependents(after)) {
      dependents(Owners.uid(before)).forEach(object -> enqueue(object.key()));
    }
    for (OwnerReference owner : LiveObject.of(before).owners()) {
      Manifest object = client.get(key(before, owner));
      if (object != null && waitsForDependents(object)) {
        enqueue(object.key());
      }
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest object = client.get(key);
    if (object == null) {
      return;
    }
    List<String> finalizers = LiveObject.of(object).finalizers();
    if (Owners.isTerminating(object) && finalizers.contains(ORPHAN)) {
      orphan(object);
    } else if (Owners.isTerminating(object) && finalizers.contains(FOREGROUND)) {
      deleteDependents(object);
    } else if (!Owners.isTerminating(object) && hasOwners(object)) {
      collect(object);
    }
  }

  private void orphan(Manifest owner) {
    for (Manifest object : dependents(Owners.uid(owner))) {
      List<Map<String, @Nullable Object>> rest =
          Tree.objects(object, "metadata", "ownerReferences").stream()
              .filter(reference -> !Owners.uid(owner).equals(reference.get("uid")))
              .toList();
      client.update(Tree.set(object, rest.isEmpty() ? null : rest, "metadata", "ownerReferences"));
    }
    removeFinalizer(owner, ORPHAN);
  }

  private void deleteDependents(Manifest owner) {
    boolean blocked = false;
    for (Manifest object : dependents(Owners.uid(owner))) {
      blocked |= blocks(object, owner);
      if (!Owners.isTerminating(object)) {
        enqueue(object.key());
      }
    }
    if (!blocked) {
      removeFinalizer(owner, FOREGROUND);
    }
  }

  /** Deletes an object all of whose owners are gone, or wait for it to go. */
  private void collect(Manifest object) {
    List<OwnerReference> owners = LiveObject.of(object).owners();
    boolean waited = false;
    for (OwnerReference owner : owners) {
      Manifest found = client.get(key(object, owner));
      boolean exists = found != null && Owners.uid(found).equals(owner.uid());
      if (exists && !deletesDependents(Objects.requireNonNull(found))) {
        dropDangling(object);
        return;
      }
      waited |= exists;
    }
    boolean hasDependents =
        dependents(Owners.uid(object)).stream().anyMatch(dependent -> blocks(dependent, object));
    client.deleteBy(
        object, waited && hasDependents ? Propagation.FOREGROUND : Propagation.BACKGROUND);
  }

  /** Somebody owns it still: only the references to owners that are gone are taken away. */
  private void dropDangling(Manifest object) {
    List<Map<String, @Nullable Object>> all = Tree.objects(object, "metadata", "ownerReferences");
    List<Map<String, @Nullable Object>> rest =
        all.stream()
            .filter(
                reference -> {
                  OwnerReference owner = LiveObject.of(object).owners().get(all.indexOf(reference));
                  Manifest found = client.get(key(object, owner));
                  return found != null && Owners.uid(found).equals(owner.uid());
                })
            .toList();
    if (rest.size() < all.size()) {
      client.update(object.with(rest, "metadata", "ownerReferences"));
    }
  }

  private void removeFinalizer(Manifest object, String finalizer) {
    List<String> rest =
        LiveObject.of(object).finalizers().stream()
            .filter(name -> !name.equals(finalizer))
            .toList();
    client.update(Tree.set(object, rest.isEmpty() ? null : rest, "metadata", "finalizers"));
  }

  private List<Manifest> dependents(String uid) {
    return client.all().stream()
        .filter(
            object ->
                LiveObject.of(object).owners().stream().anyMatch(owner -> owner.uid().equals(uid)))
        .toList();
  }

  private ObjectKey key(Manifest object, OwnerReference owner) {
    ObjectKey key =
        ObjectKey.of(owner.apiVersion(), owner.kind(), object.namespace(), owner.name());
    return client.isNamespaced(key.groupKind()) ? key : key.inNamespace("");
  }

  private static boolean blocks(Manifest dependent, Manifest owner) {
    return LiveObject.of(dependent).owners().stream()
        .anyMatch(
            reference ->
                reference.uid().equals(Owners.uid(owner)) && reference.blockOwnerDeletion());
  }

  private static boolean hasOwners(Manifest object) {
    return !LiveObject.of(object).owners().isEmpty();
  }

  private static boolean waitsForDependents(Manifest object) {
    return deletesDependents(object)
        || (Owners.isTerminating(object) && LiveObject.of(object).finalizers().contains(ORPHAN));
  }

  private static boolean deletesDependents(Manifest object) {
    return Owners.isTerminating(object) && LiveObject.of(object).finalizers().contains(FOREGROUND);
  }
}
