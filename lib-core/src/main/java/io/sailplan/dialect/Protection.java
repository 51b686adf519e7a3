package io.sailplan.dialect;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An annotation, or a label, by which another tool would not remove an object just like that. It
 * counts as it stands on the object that exists: that is how those tools read it as well.
 *
 * @param effect what it asks for
 * @param dialect whose annotation it is
 * @param key its key
 * @param text what was found, as a part of a sentence: {@code the annotation
 *     helm.sh/resource-policy is "keep" (Helm)}
 */
public record Protection(Effect effect, Dialect dialect, String key, String text) {
  private static final Comparator<Protection> ORDER =
      Comparator.comparing(Protection::effect)
          .thenComparing(Protection::dialect)
          .thenComparing(Protection::text);

  /** What is asked for; what comes first prevails. */
  public enum Effect {
    /** The object stays as it is. */
    KEEP,
    /** The object stays, and does not belong to the application any more. */
    DETACH,
    /**
     * The object may go once somebody has agreed to exactly that. A value that cannot be understood
     * asks for this as well: a deletion cannot be taken back.
     */
    CONFIRM
  }

  /** Why an object would be removed. */
  public enum Removal {
    /** The application does not declare it any more. */
    PRUNE,
    /** The whole application is deleted. */
    DELETE
  }

  /** Checks that nothing is null. */
  public Protection {
    requireNonNull(effect, "effect");
    requireNonNull(dialect, "dialect");
    requireNonNull(key, "key");
    requireNonNull(text, "text");
  }

  /**
   * Returns what protects an object; of several, the one whose effect prevails.
   *
   * @param object the object as it exists
   * @param removal why it would be removed
   * @param dialects whose annotations count
   */
  public static Optional<Protection> find(
      LiveObject object, Removal removal, Set<Dialect> dialects) {
    requireNonNull(removal, "removal");
    Manifest manifest = object.manifest();
    return ProtectionKeys.all().stream()
        .filter(key -> dialects.contains(key.dialect()))
        .flatMap(key -> key.find(manifest, removal))
        .min(ORDER);
  }

  /**
   * Returns the annotations, and the labels, of an object by which any tool might not remove it
   * just like that, with their values; ordered.
   */
  public static SortedMap<String, String> marks(LiveObject object) {
    SortedMap<String, String> marks = new TreeMap<>();
    for (ProtectionKeys.Key key : ProtectionKeys.all()) {
      String annotation = object.manifest().annotations().get(key.key());
      if (annotation != null) {
        marks.put("annotation " + key.key(), annotation);
      }
      String label = key.labels() ? object.manifest().labels().get(key.key()) : null;
      if (label != null) {
        marks.put("label " + key.key(), label);
      }
    }
    return Collections.unmodifiableSortedMap(marks);
  }

  @Override
  public String toString() {
    return text;
  }
}
