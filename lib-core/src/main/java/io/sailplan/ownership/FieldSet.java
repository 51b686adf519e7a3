package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A set of field paths; immutable, thread-safe, ordered as the API server writes it. A path may be
 * in the set while its parents are not, and the other way round.
 */
public final class FieldSet implements Iterable<FieldPath> {
  private static final FieldSet EMPTY = new FieldSet(List.of());

  /** Sorted by element; each is a member, or has children, or both. */
  private final List<Entry> entries;

  /** One element: whether it is in the set itself, and what is in the set below it. */
  record Entry(PathElement element, boolean member, FieldSet children) {}

  private FieldSet(List<Entry> entries) {
    this.entries = entries;
  }

  /** Returns the set without paths. */
  public static FieldSet empty() {
    return EMPTY;
  }

  /** Returns the set of these paths; the root is never a member. */
  public static FieldSet of(FieldPath... paths) {
    return of(List.of(paths));
  }

  /** Returns the set of these paths; the root is never a member. */
  public static FieldSet of(Collection<FieldPath> paths) {
    FieldSetBuilder builder = new FieldSetBuilder();
    paths.forEach(path -> builder.add(path.elements()));
    return builder.build();
  }

  /**
   * Returns the paths that a manager owns after applying {@code desired} as it is written, before
   * anything is stripped.
   */
  public static FieldSet of(Manifest desired, KindShape shape) {
    return WrittenFields.of(desired.tree(), shape.shape());
  }

  /**
   * Returns the set that {@code fieldsV1} holds. Elements of unknown sorts are left out.
   *
   * @throws IllegalArgumentException if it is not a field set
   */
  public static FieldSet parse(Map<String, ?> fieldsV1) {
    return FieldsText.read(Trees.copyOfObject(fieldsV1));
  }

  /** Entries in any order, each element once. */
  static FieldSet ofEntries(List<Entry> entries) {
    if (entries.isEmpty()) {
      return EMPTY;
    }
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort((one, other) -> PathOrder.INSTANCE.compare(one.element(), other.element()));
    return new FieldSet(sorted);
  }

  List<Entry> entries() {
    return entries;
  }

  @Nullable Entry entry(PathElement element) {
    int low = 0;
    int high = entries.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = PathOrder.INSTANCE.compare(entries.get(middle).element(), element);
      if (order == 0) {
        return entries.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Returns whether it holds no path. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns the number of paths. */
  public int size() {
    int size = 0;
    for (Entry entry : entries) {
      size += (entry.member() ? 1 : 0) + entry.children().size();
    }
    return size;
  }

  /** Returns whether it holds {@code path} itself. */
  public boolean contains(FieldPath path) {
    FieldSet at = this;
    boolean member = false;
    for (PathElement element : path.elements()) {
      Entry entry = at.entry(element);
      if (entry == null) {
        return false;
      }
      member = entry.member();
      at = entry.children();
    }
    return member;
  }

  /** Returns what it holds below {@code element}, without {@code element} itself. */
  public FieldSet below(PathElement element) {
    Entry entry = entry(element);
    return entry == null ? EMPTY : entry.children();
  }

  /** Returns what it holds below {@code path}, without {@code path} itself. */
  public FieldSet below(FieldPath path) {
    FieldSet at = this;
    for (PathElement element : path.elements()) {
      at = at.below(element);
    }
    return at;
  }

  /** Returns whether it holds {@code path}, something below it, or one of its parents. */
  public boolean touches(FieldPath path) {
    FieldSet at = this;
    for (PathElement element : path.elements()) {
      Entry entry = at.entry(element);
      if (entry == null) {
        return false;
      }
      if (entry.member() && entry.children().isEmpty()) {
        return true;
      }
      at = entry.children();
    }
    return !at.isEmpty() || contains(path);
  }

  /**
   * Returns whether it holds {@code path}, something below it, or one of its parents, whatever else
   * it holds below that parent.
   */
  boolean overlaps(FieldPath path) {
    FieldSet at = this;
    for (PathElement element : path.elements()) {
      Entry entry = at.entry(element);
      if (entry == null || entry.member()) {
        return entry != null;
      }
      at = entry.children();
    }
    return !at.isEmpty();
  }

  /** Returns the paths of either set. */
  public FieldSet union(FieldSet other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    List<Entry> all = new ArrayList<>(entries.size() + other.entries.size());
    int i = 0;
    int j = 0;
    while (i < entries.size() && j < other.entries.size()) {
      Entry a = entries.get(i);
      Entry b = other.entries.get(j);
      int order = PathOrder.INSTANCE.compare(a.element(), b.element());
      if (order < 0) {
        all.add(a);
        i++;
      } else if (order > 0) {
        all.add(b);
        j++;
      } else {
        all.add(new Entry(a.element(), a.member() || b.member(), a.children().union(b.children())));
        i++;
        j++;
      }
    }
    all.addAll(entries.subList(i, entries.size()));
    all.addAll(other.entries.subList(j, other.entries.size()));
    return new FieldSet(all);
  }

  /** Returns the paths of both sets. */
  public FieldSet intersection(FieldSet other) {
    List<Entry> both = new ArrayList<>();
    for (Entry a : entries) {
      Entry b = other.entry(a.element());
      if (b != null) {
        add(both, a, a.member() && b.member(), a.children().intersection(b.children()));
      }
    }
    return ofSorted(both);
  }

  /**
   * Returns the paths of this set that are not in {@code other}; what is below a removed path
   * stays.
   */
  public FieldSet difference(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    List<Entry> left = new ArrayList<>();
    for (Entry a : entries) {
      Entry b = other.entry(a.element());
      if (b == null) {
        left.add(a);
      } else {
        add(left, a, a.member() && !b.member(), a.children().difference(b.children()));
      }
    }
    return ofSorted(left);
  }

  /** Returns the paths of this set that are neither in {@code other} nor below one of its paths. */
  public FieldSet without(FieldSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    List<Entry> left = new ArrayList<>();
    for (Entry a : entries) {
      Entry b = other.entry(a.element());
      if (b == null) {
        left.add(a);
      } else if (!b.member()) {
        add(left, a, a.member(), a.children().without(b.children()));
      }
    }
    return ofSorted(left);
  }

  /**
   * Returns this set and the named fields on the way to its members: a set with {@code .a.b.c} gets
   * {@code .a} if that is a named field, and does not if it is the key of a map.
   */
  FieldSet withNamedFields(@Nullable Shape shape) {
    List<Entry> all = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      boolean named =
          entry.element() instanceof PathElement.Field field
              && shape != null
              && shape.field(field.name()) != null;
      all.add(
          new Entry(
              entry.element(),
              entry.member() || (named && !entry.children().isEmpty()),
              entry.children().withNamedFields(childShape(shape, entry.element()))));
    }
    return ofSorted(all);
  }

  private static @Nullable Shape childShape(@Nullable Shape shape, PathElement element) {
    if (shape == null) {
      return null;
    }
    return element instanceof PathElement.Field field ? shape.child(field.name()) : shape.items();
  }

  private static void add(List<Entry> to, Entry like, boolean member, FieldSet children) {
    if (member || !children.isEmpty()) {
      to.add(new Entry(like.element(), member, children));
    }
  }

  private static FieldSet ofSorted(List<Entry> sorted) {
    return sorted.isEmpty() ? EMPTY : new FieldSet(sorted);
  }

  /**
   * Calls {@code consumer} with each path, in the order of the server: a path before those below
   * it.
   */
  @Override
  public void forEach(Consumer<? super FieldPath> consumer) {
    visit(new ArrayList<>(), consumer);
  }

  private void visit(List<PathElement> prefix, Consumer<? super FieldPath> consumer) {
    for (Entry entry : entries) {
      prefix.add(entry.element());
      if (entry.member()) {
        consumer.accept(new FieldPath(prefix));
      }
      entry.children().visit(prefix, consumer);
      prefix.remove(prefix.size() - 1);
    }
  }

  /** Returns the paths, a path before those below it. */
  public List<FieldPath> paths() {
    List<FieldPath> paths = new ArrayList<>();
    forEach(paths::add);
    return paths;
  }

  /** Returns the paths as a stream, in their order. */
  public Stream<FieldPath> stream() {
    return paths().stream();
  }

  @Override
  public Iterator<FieldPath> iterator() {
    return paths().iterator();
  }

  /**
   * Returns the values of {@code manifest} at these paths: atomic values whole, items of keyed
   * lists with their keys. What does not stand there is left out; order of lists is kept.
   */
  public Map<String, @Nullable Object> project(Manifest manifest, KindShape shape) {
    return Projection.of(manifest.tree(), shape.shape(), this);
  }

  /** Returns the value of {@code fieldsV1}. */
  public Map<String, @Nullable Object> toFieldsV1() {
    return FieldsText.write(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldSet set && entries.equals(set.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** Returns the paths, separated by blanks. */
  @Override
  public String toString() {
    return stream().map(FieldPath::toString).collect(Collectors.joining(" "));
  }
}
