package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who owns whom. */
final class Owners {
  private Owners() {}

  /** Returns the entry of {@code ownerReferences} by which a controller owns its objects. */
  static Map<String, @Nullable Object> reference(Manifest owner) {
    return Tree.of(
        "apiVersion", owner.apiVersion(),
        "kind", owner.kind(),
        "name", owner.name(),
        "uid", uid(owner),
        "controller", true,
        "blockOwnerDeletion", true);
  }

  static @Nullable OwnerReference controller(Manifest object) {
    for (OwnerReference owner : LiveObject.of(object).owners()) {
      if (owner.controller()) {
        return owner;
      }
    }
    return null;
  }

  static boolean controls(Manifest owner, Manifest object) {
    OwnerReference controller = controller(object);
    return controller != null && controller.uid().equals(uid(owner));
  }

  /** Returns {@code object}, owned by {@code owner} as well. */
  static Manifest adopt(Manifest object, Manifest owner) {
    List<Object> owners = new ArrayList<>(Tree.objects(object, "metadata", "ownerReferences"));
    owners.add(reference(owner));
    return object.with(owners, "metadata", "ownerReferences");
  }

  static String uid(Manifest object) {
    return object.string("metadata", "uid");
  }

  static boolean isTerminating(Manifest object) {
    return object.get("metadata", "deletionTimestamp") != null;
  }
}
