package io.sailplan.shape;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupVersionKind;
import java.util.List;
import java.util.Set;

/**
 * The structure of the objects of a kind in one version, and how the API server treats them.
 *
 * @param resource how the kind is served
 * @param shape the structure of a whole object
 * @param custom whether a CustomResourceDefinition defines it
 * @param generation what makes {@code metadata.generation} rise
 * @param versions the API versions that its CustomResourceDefinition defines, served or not; empty
 *     unless it is custom
 */
public record KindShape(
    ApiResource resource,
    Shape shape,
    boolean custom,
    Generation generation,
    Set<String> versions) {

  /** Copies the versions, and checks that no part is null. */
  public KindShape {
    requireNonNull(resource, "resource");
    requireNonNull(shape, "shape");
    requireNonNull(generation, "generation");
    versions = Set.copyOf(versions);
  }

  /**
   * Returns whether the server can convert what somebody wrote in an API version. While it is
   * recorded that fields are owned in a version which a definition does not name any more, nobody
   * can apply to the object.
   */
  public boolean converts(String apiVersion) {
    return !custom || versions.contains(apiVersion);
  }

  /** Returns the kind in its version. */
  public GroupVersionKind kind() {
    return resource.kind();
  }

  /** Returns whether its objects live in namespaces. */
  public boolean namespaced() {
    return resource.namespaced();
  }

  /** Returns whether it has the subresource {@code status}. */
  public boolean status() {
    return resource.status();
  }

  /**
   * What makes {@code metadata.generation} rise.
   *
   * @param initial the generation of a new object; 0 if the kind has none
   * @param fields the fields whose change makes it rise, each a path of names joined by dots; one
   *     that starts with {@code !} is left out of the comparison of the whole object
   * @param strict whether missing and empty lists count as different
   */
  public record Generation(int initial, List<String> fields, boolean strict) {
    /** The rule of kinds without generation. */
    public static final Generation NONE = new Generation(0, List.of(), false);

    /** Copies the list. */
    public Generation {
      fields = List.copyOf(fields);
    }
  }

  /** Returns the kind, never the structure. */
  @Override
  public String toString() {
    return "KindShape[" + kind() + "]";
  }
}
