package io.sailplan.lifecycle;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.nio.charset.StandardCharsets;

/**
 * How a cluster remembers what belongs to an application: an ApplySet (KEP-3659) whose parent is a
 * small ConfigMap in the application's home namespace.
 *
 * @param namespace the home namespace
 * @param name the application's name
 */
public record Membership(String namespace, String name) {
  /** The label that every member carries; its value is {@link #id()}. */
  public static final String PART_OF = "applyset.kubernetes.io/part-of";

  /** The label of a parent; its value is {@link #id()}. */
  public static final String ID = "applyset.kubernetes.io/id";

  /** The annotation of a parent that names the tool that keeps it. */
  public static final String TOOLING = "applyset.kubernetes.io/tooling";

  /** The annotation of a parent that lists its members' kinds. */
  public static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";

  /** The annotation of a parent that lists its members' namespaces, its own apart. */
  public static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";

  /** Checks that no part is null. */
  public Membership {
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
  }

  /** Returns the membership of an application. */
  public static Membership of(Application application) {
    return new Membership(application.namespace(), application.name());
  }

  /** Returns the parent's identity. */
  public ObjectKey parent() {
    return new ObjectKey("", "ConfigMap", namespace, "sailplan-" + name);
  }

  /** Returns the field manager of all that is declared for this application. */
  public String fieldManager() {
    return "sailplan/" + namespace + "/" + name;
  }

  /** Returns the ApplySet's id, computed from the parent's identity as KEP-3659 says. */
  public String id() {
    ObjectKey parent = parent();
    String identity = parent.name() + "." + namespace + "." + parent.kind() + "." + parent.group();
    byte[] digest = Hashing.sha256().hashString(identity, StandardCharsets.UTF_8).asBytes();
    return "applyset-" + BaseEncoding.base64Url().omitPadding().encode(digest) + "-v1";
  }

  /** Returns {@code manifest}, marked as a member. */
  public Manifest mark(Manifest manifest) {
    return manifest.with(id(), "metadata", "labels", PART_OF);
  }

  /** Returns whether the object is marked as a member. */
  public boolean contains(LiveObject object) {
    return id().equals(object.manifest().labels().get(PART_OF));
  }

  /** Returns {@code shop/api}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
