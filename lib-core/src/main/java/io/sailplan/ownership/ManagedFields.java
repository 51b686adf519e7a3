package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who owns what in an object; immutable, in the order of the API server: appliers first, then by
 * time, name, version and subresource.
 *
 * @param entries one per manager
 */
public record ManagedFields(List<ManagedEntry> entries) {
  private static final ManagedFields NONE = new ManagedFields(List.of());

  private static final Comparator<ManagedEntry> ORDER =
      Comparator.comparing(ManagedEntry::operation)
          .thenComparing(entry -> entry.time() == null ? 0 : entry.time().getEpochSecond())
          .thenComparing(ManagedEntry::manager, PathOrder::compareText)
          .thenComparing(ManagedEntry::apiVersion, PathOrder::compareText)
          .thenComparing(ManagedEntry::subresource, PathOrder::compareText);

  /** Sorts the entries. */
  public ManagedFields {
    List<ManagedEntry> sorted = new ArrayList<>(entries);
    sorted.sort(ORDER);
    entries = Collections.unmodifiableList(sorted);
  }

  /** Returns that nobody owns anything. */
  public static ManagedFields none() {
    return NONE;
  }

  /**
   * Returns what {@code metadata.managedFields} of an object says; of two entries of a manager, the
   * later counts, as it does for the server.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static ManagedFields of(Manifest object) {
    List<ManagedEntry> entries = new ArrayList<>();
    for (Object item : Trees.list(object.get("metadata", "managedFields"))) {
      ManagedEntry entry = ManagedEntry.read(Trees.object(item));
      entries.removeIf(earlier -> earlier.sameManager(entry)); // scaling can leave a second one
      entries.add(entry);
    }
    return new ManagedFields(entries);
  }

  /**
   * Whether {@code object}, of which these were read, has two entries of one manager, as scaling to
   * the number that is there leaves them: the next write puts that right, whatever it writes.
   */
  boolean hadTwins(Manifest object) {
    return entries.size() < Trees.list(object.get("metadata", "managedFields")).size();
  }

  /** Returns the entry of a manager that applies; empty if it has none. */
  public Optional<ManagedEntry> applier(String manager, String subresource) {
    return entries.stream()
        .filter(
            entry ->
                entry.operation() == ManagedOperation.APPLY
                    && entry.manager().equals(manager)
                    && entry.subresource().equals(subresource))
        .findFirst();
  }

  /** Returns the entries that own {@code path} itself. */
  public List<ManagedEntry> ownersOf(FieldPath path) {
    return entries.stream().filter(entry -> entry.fields().contains(path)).toList();
  }

  /** Returns everything that is owned by anyone. */
  public FieldSet all() {
    FieldSet all = FieldSet.empty();
    for (ManagedEntry entry : entries) {
      all = all.union(entry.fields());
    }
    return all;
  }

  /** Returns whether nobody owns anything. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns the value of {@code metadata.managedFields}. */
  public List<@Nullable Object> toTree() {
    return entries.stream().<@Nullable Object>map(ManagedEntry::toTree).toList();
  }

  /** Returns {@code object} with these entries; without the field if there are none. */
  public Manifest in(Manifest object) {
    return entries.isEmpty()
        ? object.without("metadata", "managedFields")
        : object.with(toTree(), "metadata", "managedFields");
  }

  /**
   * Whether both say the same in the same order, times apart. The order counts because it counts
   * for the server: where a new time would move an entry, it writes.
   */
  boolean sameOwners(ManagedFields other) {
    return withoutTimes().equals(other.withoutTimes());
  }

  private List<ManagedEntry> withoutTimes() {
    return entries.stream().map(entry -> entry.at(null)).toList();
  }
}
