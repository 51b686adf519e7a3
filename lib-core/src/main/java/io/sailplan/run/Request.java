package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Access;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Propagation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request to an API server, free of transport. {@code toString} of all of them shows no
 * content.
 */
public sealed interface Request {

  /** Returns whether it can change anything. */
  boolean isWrite();

  /**
   * Reads an object.
   *
   * @param key which
   * @param version the version to read it in, such as {@code v1}; empty for the one that the server
   *     prefers
   */
  record Get(ObjectKey key, String version) implements Request {
    /** Checks that nothing is null. */
    public Get {
      requireNonNull(key, "key");
      requireNonNull(version, "version");
    }

    /** Makes a request in the version that the server prefers. */
    public Get(ObjectKey key) {
      this(key, "");
    }

    @Override
    public boolean isWrite() {
      return false;
    }
  }

  /**
   * Reads all objects of a kind; the answer is one list, whatever pages it came in.
   *
   * @param groupKind the kind
   * @param namespace the namespace; empty for all
   * @param labels labels that the objects carry; empty for all
   * @param fields field selectors that the objects match, such as {@code type} to {@code Warning};
   *     empty for all
   */
  record ListObjects(
      GroupKind groupKind, String namespace, Map<String, String> labels, Map<String, String> fields)
      implements Request {
    /** Copies the selectors, in the order of their names. */
    public ListObjects {
      requireNonNull(groupKind, "groupKind");
      requireNonNull(namespace, "namespace");
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    @Override
    public boolean isWrite() {
      return false;
    }
  }

  /**
   * Server-side apply. Preconditions travel in {@code metadata.uid} and {@code
   * metadata.resourceVersion}; a resourceVersion of {@link #CREATE_ONLY} makes the server refuse if
   * the object exists.
   *
   * @param manifest the object, with name and, if namespaced, namespace
   * @param fieldManager the field manager
   * @param force whether fields are taken from other managers
   * @param subresource {@code status}, or empty for the object itself
   * @param dryRun whether the server only says what it would do
   */
  record Apply(
      Manifest manifest, String fieldManager, boolean force, String subresource, boolean dryRun)
      implements Request {
    /**
     * The resourceVersion that no object has: an absent object is created, a present one is a
     * conflict.
     */
    public static final String CREATE_ONLY = "1";

    /** Checks that nothing is null. */
    public Apply {
      requireNonNull(manifest, "manifest");
      requireNonNull(fieldManager, "fieldManager");
      requireNonNull(subresource, "subresource");
    }

    /** Returns an apply of the object itself, for real and without force. */
    public static Apply of(Manifest manifest, String fieldManager) {
      return new Apply(manifest, fieldManager, false, "", false);
    }

    /** Returns this request, taking fields from other managers. */
    public Apply forced() {
      return new Apply(manifest, fieldManager, true, subresource, dryRun);
    }

    @Override
    public boolean isWrite() {
      return !dryRun;
    }
  }

  /**
   * Creates an object by POST, as {@code kubectl create} does.
   *
   * @param manifest the object
   * @param fieldManager the field manager
   */
  record Create(Manifest manifest, String fieldManager) implements Request {
    /** Checks that nothing is null. */
    public Create {
      requireNonNull(manifest, "manifest");
      requireNonNull(fieldManager, "fieldManager");
    }

    @Override
    public boolean isWrite() {
      return true;
    }
  }

  /**
   * Replaces an object by PUT.
   *
   * @param manifest the object; a resourceVersion in it must be the current one
   * @param fieldManager the field manager
   * @param subresource {@code status}, {@code scale}, or empty for the object itself
   */
  record Replace(Manifest manifest, String fieldManager, String subresource) implements Request {
    /** Checks that nothing is null. */
    public Replace {
      requireNonNull(manifest, "manifest");
      requireNonNull(fieldManager, "fieldManager");
      requireNonNull(subresource, "subresource");
    }

    @Override
    public boolean isWrite() {
      return true;
    }
  }

  /**
   * Patches an object by a JSON patch (RFC 6902).
   *
   * @param key which
   * @param operations the patch
   * @param fieldManager the field manager
   * @param subresource {@code status}, {@code scale}, or empty for the object itself
   */
  record Patch(
      ObjectKey key, List<PatchOperation> operations, String fieldManager, String subresource)
      implements Request {
    /** Copies the operations. */
    public Patch {
      requireNonNull(key, "key");
      operations = List.copyOf(operations);
      requireNonNull(fieldManager, "fieldManager");
      requireNonNull(subresource, "subresource");
    }

    @Override
    public boolean isWrite() {
      return true;
    }
  }

  /**
   * Deletes an object.
   *
   * @param key which
   * @param uid the UID it must have; empty for any
   * @param resourceVersion the resourceVersion it must have; empty for any
   * @param propagation what becomes of the objects it owns
   */
  record Delete(ObjectKey key, String uid, String resourceVersion, Propagation propagation)
      implements Request {
    /** Checks that nothing is null. */
    public Delete {
      requireNonNull(key, "key");
      requireNonNull(uid, "uid");
      requireNonNull(resourceVersion, "resourceVersion");
      requireNonNull(propagation, "propagation");
    }

    @Override
    public boolean isWrite() {
      return true;
    }
  }

  /**
   * Reads the last lines that a container has written; the answer's text holds them.
   *
   * @param namespace the pod's namespace
   * @param pod the pod's name
   * @param container the container's name
   * @param lines how many lines at the most
   * @param previous whether the container's last but one life is meant
   */
  record Logs(String namespace, String pod, String container, int lines, boolean previous)
      implements Request {
    /** Checks that nothing is null and that {@code lines} is positive. */
    public Logs {
      requireNonNull(namespace, "namespace");
      requireNonNull(pod, "pod");
      requireNonNull(container, "container");
      if (lines < 1) {
        throw new IllegalArgumentException("lines must be positive: " + lines);
      }
    }

    @Override
    public boolean isWrite() {
      return false;
    }
  }

  /**
   * Asks whether whoever sends it may do something: a {@code SelfSubjectAccessReview}, which
   * changes nothing. The answer's body says in {@code status.allowed} whether.
   *
   * @param access what
   */
  record Review(Access access) implements Request {
    /** Checks that the access is not null. */
    public Review {
      requireNonNull(access, "access");
    }

    /** Returns the object that is sent. */
    public Manifest manifest() {
      Map<String, Object> attributes = new TreeMap<>();
      String[] resource = access.resource().split("/", 2);
      attributes.put("verb", access.verb());
      attributes.put("group", access.group());
      attributes.put("resource", resource[0]);
      attributes.put("subresource", resource.length == 1 ? "" : resource[1]);
      attributes.put("namespace", access.namespace());
      attributes.put("name", access.name());
      return Manifest.of(
          Map.of(
              "apiVersion",
              "authorization.k8s.io/v1",
              "kind",
              "SelfSubjectAccessReview",
              "spec",
              Map.of("resourceAttributes", attributes)));
    }

    @Override
    public boolean isWrite() {
      return false;
    }
  }
}
