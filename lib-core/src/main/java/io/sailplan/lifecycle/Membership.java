package io.sailplan.lifecycle;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.sailplan.model.Application;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster remembers what belongs to an application: an ApplySet (KEP-3659) whose parent is a
 * small ConfigMap in the application's home namespace. Immutable.
 */
public final class Membership {
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

  /** Where the label of membership stands in a member. */
  public static final FieldPath LABEL = FieldPath.of("metadata", "labels", PART_OF);

  private static final String MANAGER = "sailplan/";

  private final String namespace;
  private final String name;
  private final String id;

  /**
   * Makes the membership of an application.
   *
   * @param namespace the home namespace
   * @param name the application's name
   */
  public Membership(String namespace, String name) {
    this.namespace = requireNonNull(namespace, "namespace");
    this.name = requireNonNull(name, "name");
    this.id = id(parent(), namespace); // asked of each object of a cluster
  }

  /** Returns the membership of an application. */
  public static Membership of(Application application) {
    return new Membership(application.namespace(), application.name());
  }

  /** Returns the home namespace. */
  public String namespace() {
    return namespace;
  }

  /** Returns the application's name. */
  public String name() {
    return name;
  }

  /** Returns the parent's identity. */
  public ObjectKey parent() {
    return new ObjectKey("", "ConfigMap", namespace, "sailplan-" + name);
  }

  /** Returns the field manager of all that is declared for this application. */
  public String fieldManager() {
    return MANAGER + namespace + "/" + name;
  }

  /** Returns whether a field manager is that of an application. */
  public static boolean isApplication(String fieldManager) {
    return fieldManager.startsWith(MANAGER);
  }

  /** Returns the ApplySet's id, computed from the parent's identity as KEP-3659 says. */
  public String id() {
    return id;
  }

  /** Returns {@code manifest}, marked as a member. */
  public Manifest mark(Manifest manifest) {
    return manifest.with(id, "metadata", "labels", PART_OF);
  }

  /** Returns whether the object is marked as a member. */
  public boolean contains(LiveObject object) {
    return id.equals(object.manifest().get("metadata", "labels", PART_OF));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Membership membership
        && namespace.equals(membership.namespace)
        && name.equals(membership.name);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Returns {@code shop/api}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }

  private static String id(ObjectKey parent, String namespace) {
    String identity = parent.name() + "." + namespace + "." + parent.kind() + "." + parent.group();
    byte[] digest = Hashing.sha256().hashString(identity, StandardCharsets.UTF_8).asBytes();
    return "applyset-" + BaseEncoding.base64Url().omitPadding().encode(digest) + "-v1";
  }
}
