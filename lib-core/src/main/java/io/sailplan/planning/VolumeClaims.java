package io.sailplan.planning;

import io.sailplan.graph.Edge;
import io.sailplan.graph.Provenance;
import io.sailplan.graph.Strength;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The claims that StatefulSets have made: they carry no mark of the application, and outlive their
 * StatefulSet.
 *
 * <p>The controller names a claim {@code <template>-<StatefulSet>-<ordinal>}, and gives it the
 * labels that the StatefulSet selects by.
 */
final class VolumeClaims {
  private static final Provenance CLAIM = Provenance.rule("volumeClaimTemplates");

  private VolumeClaims() {}

  /**
   * Returns the claims of the StatefulSets among {@code members} that are not members themselves.
   */
  static List<Resource> of(Snapshot snapshot, List<Resource> members) {
    List<Resource> claims = new ArrayList<>();
    for (Resource member : members) {
      if (isStatefulSet(member.manifest())) {
        for (LiveObject object : snapshot.objects()) {
          if (isClaimOf(member.manifest(), object.manifest())
              && isNew(object, members)
              && isNew(object, claims)) {
            claims.add(Resource.of(object.manifest()));
          }
        }
      }
    }
    return claims;
  }

  /** Returns the edges from each StatefulSet to its claims: they can only go after it. */
  static List<Edge> edges(Application application) {
    List<Edge> edges = new ArrayList<>();
    for (Resource set : application.resources()) {
      if (isStatefulSet(set.manifest())) {
        for (Resource claim : application.resources()) {
          if (isClaimOf(set.manifest(), claim.manifest())) {
            edges.add(Edge.of(set.id(), claim.id(), Strength.HARD, CLAIM));
          }
        }
      }
    }
    return edges;
  }

  static boolean isStatefulSet(Manifest manifest) {
    return manifest.kind().equals("StatefulSet")
        && manifest.groupVersionKind().group().equals("apps");
  }

  private static boolean isClaimOf(Manifest statefulSet, Manifest claim) {
    ObjectKey key = claim.key();
    // The name alone does not tell: template "data" of set "a-b" and "data-a" of set "b" agree in
    // it.
    Map<String, String> selector =
        Trees.strings(statefulSet.get("spec", "selector", "matchLabels"));
    if (!key.kind().equals("PersistentVolumeClaim")
        || !key.namespace().equals(statefulSet.namespace())
        || !claim.labels().entrySet().containsAll(selector.entrySet())) {
      return false;
    }
    for (Object template : Trees.list(statefulSet.get("spec", "volumeClaimTemplates"))) {
      String prefix =
          Trees.string(Trees.get(template, "metadata", "name")) + "-" + statefulSet.name() + "-";
      if (key.name().startsWith(prefix)
          && key.name().substring(prefix.length()).matches("[0-9]+")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNew(LiveObject object, List<Resource> known) {
    return known.stream().noneMatch(resource -> resource.manifest().key().equals(object.key()));
  }
}
