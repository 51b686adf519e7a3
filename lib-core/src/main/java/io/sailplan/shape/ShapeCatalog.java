package io.sailplan.shape;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds whose structure is known, each in its versions; immutable and thread-safe.
 *
 * <p>The first use of {@link #builtIn()} reads a resource of some hundred kilobytes; types are
 * understood when they are first met.
 */
public final class ShapeCatalog {
  private final Map<GroupVersionKind, KindShape> kinds;
  private final String openApiHash;
  private final List<Problem> problems;

  private ShapeCatalog(
      Map<GroupVersionKind, KindShape> kinds, String openApiHash, List<Problem> problems) {
    this.kinds = kinds;
    this.openApiHash = openApiHash;
    this.problems = problems;
  }

  /** Returns the kinds that ship with Kubernetes. */
  public static ShapeCatalog builtIn() {
    return new ShapeCatalog(BuiltInShapes.kinds(), BuiltInShapes.hash(), List.of());
  }

  /**
   * Returns this catalog and the kinds that CustomResourceDefinitions define, in the versions that
   * they serve. A later definition of a kind replaces an earlier one. What is wrong with a
   * definition is found in {@link #problems()}; as much of it as makes sense is used.
   *
   * @param definitions manifests of the kind CustomResourceDefinition; problems name others, which
   *     are ignored
   */
  public ShapeCatalog withCustomResources(Collection<Manifest> definitions) {
    Map<GroupVersionKind, KindShape> all = new LinkedHashMap<>(kinds);
    List<Problem> found = new ArrayList<>(problems);
    for (Manifest definition : definitions) {
      CustomResourceReader reader = new CustomResourceReader(definition);
      reader.kinds().forEach(kind -> all.put(kind.kind(), kind));
      found.addAll(reader.problems());
    }
    return new ShapeCatalog(
        Collections.unmodifiableMap(all), openApiHash, Collections.unmodifiableList(found));
  }

  /** Returns the structure of a kind in one version; empty if it is not known. */
  public Optional<KindShape> find(GroupVersionKind kind) {
    return Optional.ofNullable(kinds.get(kind));
  }

  /** Returns the structure of the kind that a manifest names; empty if it is not known. */
  public Optional<KindShape> find(Manifest manifest) {
    return find(manifest.groupVersionKind());
  }

  /**
   * Returns the versions of a kind, stable ones first as the resource lists them; empty if it is
   * not known.
   */
  public List<KindShape> versions(GroupKind kind) {
    return kinds.values().stream().filter(shape -> shape.kind().groupKind().equals(kind)).toList();
  }

  /**
   * Returns all kinds: built-in ones by API version, then custom ones in the order of their
   * definitions.
   */
  public Collection<KindShape> kinds() {
    return kinds.values();
  }

  /** Returns how the kinds are served, in the order of {@link #kinds()}. */
  public List<ApiResource> apiResources() {
    return kinds.values().stream().map(KindShape::resource).toList();
  }

  /** Returns what identifies the OpenAPI documents that the built-in kinds were read from. */
  public String openApiHash() {
    return openApiHash;
  }

  /**
   * Returns the hash that the API server gives the OpenAPI v3 document of a built-in API version:
   * one that publishes the same has the structures of this catalog. Empty for API versions that no
   * server serves unless it is told to, and for custom ones.
   *
   * @param apiVersion group and version as manifests write them: {@code v1}, {@code apps/v1}
   */
  public Optional<String> schemaHash(String apiVersion) {
    return Optional.ofNullable(BuiltInShapes.hashes().get(apiVersion));
  }

  /** Returns what is wrong with the custom definitions, in their order. */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public String toString() {
    return "ShapeCatalog[" + kinds.size() + " kinds]";
  }
}
