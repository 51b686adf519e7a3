package io.sailplan.model;

import org.jspecify.annotations.Nullable;

/**
 * Which parts of which objects are secret: the data of Secrets, and annotations of theirs that may
 * hold a copy of it. The one place that decides this.
 */
public final class SecretContent {
  private static final GroupKind SECRET = new GroupKind("", "Secret");

  private static final FieldPath DATA = FieldPath.of("data");
  private static final FieldPath STRING_DATA = FieldPath.of("stringData");
  private static final FieldPath ANNOTATIONS = FieldPath.of("metadata", "annotations");

  /** A copy of a Secret names its kind and itself: {@code {"kind":"Secret","data":…}}. */
  private static final int SHORTEST_COPY = 40;

  private SecretContent() {}

  /** Returns whether objects of this kind hold secrets. */
  public static boolean isSecret(GroupKind kind) {
    return kind.equals(SECRET);
  }

  /**
   * Returns whether a value must never be shown. kubectl, kapp and others keep a copy of the whole
   * object in an annotation, data included, so long annotations count.
   *
   * @param kind the kind of the object
   * @param path where in the object the value stands
   * @param value the value
   */
  public static boolean isSecret(GroupKind kind, FieldPath path, @Nullable Object value) {
    return isSecret(kind) && holdsSecret(path, value);
  }

  private static boolean holdsSecret(FieldPath path, @Nullable Object value) {
    if (path.startsWith(DATA) || path.startsWith(STRING_DATA)) {
      return true;
    }
    if (value instanceof String text) {
      return path.startsWith(ANNOTATIONS) && text.length() >= SHORTEST_COPY;
    }
    boolean leadsThere =
        DATA.startsWith(path) || STRING_DATA.startsWith(path) || path.startsWith(ANNOTATIONS);
    return (leadsThere || ANNOTATIONS.startsWith(path))
        && Trees.object(value).entrySet().stream()
            .anyMatch(entry -> holdsSecret(path.child(entry.getKey()), entry.getValue()));
  }
}
