package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands the fields of other managers to one that applies, as if it had applied them itself: what it
 * does not declare goes with its next apply. The value of no field changes. Immutable and
 * thread-safe.
 *
 * <p>Without it, whoever adopts an object shares its fields with the tool that made it, and what is
 * left out stays for ever.
 */
public final class Takeover {
  private final Manifest live;
  private final List<Integer> taken;
  private final int place;
  private final ManagedEntry entry;

  private Takeover(Manifest live, List<Integer> taken, int place, ManagedEntry entry) {
    this.live = live;
    this.taken = taken;
    this.place = place;
    this.entry = entry;
  }

  /**
   * Returns how fields are taken over; empty if none of the managers owns any.
   *
   * @param live the object with its managed fields
   * @param managers the names of those whose fields are taken, whether they apply or update;
   *     subresources are left alone
   * @param manager who takes them
   * @param apiVersion the version that is applied: entries that are written in another one are left
   *     alone if there are some in this one
   */
  public static Optional<Takeover> of(
      Manifest live, Set<String> managers, String manager, String apiVersion) {
    List<@Nullable Object> items = Trees.list(live.get("metadata", "managedFields"));
    List<ManagedEntry> entries = new ArrayList<>();
    try {
      for (Object item : items) {
        entries.add(ManagedEntry.read(Trees.object(item)));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what cannot be read is not rewritten
    }
    List<Integer> all = new ArrayList<>();
    int own = -1;
    for (int i = 0; i < entries.size(); i++) {
      ManagedEntry entry = entries.get(i);
      if (isOwn(entry, manager)) {
        own = i;
      } else if (entry.subresource().isEmpty() && managers.contains(entry.manager())) {
        all.add(i);
      }
    }
    String version =
        own >= 0
            ? entries.get(own).apiVersion()
            : all.stream().anyMatch(i -> entries.get(i).apiVersion().equals(apiVersion))
                ? apiVersion
                : all.isEmpty() ? "" : entries.get(all.get(all.size() - 1)).apiVersion();
    List<Integer> taken =
        all.stream().filter(i -> entries.get(i).apiVersion().equals(version)).toList();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    FieldSet fields = own < 0 ? FieldSet.empty() : entries.get(own).fields();
    for (int i : taken) {
      fields = fields.union(entries.get(i).fields());
    }
    ManagedEntry base = entries.get(own < 0 ? taken.get(0) : own);
    ManagedEntry entry =
        new ManagedEntry(manager, ManagedOperation.APPLY, version, "", base.time(), fields);
    return Optional.of(new Takeover(live, taken, own, entry));
  }

  /**
   * Returns how a manager comes to own fields that nobody owns, so that it can drop them; empty if
   * it has not applied before.
   *
   * @param live the object with its managed fields
   * @param fields the fields
   * @param manager who gets them
   */
  public static Optional<Takeover> ofUnowned(
      Manifest live, Collection<FieldPath> fields, String manager) {
    List<@Nullable Object> items = Trees.list(live.get("metadata", "managedFields"));
    try {
      for (int i = 0; i < items.size(); i++) {
        ManagedEntry entry = ManagedEntry.read(Trees.object(items.get(i)));
        if (isOwn(entry, manager)) {
          return Optional.of(new Takeover(live, List.of(), i, entry).including(fields));
        }
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what cannot be read is not rewritten
    }
    return Optional.empty();
  }

  /** Returns the same, with more fields that nobody owns. */
  public Takeover including(Collection<FieldPath> fields) {
    return new Takeover(live, taken, place, entry.with(entry.fields().union(FieldSet.of(fields))));
  }

  private static boolean isOwn(ManagedEntry entry, String manager) {
    return entry.operation() == ManagedOperation.APPLY
        && entry.manager().equals(manager)
        && entry.subresource().isEmpty();
  }

  /**
   * Returns the same, but that these fields, what stands below them, and what they stand in belong
   * to nobody afterwards: they stay as they are.
   */
  public Takeover sparing(Collection<FieldPath> spared) {
    List<FieldPath> kept =
        entry.fields().paths().stream()
            .filter(
                path ->
                    spared.stream()
                        .noneMatch(fixed -> path.startsWith(fixed) || fixed.startsWith(path)))
            .toList();
    return new Takeover(live, taken, place, entry.with(FieldSet.of(kept)));
  }

  /** Returns the entries that are taken or rewritten, by their place in the list, ordered. */
  public List<Integer> touched() {
    List<Integer> touched = new ArrayList<>(taken);
    if (place >= 0) {
      touched.add(place);
    }
    touched.sort(null);
    return touched;
  }

  /** Returns the names of those who lose their fields, ordered as they stand in the object. */
  public List<String> from() {
    List<@Nullable Object> items = Trees.list(live.get("metadata", "managedFields"));
    return taken.stream()
        .map(i -> ManagedEntry.read(Trees.object(items.get(i))).manager())
        .distinct()
        .toList();
  }

  /** Returns the place at which the new entry stands; the other {@link #touched} ones go. */
  public int place() {
    return place < 0 ? taken.get(0) : place;
  }

  /** Returns the entry that holds the fields afterwards, as it stands in the object. */
  public Object entry() {
    return entry.toTree();
  }

  /** Returns the object afterwards. */
  public Manifest after() {
    List<@Nullable Object> items =
        new ArrayList<>(Trees.list(live.get("metadata", "managedFields")));
    List<Integer> touched = touched();
    items.set(place(), entry.toTree());
    for (int i = touched.size() - 1; i >= 0; i--) {
      if (touched.get(i) != place()) {
        items.remove((int) touched.get(i));
      }
    }
    return ManagedFields.of(live.with(items, "metadata", "managedFields")).in(live);
  }

  /** Returns who loses fields, never a value. */
  @Override
  public String toString() {
    return "Takeover[" + from() + "]";
  }
}
