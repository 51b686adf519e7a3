package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Look;
import io.sailplan.model.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Kinds of which not all members were seen, because a list was refused or nobody took it: members
 * may be there all the same.
 *
 * @param reasons why not, by kind
 * @param index where they may be
 */
record Unseen(SortedMap<GroupKind, String> reasons, Index index) {

  /** Returns what of the places that the parent names, and of those that were asked, is unseen. */
  static Unseen of(World world, Index known) {
    Snapshot snapshot = world.snapshot();
    Map<String, String> label = Map.of(Membership.PART_OF, world.membership().id());
    SortedMap<GroupKind, String> reasons = new TreeMap<>();
    TreeSet<String> namespaces = new TreeSet<>();
    snapshot
        .refused()
        .forEach(
            (look, reason) -> {
              if (look instanceof Look.AtList list && list.labels().equals(label)) {
                reasons.putIfAbsent(list.groupKind(), reason);
                namespaces.add(list.namespace());
              }
            });
    for (GroupKind kind : known.kinds()) {
      ApiResource resource = world.kinds().find(kind).orElse(null);
      if (resource != null) { // what is not served does not exist
        for (String namespace : resource.namespaced() ? known.namespaces() : List.of("")) {
          Look look = new Look.AtList(kind, namespace, label);
          if (!snapshot.hasTaken(look)) {
            reasons.putIfAbsent(kind, "nobody looked");
            namespaces.add(namespace);
          }
        }
      } else if (world.kinds().unavailable(kind).isPresent()) {
        reasons.putIfAbsent(kind, world.kinds().unavailable(kind).get());
        namespaces.addAll(known.namespaces());
      }
    }
    namespaces.remove("");
    return new Unseen(
        Collections.unmodifiableSortedMap(reasons),
        new Index(new TreeSet<>(reasons.keySet()), namespaces));
  }
}
