package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** One look at a cluster: what a reader asked for, whether or not anything was there. */
public sealed interface Look {

  /** Returns the kind that was looked for. */
  GroupKind groupKind();

  /**
   * Returns whether this look would have shown the object {@code key}, had it carried {@code
   * labels}.
   */
  boolean covers(ObjectKey key, Map<String, String> labels);

  /**
   * A look at one object by its name.
   *
   * @param key its identity
   * @param version the version to read it in, such as {@code v1}; empty for the one that the server
   *     prefers, which also serves if this one is not served
   */
  record AtObject(ObjectKey key, String version) implements Look {
    /** Checks that nothing is null. */
    public AtObject {
      requireNonNull(key, "key");
      requireNonNull(version, "version");
    }

    /** Makes a look in the version that the server prefers. */
    public AtObject(ObjectKey key) {
      this(key, "");
    }

    @Override
    public GroupKind groupKind() {
      return key.groupKind();
    }

    @Override
    public boolean covers(ObjectKey other, Map<String, String> labels) {
      return key.equals(other);
    }
  }

  /**
   * A look at all objects of a kind.
   *
   * @param groupKind the kind
   * @param namespace the namespace; empty for all
   * @param labels labels that the objects carry; empty for all objects; ordered by name
   */
  record AtList(GroupKind groupKind, String namespace, Map<String, String> labels) implements Look {
    /** Copies the labels, in the order of their names. */
    public AtList {
      requireNonNull(groupKind, "groupKind");
      requireNonNull(namespace, "namespace");
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    @Override
    public boolean covers(ObjectKey key, Map<String, String> carried) {
      return key.groupKind().equals(groupKind)
          && (namespace.isEmpty() || namespace.equals(key.namespace()))
          && carried.entrySet().containsAll(labels.entrySet());
    }
  }
}
