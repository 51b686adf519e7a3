package io.sailplan.planning;

import io.sailplan.model.GroupKind;
import io.sailplan.model.ObjectKey;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where members of an application may be: the product of these kinds and these namespaces.
 *
 * @param kinds the kinds
 * @param namespaces the namespaces, the home namespace among them or not
 */
record Index(SortedSet<GroupKind> kinds, SortedSet<String> namespaces) {

  /** Copies both. */
  Index {
    kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
    namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
  }

  /** Returns the smallest one that covers these objects. */
  static Index of(Collection<ObjectKey> members) {
    TreeSet<GroupKind> kinds = new TreeSet<>();
    TreeSet<String> namespaces = new TreeSet<>();
    for (ObjectKey member : members) {
      kinds.add(member.groupKind());
      if (!member.namespace().isEmpty()) {
        namespaces.add(member.namespace());
      }
    }
    return new Index(kinds, namespaces);
  }

  /** Returns what covers both. */
  Index with(Index other) {
    TreeSet<GroupKind> allKinds = new TreeSet<>(kinds);
    allKinds.addAll(other.kinds);
    TreeSet<String> allNamespaces = new TreeSet<>(namespaces);
    allNamespaces.addAll(other.namespaces);
    return new Index(allKinds, allNamespaces);
  }

  /** Returns whether whatever the other covers is covered here. */
  boolean covers(Index other) {
    return kinds.containsAll(other.kinds) && namespaces.containsAll(other.namespaces);
  }
}
