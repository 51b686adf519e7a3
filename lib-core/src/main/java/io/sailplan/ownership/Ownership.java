package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.shape.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write does to a value and to those who own its fields (structured-merge-diff,
 * merge/update.go, and apimachinery, pkg/util/managedfields).
 */
final class Ownership {
  private static final FieldSet STRIPPED =
      FieldSet.of(
          FieldPath.of("apiVersion"),
          FieldPath.of("kind"),
          FieldPath.of("metadata"),
          FieldPath.of("metadata", "name"),
          FieldPath.of("metadata", "namespace"),
          FieldPath.of("metadata", "creationTimestamp"),
          FieldPath.of("metadata", "selfLink"),
          FieldPath.of("metadata", "uid"),
          FieldPath.of("metadata", "clusterName"),
          FieldPath.of("metadata", "generation"),
          FieldPath.of("metadata", "managedFields"),
          FieldPath.of("metadata", "resourceVersion"));

  private final Shape shape;

  /** What the endpoint resets, and so never tracks. */
  private final FieldSet ignored;

  private final Instant time;

  Ownership(Shape shape, FieldSet ignored, Instant time) {
    this.shape = shape;
    this.ignored = ignored;
    this.time = time;
  }

  /**
   * A merge.
   *
   * @param value what came out, not yet as it is stored; the live one if there are conflicts
   * @param owners who owns what afterwards
   * @param conflicts what was, or would have been, taken from others
   */
  record Merged(@Nullable Object value, ManagedFields owners, List<Conflict> conflicts) {}

  /**
   * Applies {@code written}.
   *
   * @param self names the manager; its fields do not matter
   * @param hidden the fields of which nobody knows whether they change
   */
  Merged apply(
      Object live,
      Object written,
      ManagedFields managers,
      ManagedEntry self,
      FieldSet hidden,
      boolean force) {
    List<ManagedEntry> owners = reconcile(managers);
    ManagedEntry last = find(owners, self);
    FieldSet own = WrittenFields.of(written, shape).without(ignored);
    ManagedEntry mine = self.at(last == null ? null : last.time()).with(own);
    owners.removeIf(entry -> entry.sameManager(self));
    Object merged = Merge.of(live, written, shape);
    if (last != null && !last.fields().isEmpty()) {
      merged = prune(merged, last.fields(), owners, own);
    }
    Comparison changes = Comparison.between(live, merged, shape).without(ignored).without(hidden);
    List<Conflict> conflicts = conflicts(owners, changes);
    if (!force && !conflicts.isEmpty()) {
      return new Merged(live, managers, conflicts);
    }
    List<ManagedEntry> after = new ArrayList<>(remaining(owners, changes));
    boolean changed = !Values.equal(live, merged);
    FieldSet recorded = own.difference(STRIPPED);
    if (!recorded.isEmpty()) {
      after.add(mine.with(recorded).at(changed ? time : mine.time()));
    }
    return new Merged(merged, new ManagedFields(after), conflicts);
  }

  /** Who owns what after {@code before} became {@code after} by any other write. */
  ManagedFields update(Object before, Object after, ManagedFields managers, ManagedEntry self) {
    Comparison changes = Comparison.between(before, after, shape).without(ignored);
    List<ManagedEntry> owners = new ArrayList<>(remaining(reconcile(managers), changes));
    FieldSet own = changes.modified().union(changes.added()).difference(STRIPPED);
    if (!own.isEmpty()) {
      ManagedEntry previous = find(owners, self);
      owners.removeIf(entry -> entry.sameManager(self));
      owners.add(self.at(time).with(previous == null ? own : own.union(previous.fields())));
    }
    return new ManagedFields(owners);
  }

  private static @Nullable ManagedEntry find(List<ManagedEntry> entries, ManagedEntry self) {
    for (ManagedEntry entry : entries) {
      if (entry.sameManager(self)) {
        return entry;
      }
    }
    return null;
  }

  private static List<Conflict> conflicts(List<ManagedEntry> owners, Comparison changes) {
    FieldSet touched = changes.modified().union(changes.added());
    List<Conflict> conflicts = new ArrayList<>();
    for (ManagedEntry owner : owners) {
      owner
          .fields()
          .intersection(touched)
          .forEach(path -> conflicts.add(new Conflict(path, owner)));
    }
    return conflicts;
  }

  /**
   * The others after they lost what was changed or removed; those who own nothing any more are
   * gone.
   */
  private static List<ManagedEntry> remaining(List<ManagedEntry> owners, Comparison changes) {
    FieldSet lost = changes.modified().union(changes.added()).union(changes.removed());
    return owners.stream()
        .map(owner -> owner.with(owner.fields().difference(lost)))
        .filter(owner -> !owner.fields().isEmpty())
        .toList();
  }

  /**
   * Takes away what the manager applied last time and neither applies now nor anyone else owns.
   * What hangs below a removed path goes with it unless it is owned.
   */
  private @Nullable Object prune(
      @Nullable Object merged, FieldSet last, List<ManagedEntry> others, FieldSet own) {
    FieldSet owned = own;
    for (ManagedEntry other : others) {
      owned = owned.union(other.fields());
    }
    FieldSet lastNamed = last.withNamedFields(shape);
    FieldSet mergedNamed = WrittenFields.of(merged, shape).withNamedFields(shape);
    Object pruned = Removal.from(merged, lastNamed, shape);
    FieldSet kept =
        WrittenFields.of(pruned, shape).withNamedFields(shape).union(owned.withNamedFields(shape));
    pruned = Removal.from(merged, mergedNamed.difference(kept), shape);
    FieldSet left = WrittenFields.of(pruned, shape).withNamedFields(shape);
    return Removal.from(merged, mergedNamed.difference(left).intersection(lastNamed), shape);
  }

  /**
   * Where a value that used to be shared is replaced whole by now, owners of parts own it whole.
   */
  private List<ManagedEntry> reconcile(ManagedFields managers) {
    List<ManagedEntry> entries = new ArrayList<>(managers.entries().size());
    for (ManagedEntry entry : managers.entries()) {
      entries.add(entry.with(reconcile(entry.fields(), shape)));
    }
    return entries;
  }

  private static FieldSet reconcile(FieldSet set, Shape shape) {
    if (set.isEmpty() || Values.isAny(shape)) {
      return set;
    }
    List<FieldSet.Entry> entries = new ArrayList<>(set.entries().size());
    for (FieldSet.Entry entry : set.entries()) {
      Shape child =
          entry.element() instanceof PathElement.Field field
              ? shape.child(field.name())
              : shape.items();
      entries.add(child == null ? entry : reconcile(entry, child));
    }
    return FieldSet.ofEntries(entries);
  }

  private static FieldSet.Entry reconcile(FieldSet.Entry entry, Shape shape) {
    if (entry.children().isEmpty()) {
      return entry;
    }
    return shape.atomic()
        ? new FieldSet.Entry(entry.element(), true, FieldSet.empty())
        : new FieldSet.Entry(entry.element(), entry.member(), reconcile(entry.children(), shape));
  }
}
