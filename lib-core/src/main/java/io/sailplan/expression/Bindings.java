package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.SecretContent;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of the names in an expression: trees as {@link Trees} describes them, in which {@link
 * Unknown} may stand for what is not known.
 */
public final class Bindings {
  private final Map<String, Binding> byName;
  private final byte @Nullable [] digestKey;

  private Bindings(Map<String, Binding> byName, byte @Nullable [] digestKey) {
    this.byName = byName;
    this.digestKey = digestKey;
  }

  /** Returns bindings of nothing. */
  public static Bindings none() {
    return new Bindings(Map.of(), null);
  }

  /** Returns a builder without bindings. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns these bindings and one more, which replaces one of the same name. */
  public Bindings with(String name, @Nullable Object tree) {
    Map<String, Binding> all = new HashMap<>(byName);
    all.put(requireNonNull(name, "name"), Binding.of(tree, Marks.NONE));
    return new Bindings(all, digestKey);
  }

  /**
   * Returns these bindings and one more: what stands at {@code path} below the name {@code from},
   * with all that is marked there. It stands for an item of a list that is gone through.
   *
   * @throws IllegalArgumentException if nothing is bound to {@code from}
   */
  public Bindings withItem(String name, String from, FieldPath path) {
    Binding whole = byName.get(requireNonNull(from, "from"));
    if (whole == null) {
      throw new IllegalArgumentException("from is not bound: " + from);
    }
    Map<String, Binding> all = new HashMap<>(byName);
    all.put(requireNonNull(name, "name"), whole.at(path));
    return new Bindings(all, digestKey);
  }

  @Nullable Binding find(String name) {
    return byName.get(name);
  }

  byte @Nullable [] digestKey() {
    return digestKey;
  }

  /** Returns the names, never the values. */
  @Override
  public String toString() {
    return "Bindings" + byName.keySet().stream().sorted().toList();
  }

  /** Collects bindings. */
  public static final class Builder {
    private final Map<String, @Nullable Object> trees = new LinkedHashMap<>();
    private final Map<String, Marks> marks = new HashMap<>();
    private byte @Nullable [] digestKey;

    private Builder() {}

    /**
     * Binds a name to a tree, which must not change any more.
     *
     * @param name the name
     * @param tree a tree, in which {@link Unknown} may stand
     */
    public Builder bind(String name, @Nullable Object tree) {
      trees.put(requireNonNull(name, "name"), tree);
      return this;
    }

    /** Binds a name to an object; what is secret in it is marked so. */
    public Builder bind(String name, Manifest object) {
      bind(name, object.tree());
      if (SecretContent.isSecret(object.groupVersionKind().groupKind())) {
        secret(name, FieldPath.of("data"));
        secret(name, FieldPath.of("stringData"));
        secretAnnotations(name, object);
      }
      return this;
    }

    private void secretAnnotations(String name, Manifest object) {
      object
          .annotations()
          .forEach(
              (key, value) -> {
                FieldPath path = FieldPath.of("metadata", "annotations", key);
                if (SecretContent.isSecret(object.groupVersionKind().groupKind(), path, value)) {
                  secret(name, path);
                }
              });
    }

    /**
     * Marks a part of what is bound to a name as open: what is missing there may still come, so
     * that reading it is {@link Evaluation.Deferred} instead of {@link Evaluation.Failed}.
     *
     * @param name the name
     * @param path the part; the root for all of it
     */
    public Builder open(String name, FieldPath path) {
      marks.computeIfAbsent(name, key -> new Marks(false, false)).add(path, true, false);
      return this;
    }

    /**
     * Marks a part of what is bound to a name as secret: whatever was evaluated from it is tainted.
     *
     * @param name the name
     * @param path the part; the root for all of it
     */
    public Builder secret(String name, FieldPath path) {
      marks.computeIfAbsent(name, key -> new Marks(false, false)).add(path, false, true);
      return this;
    }

    /**
     * Sets the key of digests of what is secret, without which they fail: an unkeyed digest of a
     * short secret gives it away.
     */
    public Builder digestKey(byte[] key) {
      this.digestKey = key.clone();
      return this;
    }

    /**
     * Returns the bindings.
     *
     * @throws IllegalStateException if a name is marked that is not bound
     */
    public Bindings build() {
      List<String> unbound = new ArrayList<>(marks.keySet());
      unbound.removeAll(trees.keySet());
      if (!unbound.isEmpty()) {
        Collections.sort(unbound);
        throw new IllegalStateException("marked but not bound: " + unbound);
      }
      Map<String, Binding> bound = new HashMap<>();
      trees.forEach(
          (name, tree) -> bound.put(name, Binding.of(tree, marks.getOrDefault(name, Marks.NONE))));
      return new Bindings(bound, digestKey == null ? null : digestKey.clone());
    }
  }
}
