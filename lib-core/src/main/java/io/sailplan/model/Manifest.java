package io.sailplan.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object tree with an {@code apiVersion} and a {@code kind}, deeply immutable; what it holds and
 * how is said in {@link Trees}. {@link #toString} never shows the content.
 */
public final class Manifest {
  private final Map<String, @Nullable Object> tree;

  private Manifest(Map<String, @Nullable Object> tree) {
    this.tree = tree;
  }

  /**
   * Returns the manifest that {@code tree} holds, copied.
   *
   * @throws IllegalArgumentException if it cannot stand in JSON; see {@link Trees#copyOf}
   */
  public static Manifest of(Map<String, ?> tree) {
    return new Manifest(Trees.copyOfObject(tree));
  }

  /**
   * Returns the manifest that the JSON object {@code text} holds.
   *
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public static Manifest parseJson(String text) {
    return new Manifest(Json.readObject(text));
  }

  /** Returns the whole tree, unmodifiable. */
  public Map<String, @Nullable Object> tree() {
    return tree;
  }

  /** Returns the field {@code apiVersion}; empty if it is missing. */
  public String apiVersion() {
    return Trees.string(tree.get("apiVersion"));
  }

  /** Returns the field {@code kind}; empty if it is missing. */
  public String kind() {
    return Trees.string(tree.get("kind"));
  }

  /** Returns {@code metadata.name}; empty if it is missing. */
  public String name() {
    return string("metadata", "name");
  }

  /** Returns {@code metadata.namespace}; empty if it is missing. */
  public String namespace() {
    return string("metadata", "namespace");
  }

  /** Returns the kind in its version. */
  public GroupVersionKind groupVersionKind() {
    return GroupVersionKind.of(apiVersion(), kind());
  }

  /** Returns the identity of the object that this manifest describes. */
  public ObjectKey key() {
    return ObjectKey.of(apiVersion(), kind(), namespace(), name());
  }

  /** Returns {@code metadata.labels}; values that are not strings are left out. */
  public Map<String, String> labels() {
    return Trees.strings(get("metadata", "labels"));
  }

  /** Returns {@code metadata.annotations}; values that are not strings are left out. */
  public Map<String, String> annotations() {
    return Trees.strings(get("metadata", "annotations"));
  }

  /** Returns what stands at {@code fields}; null if nothing does, or if it is null. */
  public @Nullable Object get(String... fields) {
    return Trees.get(tree, fields);
  }

  /** Returns the string at {@code fields}; empty if there is none. */
  public String string(String... fields) {
    return Trees.string(get(fields));
  }

  /** Returns the whole number at {@code fields}, or {@code otherwise} if there is none. */
  public long integer(long otherwise, String... fields) {
    return get(fields) instanceof Long number ? number : otherwise;
  }

  /**
   * Returns a copy in which {@code value} stands at {@code fields}; missing objects on the way are
   * made.
   *
   * @throws IllegalArgumentException if {@code fields} is empty, or leads through something that is
   *     not an object
   */
  public Manifest with(@Nullable Object value, String... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("fields must not be empty");
    }
    return of(set(tree, value, fields));
  }

  /** Returns a copy in which nothing stands at {@code fields}. */
  public Manifest without(String... fields) {
    return get(parent(fields)) instanceof Map<?, ?> map
            && map.containsKey(fields[fields.length - 1])
        ? of(remove(tree, fields))
        : this;
  }

  /** Returns a copy in the namespace; empty takes the field away. */
  public Manifest inNamespace(String namespace) {
    return namespace.isEmpty()
        ? without("metadata", "namespace")
        : with(namespace, "metadata", "namespace");
  }

  /** Returns compact JSON, with all content. */
  public String toJson() {
    return Json.write(tree);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Manifest manifest && tree.equals(manifest.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  /** Returns the key, never the content: it may be secret. */
  @Override
  public String toString() {
    return "Manifest[" + key() + "]";
  }

  private static Map<String, @Nullable Object> set(
      Map<String, @Nullable Object> object, @Nullable Object value, String... fields) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
    if (fields.length == 1) {
      copy.put(fields[0], value);
      return copy;
    }
    Object child = copy.get(fields[0]);
    if (child != null && !(child instanceof Map)) {
      throw new IllegalArgumentException(
          "fields leads through something that is not an object: " + fields[0]);
    }
    copy.put(fields[0], set(Trees.object(child), value, rest(fields)));
    return copy;
  }

  private static Map<String, @Nullable Object> remove(
      Map<String, @Nullable Object> object, String... fields) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
    if (fields.length == 1) {
      copy.remove(fields[0]);
    } else {
      copy.put(fields[0], remove(Trees.object(object.get(fields[0])), rest(fields)));
    }
    return copy;
  }

  private static String[] rest(String... fields) {
    return Arrays.copyOfRange(fields, 1, fields.length);
  }

  private static String[] parent(String... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("fields must not be empty");
    }
    return Arrays.copyOfRange(fields, 0, fields.length - 1);
  }
}
