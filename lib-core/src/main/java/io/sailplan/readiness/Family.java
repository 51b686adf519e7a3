package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.OwnerReference;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Picks, from what was observed, what an object brought about: its pods, claims and so on. */
final class Family {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final LiveObject target;
  private final List<LiveObject> related;

  Family(LiveObject target, Collection<LiveObject> related) {
    this.target = target;
    this.related =
        related.stream().sorted(Comparator.comparing(LiveObject::key)).distinct().toList();
  }

  /** Returns the ReplicaSet that a Deployment is rolling out; empty for others. */
  List<LiveObject> replicaSets() {
    List<LiveObject> owned = new ArrayList<>(ownedBy(target, "ReplicaSet"));
    owned.sort(Comparator.comparingLong(Family::revision).reversed());
    return owned.subList(0, Math.min(1, owned.size()));
  }

  /** Returns the pods of the object; of a Deployment, those of its latest ReplicaSet. */
  List<LiveObject> pods() {
    if (target.key().kind().equals("Pod")) {
      return List.of(target);
    }
    if (!target.key().kind().equals("Deployment")) {
      return ownedBy(target, "Pod");
    }
    return replicaSets().stream().flatMap(set -> ownedBy(set, "Pod").stream()).toList();
  }

  /** Returns the claims that the pods use, and those made from a StatefulSet's templates. */
  List<LiveObject> claims() {
    if (target.key().kind().equals("PersistentVolumeClaim")) {
      return List.of(target);
    }
    Set<String> names = new TreeSet<>();
    for (LiveObject pod : pods()) {
      names.addAll(claimNames(pod.manifest().get("spec", "volumes")));
    }
    names.addAll(claimNames(target.manifest().get("spec", "template", "spec", "volumes")));
    return related.stream()
        .filter(object -> object.key().kind().equals("PersistentVolumeClaim"))
        .filter(object -> object.key().namespace().equals(target.key().namespace()))
        .filter(object -> names.contains(object.key().name()))
        .toList();
  }

  /** Returns the names of the claims that the volumes use. */
  static List<String> claimNames(@org.jspecify.annotations.Nullable Object volumes) {
    return Trees.list(volumes).stream()
        .map(volume -> Trees.string(Trees.get(volume, "persistentVolumeClaim", "claimName")))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private List<LiveObject> ownedBy(LiveObject owner, String kind) {
    return related.stream()
        .filter(object -> object.key().kind().equals(kind))
        .filter(object -> object.owners().stream().anyMatch(reference -> is(reference, owner)))
        .toList();
  }

  private static boolean is(OwnerReference reference, LiveObject owner) {
    ObjectKey key = owner.key();
    return reference.kind().equals(key.kind())
        && reference.name().equals(key.name())
        && (owner.uid().isEmpty() || reference.uid().equals(owner.uid()));
  }

  private static long revision(LiveObject replicaSet) {
    Manifest manifest = replicaSet.manifest();
    String text = manifest.annotations().getOrDefault(REVISION, "0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
