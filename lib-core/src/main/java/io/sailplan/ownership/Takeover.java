package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
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
  private final SortedMap<Integer, ManagedEntry> cut;
  private final int place;
  private final ManagedEntry entry;

  private Takeover(
      Manifest live,
      List<Integer> taken,
      SortedMap<Integer, ManagedEntry> cut,
      int place,
      ManagedEntry entry) {
    this.live = live;
    this.taken = taken;
    this.cut = cut;
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
    List<ManagedEntry> entries = entries(live);
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
    return Optional.of(new Takeover(live, taken, new TreeMap<>(), own, entry));
  }

  /**
   * Returns how those fields of other appliers are taken over that are not declared: what is
   * declared stays shared with them, so that two who declare the same take nothing from each other.
   * Who would keep nothing keeps all: it has to stay known that it has applied.
   *
   * @param first what else is taken over; empty for nothing
   * @param live the object with its managed fields
   * @param declared the object as it is applied: the others lose what is not in it
   * @param contested a field that they lose anyway
   * @param others who they are, by the name of their manager
   * @param manager who takes the fields
   * @param shape the structure of the kind; entries in other versions are left alone
   */
  public static Optional<Takeover> ofUndeclared(
      Optional<Takeover> first,
      Manifest live,
      Manifest declared,
      FieldPath contested,
      Predicate<String> others,
      String manager,
      KindShape shape) {
    String apiVersion = shape.kind().apiVersion();
    FieldSet shared = FieldSet.of(declared, shape);
    List<ManagedEntry> entries = entries(live);
    ManagedEntry own = null;
    int place = -1;
    SortedMap<Integer, ManagedEntry> cut = new TreeMap<>();
    FieldSet gained = FieldSet.empty();
    for (int i = 0; i < entries.size(); i++) {
      ManagedEntry entry = entries.get(i);
      if (isOwn(entry, manager)) {
        own = entry;
        place = i;
      } else if (isOwn(entry, entry.manager())
          && entry.apiVersion().equals(apiVersion)
          && others.test(entry.manager())) {
        FieldSet left = entry.fields().intersection(shared);
        FieldSet undeclared = entry.fields().difference(shared);
        if (!undeclared.isEmpty() && !left.difference(FieldSet.of(contested)).isEmpty()) {
          cut.put(i, entry.with(left));
          gained = gained.union(undeclared);
        }
      }
    }
    ManagedEntry before =
        first.isPresent()
            ? first.get().entry
            : own != null
                ? own
                : new ManagedEntry(
                    manager, ManagedOperation.APPLY, apiVersion, "", null, FieldSet.empty());
    if (cut.isEmpty() || !before.apiVersion().equals(apiVersion)) {
      return first;
    }
    return Optional.of(
        new Takeover(
            live,
            first.map(takeover -> takeover.taken).orElse(List.of()),
            cut,
            place,
            before.with(before.fields().union(gained))));
  }

  /** Returns the entries of an object; none if one cannot be read: such are not rewritten. */
  private static List<ManagedEntry> entries(Manifest live) {
    List<ManagedEntry> entries = new ArrayList<>();
    try {
      for (Object item : Trees.list(live.get("metadata", "managedFields"))) {
        entries.add(ManagedEntry.read(Trees.object(item)));
      }
      return entries;
    } catch (IllegalArgumentException e) {
      return List.of();
    }
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
    List<ManagedEntry> entries = entries(live);
    for (int i = 0; i < entries.size(); i++) {
      if (isOwn(entries.get(i), manager)) {
        return Optional.of(
            new Takeover(live, List.of(), new TreeMap<>(), i, entries.get(i)).including(fields));
      }
    }
    return Optional.empty();
  }

  /** Returns the same, with more fields that nobody owns. */
  public Takeover including(Collection<FieldPath> fields) {
    return new Takeover(
        live, taken, cut, place, entry.with(entry.fields().union(FieldSet.of(fields))));
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
    return new Takeover(live, taken, cut, place, entry.with(FieldSet.of(kept)));
  }

  /** Returns the entries that stand otherwise afterwards, by their place in the list. */
  public SortedMap<Integer, Object> rewritten() {
    SortedMap<Integer, Object> rewritten = new TreeMap<>();
    cut.forEach((i, left) -> rewritten.put(i, left.toTree()));
    if (!isAdded()) {
      rewritten.put(place(), entry.toTree());
    }
    return rewritten;
  }

  /** Returns the places of the entries that go, ordered. */
  public List<Integer> removed() {
    return isAdded() ? List.of() : taken.stream().filter(i -> i != place()).toList();
  }

  /** Returns the entry that is added to the list; empty if it replaces another one. */
  public Optional<Object> added() {
    return isAdded() ? Optional.of(entry.toTree()) : Optional.empty();
  }

  private boolean isAdded() {
    return place < 0 && taken.isEmpty();
  }

  private int place() {
    return place < 0 ? taken.get(0) : place;
  }

  /** Returns the names of those who lose fields, ordered as they stand in the object. */
  public List<String> from() {
    List<ManagedEntry> entries = entries(live);
    TreeSet<Integer> losers = new TreeSet<>(taken);
    losers.addAll(cut.keySet());
    return losers.stream().map(i -> entries.get(i).manager()).distinct().toList();
  }

  /** Returns the object afterwards. */
  public Manifest after() {
    List<@Nullable Object> items =
        new ArrayList<>(Trees.list(live.get("metadata", "managedFields")));
    rewritten().forEach(items::set);
    List<Integer> removed = removed();
    for (int i = removed.size() - 1; i >= 0; i--) {
      items.remove((int) removed.get(i));
    }
    added().ifPresent(items::add);
    return ManagedFields.of(live.with(items, "metadata", "managedFields")).in(live);
  }

  /** Returns who loses fields, never a value. */
  @Override
  public String toString() {
    return "Takeover[" + from() + "]";
  }
}
