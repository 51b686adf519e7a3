package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Trees;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a resource of a graph is: an object to make, or others to read. */
public sealed interface ResourceContent {

  /** Returns the {@code apiVersion}. */
  String apiVersion();

  /** Returns the kind. */
  String kind();

  /**
   * An object to make, with expressions as texts.
   *
   * @param tree the object
   */
  record Template(Map<String, @Nullable Object> tree) implements ResourceContent {
    /** Copies the tree. */
    public Template {
      tree = Trees.copyOfObject(tree);
    }

    @Override
    public String apiVersion() {
      return Trees.string(tree.get("apiVersion"));
    }

    @Override
    public String kind() {
      return Trees.string(tree.get("kind"));
    }

    /** Returns the kind, never the content: it may be secret. */
    @Override
    public String toString() {
      return "Template[" + apiVersion() + " " + kind() + "]";
    }
  }

  /**
   * One object that others have made.
   *
   * @param apiVersion its API version
   * @param kind its kind
   * @param name its name, perhaps with expressions
   * @param namespace its namespace, perhaps with expressions; empty for that of the instance
   */
  record ExternalObject(String apiVersion, String kind, String name, String namespace)
      implements ResourceContent {
    /** Checks that no part is null. */
    public ExternalObject {
      requireNonNull(apiVersion, "apiVersion");
      requireNonNull(kind, "kind");
      requireNonNull(name, "name");
      requireNonNull(namespace, "namespace");
    }
  }

  /**
   * All objects of a kind that others have made and that have certain labels.
   *
   * @param apiVersion their API version
   * @param kind their kind
   * @param selector a label selector, perhaps with expressions, or one expression for all of it; an
   *     empty selector takes all
   * @param namespace their namespace, perhaps with expressions; empty for all namespaces
   */
  record ExternalCollection(String apiVersion, String kind, Object selector, String namespace)
      implements ResourceContent {
    /** Copies the selector, and checks that no part is null. */
    public ExternalCollection {
      requireNonNull(apiVersion, "apiVersion");
      requireNonNull(kind, "kind");
      selector = requireNonNull(Trees.copyOf(selector), "selector");
      requireNonNull(namespace, "namespace");
    }
  }
}
