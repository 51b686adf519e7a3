package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;

/**
 * A value that is not known yet. It may stand anywhere in a tree that is bound to a name; an
 * evaluation that touches it is {@link Evaluation.Deferred}.
 *
 * @param root what will tell, such as the id of a resource
 * @param path the field of it
 */
public record Unknown(String root, FieldPath path) implements Comparable<Unknown> {

  /** Checks that no part is null. */
  public Unknown {
    requireNonNull(root, "root");
    requireNonNull(path, "path");
  }

  /** Returns the whole of {@code root} as something that is not known. */
  public static Unknown of(String root) {
    return new Unknown(root, FieldPath.root());
  }

  /** Returns a field of {@code root} as something that is not known. */
  public static Unknown of(String root, String... fields) {
    return new Unknown(root, FieldPath.of(fields));
  }

  /** Orders by root, then by path. */
  @Override
  public int compareTo(Unknown other) {
    if (equals(other)) {
      return 0; // the usual case, and comparing paths takes time
    }
    int byRoot = root.compareTo(other.root);
    return byRoot != 0 ? byRoot : path.compareTo(other.path);
  }

  /** Returns {@code db.status.host}. */
  @Override
  public String toString() {
    return path.elements().isEmpty() ? root : root + path;
  }
}
