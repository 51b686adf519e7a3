package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields in which two objects differ. Maps are descended by key, keyed lists by their keys,
 * sets by value; what is replaced whole differs whole.
 */
public final class FieldDiff {
  private static final FieldSet SERVER_METADATA =
      FieldSet.of(
          FieldPath.of("metadata", "managedFields"),
          FieldPath.of("metadata", "resourceVersion"),
          FieldPath.of("metadata", "generation"),
          FieldPath.of("metadata", "creationTimestamp"),
          FieldPath.of("metadata", "uid"),
          FieldPath.of("metadata", "selfLink"));

  private final FieldSet ignored;
  private final List<Difference> changes = new ArrayList<>();
  private final List<PathElement> path = new ArrayList<>();

  private FieldDiff(FieldSet ignored) {
    this.ignored = ignored;
  }

  /**
   * A field that differs. {@link #toString} never shows the values: they may be secret.
   *
   * @param path where
   * @param before the value before, a tree; null if there was none
   * @param after the value after, a tree; null if there is none
   */
  public record Difference(FieldPath path, @Nullable Object before, @Nullable Object after) {

    /** Checks that the path is not null. */
    public Difference {
      requireNonNull(path, "path");
    }

    /** Returns the path and what became of it. */
    @Override
    public String toString() {
      return path + (before == null ? " added" : after == null ? " removed" : " changed");
    }
  }

  /** Returns the differences, ordered as the API server orders paths; nothing is ignored. */
  public static List<Difference> between(
      @Nullable Manifest before, @Nullable Manifest after, KindShape shape) {
    return between(before, after, shape, FieldSet.empty());
  }

  /**
   * Returns the fields that the server alone writes: managed fields, uid, versions, generation and
   * time of creation.
   */
  public static FieldSet serverMetadata() {
    return SERVER_METADATA;
  }

  /**
   * Returns the differences, ordered as the API server orders paths.
   *
   * @param before the object before; null if there was none
   * @param after the object after; null if there is none
   * @param shape the structure of the kind
   * @param ignored paths that do not count, with all below them
   */
  public static List<Difference> between(
      @Nullable Manifest before, @Nullable Manifest after, KindShape shape, FieldSet ignored) {
    FieldDiff diff = new FieldDiff(ignored);
    diff.maps(
        before == null ? Map.of() : before.tree(),
        after == null ? Map.of() : after.tree(),
        shape.shape());
    return List.copyOf(diff.changes);
  }

  private void compare(@Nullable Object before, @Nullable Object after, Shape shape) {
    if (Values.equal(before, after) || ignored.contains(new FieldPath(path))) {
      return;
    }
    boolean bare = Values.map(before).isEmpty() && Values.map(after).isEmpty();
    if (holds(before, after, Map.class) && !shape.atomic() && !bare) {
      maps(Values.map(before), Values.map(after), shape);
    } else if (holds(before, after, List.class) && !Values.atomicList(shape)) {
      lists(Values.list(before), Values.list(after), shape);
    } else {
      changes.add(new Difference(new FieldPath(path), before, after));
    }
  }

  /** Whether both values, or the only one, can be descended into. */
  private static boolean holds(
      @Nullable Object before, @Nullable Object after, Class<?> container) {
    return (before == null || container.isInstance(before))
        && (after == null || container.isInstance(after));
  }

  private void maps(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after, Shape shape) {
    Set<String> keys = new TreeSet<>(PathOrder::compareText);
    keys.addAll(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      path.add(new PathElement.Field(key));
      compare(before.get(key), after.get(key), Values.child(shape, key));
      path.remove(path.size() - 1);
    }
  }

  private void lists(List<@Nullable Object> before, List<@Nullable Object> after, Shape shape) {
    Map<PathElement, @Nullable Object> first = index(before, shape);
    Map<PathElement, @Nullable Object> second = index(after, shape);
    boolean keyed = first.size() == before.size() && second.size() == after.size();
    boolean empty = first.isEmpty() && second.isEmpty();
    boolean reordered =
        first.keySet().equals(second.keySet())
            && !List.copyOf(first.keySet()).equals(List.copyOf(second.keySet()));
    if (!keyed || empty || reordered) {
      changes.add(new Difference(new FieldPath(path), before, after));
      return;
    }
    Set<PathElement> elements = new TreeSet<>(PathOrder.INSTANCE);
    elements.addAll(first.keySet());
    elements.addAll(second.keySet());
    for (PathElement element : elements) {
      path.add(element);
      compare(first.get(element), second.get(element), shape.items());
      path.remove(path.size() - 1);
    }
  }

  private static Map<PathElement, @Nullable Object> index(
      List<@Nullable Object> list, Shape shape) {
    Map<PathElement, @Nullable Object> index = new LinkedHashMap<>();
    for (Object item : list) {
      PathElement element = Values.element(shape, item);
      if (element != null) {
        index.put(element, item);
      }
    }
    return index;
  }
}
