package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Presence;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of an object between being merged and being stored. */
final class Writing {
  private final KindShape shape;
  private final String subresource;
  private final Instant time;

  Writing(KindShape shape, String subresource, Instant time) {
    this.shape = shape;
    this.subresource = subresource;
    this.time = time;
  }

  /** The object of a kind that holds nothing yet: what a first write is compared with. */
  static Map<String, @Nullable Object> nothing(KindShape shape) {
    if (shape.custom()) {
      return Map.of();
    }
    return Values.map(StoredForm.zero(shape.shape()));
  }

  /**
   * Stores {@code written}.
   *
   * @param live the object before; null if it is new
   * @param sent what the client sent
   * @param written the whole object, without managed fields
   */
  ApplyResult.Applied finish(
      @Nullable Manifest live,
      Map<String, @Nullable Object> sent,
      Map<String, @Nullable Object> written,
      ManagedFields owners,
      List<Conflict> taken) {
    if (live == null) {
      Map<String, @Nullable Object> stored = store(null, sent, written);
      return new ApplyResult.Applied(
          owners.in(Manifest.of(stored)),
          true,
          true,
          Creation.serverChosen(shape, stored),
          taken,
          assumptions(null, sent, owners, stored));
    }
    Map<String, @Nullable Object> before = live.without("metadata", "managedFields").tree();
    Map<String, @Nullable Object> stored = before;
    if (!Values.equal(before, written)) {
      stored = store(live, sent, written);
      if (rises(before, stored, written)) {
        long generation = live.integer(0, "metadata", "generation") + 1;
        stored = with(stored, generation, "metadata", "generation");
      }
    }
    boolean spec = !Values.equal(before, stored);
    boolean restless = hasNullBytes(written, shape.shape());
    ManagedFields known = ManagedFields.of(live);
    boolean changed = spec || restless || !owners.sameOwners(known) || known.hadTwins(live);
    return new ApplyResult.Applied(
        changed ? owners.in(Manifest.of(stored)) : live,
        changed,
        spec,
        changed ? Creation.serverChosenLater(shape, stored) : FieldSet.empty(),
        taken,
        assumptions(live, sent, owners, stored));
  }

  private Map<String, @Nullable Object> store(
      @Nullable Manifest live,
      Map<String, @Nullable Object> sent,
      Map<String, @Nullable Object> written) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>(written);
    if (subresource.equals("status") && live != null) {
      live.tree()
          .forEach(
              (field, value) -> {
                if (!field.equals("status") && (!field.equals("metadata") || shape.custom())) {
                  object.put(field, value);
                }
              });
    } else if (shape.status() && subresource.isEmpty()) {
      object.remove("status");
      if (live != null && live.tree().containsKey("status")) {
        object.put("status", live.get("status"));
      }
    }
    Map<String, @Nullable Object> stored = StoredForm.of(object, shape.shape());
    Dropped.from(shape, stored);
    if (live == null) {
      Map<String, @Nullable Object> metadata =
          new LinkedHashMap<>(Trees.object(stored.get("metadata")));
      metadata.remove("managedFields");
      if (shape.generation().initial() > 0) {
        metadata.put("generation", (long) shape.generation().initial());
      }
      stored.put("metadata", metadata);
      Creation.prepare(shape, sent, stored, time);
    } else {
      Map<String, @Nullable Object> metadata =
          new LinkedHashMap<>(Trees.object(stored.get("metadata")));
      metadata.remove("managedFields");
      for (String field :
          List.of("uid", "resourceVersion", "creationTimestamp", "generation", "selfLink")) {
        Object value = live.get("metadata", field);
        if (value == null) {
          metadata.remove(field);
        } else {
          metadata.put(field, value);
        }
      }
      stored.put("metadata", metadata);
      Creation.keep(shape, stored, live);
    }
    return stored;
  }

  /** Whether the generation rises. */
  private boolean rises(
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      Map<String, @Nullable Object> written) {
    if (!subresource.isEmpty() && !subresource.equals("scale")) {
      return false;
    }
    List<String> out = new ArrayList<>();
    for (String field : shape.generation().fields()) {
      if (field.startsWith("!")) {
        out.add(field.substring(1));
      } else {
        String[] path = field.split("\\.");
        if (!Values.equal(Trees.get(before, path), Trees.get(after, path))) {
          return true;
        }
        FieldShape root = shape.shape().field(path[0]);
        Object part = written.get(path[0]);
        if (shape.generation().strict()
            && root != null
            && (isDroppedEmpty(root, part) || hasEmpty(part, root.shape()))) {
          return true;
        }
      }
    }
    return !out.isEmpty() && !Values.equal(only(before, out), only(after, out));
  }

  private static Map<String, @Nullable Object> only(
      Map<String, @Nullable Object> tree, List<String> without) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>(tree);
    without.forEach(left::remove);
    return left;
  }

  /** Whether it holds an explicitly empty list or map that will not be stored. */
  private static boolean hasEmpty(@Nullable Object value, Shape shape) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(item -> hasEmpty(item, shape.items()));
    }
    for (Map.Entry<String, @Nullable Object> entry : Values.map(value).entrySet()) {
      Object child = entry.getValue();
      FieldShape field = shape.field(entry.getKey());
      if (field != null && isDroppedEmpty(field, child)) {
        return true;
      }
      if (child != null && hasEmpty(child, Values.child(shape, entry.getKey()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDroppedEmpty(FieldShape field, @Nullable Object value) {
    return field.presence() == Presence.WHEN_NOT_ZERO
        && (Values.isEmptyMap(value) || (value instanceof List<?> list && list.isEmpty()));
  }

  /** Whether a key of a map of bytes is null, which the server never takes for what it stored. */
  private static boolean hasNullBytes(Map<String, @Nullable Object> written, Shape shape) {
    return shape.fields().values().stream()
        .filter(field -> field.shape().values().map(Shape::type).orElse(null) == ShapeType.BYTES)
        .flatMap(field -> Values.map(written.get(field.name())).values().stream())
        .anyMatch(value -> value == null);
  }

  private List<Assumption> assumptions(
      @Nullable Manifest live,
      Map<String, @Nullable Object> sent,
      ManagedFields owners,
      Map<String, @Nullable Object> stored) {
    List<Assumption> reasons = new ArrayList<>(Hidden.doubts(shape, live, sent, owners));
    if (!shape.custom()) {
      reasons.addAll(GatedFields.in(stored, shape.shape()));
    }
    if (live != null && shape.kind().kind().equals("ControllerRevision") && !wasApplied(live)) {
      reasons.add(
          Assumption.ofAll(
              "the server writes the data of a revision in an order of its own, which it may take"
                  + " for a change that it refuses"));
    }
    for (ManagedEntry entry : owners.entries()) {
      if (!entry.apiVersion().equals(shape.kind().apiVersion())) {
        reasons.add(
            Assumption.ofAll(
                "the fields of "
                    + entry.managerText()
                    + " are written in "
                    + entry.apiVersion()
                    + ", and conversion between versions is not predicted"));
      }
    }
    return reasons;
  }

  /** Whether an apply was taken before: then data that cannot change is in the server's order. */
  private static boolean wasApplied(Manifest live) {
    return ManagedFields.of(live).entries().stream()
        .anyMatch(
            entry -> entry.operation() == ManagedOperation.APPLY && entry.subresource().isEmpty());
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> tree, @Nullable Object value, String first, String second) {
    Map<String, @Nullable Object> outer = new LinkedHashMap<>(tree);
    Map<String, @Nullable Object> inner = new LinkedHashMap<>(Trees.object(tree.get(first)));
    inner.put(second, value);
    outer.put(first, inner);
    return outer;
  }
}
