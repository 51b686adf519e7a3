package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises in one walk that an apply changes nothing: the manager owns exactly what it sends, and
 * each value stands as it is sent. Nearly every apply of a plan is one of these, and working it out
 * in full costs ten times as much.
 *
 * <p>Says yes only where the full answer is certain to be that nothing changes; whatever is unusual
 * it leaves to that.
 */
final class Settled {
  private static final int UNLIKE = -1;

  /** What tells the object apart: never recorded. */
  private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata");

  private Settled() {}

  static boolean is(ApplyRequest request) {
    Manifest live = request.live();
    Manifest desired = request.desired();
    KindShape shape = request.shape();
    if (live == null
        || !request.subresource().isEmpty()
        || desired.tree().containsKey("status")
        || !live.apiVersion().equals(desired.apiVersion())
        || !live.kind().equals(desired.kind())) {
      return false;
    }
    Map<String, @Nullable Object> own = own(live, request.manager(), shape);
    return own != null && object(desired, live, own, shape.shape());
  }

  /** The fields of the manager; null if it has none, or if anyone's entry is unusual. */
  private static @Nullable Map<String, @Nullable Object> own(
      Manifest live, String manager, KindShape shape) {
    Map<String, @Nullable Object> own = null;
    for (Object item : Trees.list(live.get("metadata", "managedFields"))) {
      Map<String, @Nullable Object> entry = Trees.object(item);
      Map<String, @Nullable Object> fields = Trees.object(entry.get("fieldsV1"));
      if (fields.isEmpty()
          || Trees.string(entry.get("apiVersion")).isEmpty()
          || !"FieldsV1".equals(entry.get("fieldsType"))
          || (entry.get("time") == null && "Update".equals(entry.get("operation"))) // a twin
          || (shape.custom() && isWithinAtomic(fields, shape.shape()))) {
        return null;
      }
      if (manager.equals(entry.get("manager"))
          && "Apply".equals(entry.get("operation"))
          && Trees.string(entry.get("subresource")).isEmpty()) {
        if (own != null || !live.apiVersion().equals(entry.get("apiVersion"))) {
          return null;
        }
        own = fields;
      }
    }
    return own;
  }

  /** Whether someone owns parts of what is owned whole by now: an apply puts that right. */
  private static boolean isWithinAtomic(Map<String, @Nullable Object> node, Shape shape) {
    for (Map.Entry<String, @Nullable Object> element : node.entrySet()) {
      Map<String, @Nullable Object> below = Trees.object(element.getValue());
      if (below.isEmpty() || element.getKey().length() < 2) {
        continue;
      }
      Shape child =
          element.getKey().charAt(0) == 'f'
              ? shape.child(element.getKey().substring(2))
              : shape.items();
      if (child != null
          && !Values.isAny(child)
          && (child.atomic() || isWithinAtomic(below, child))) {
        return true;
      }
    }
    return false;
  }

  private static boolean object(
      Manifest desired, Manifest live, Map<String, @Nullable Object> own, Shape shape) {
    int recorded = 0;
    for (Map.Entry<String, @Nullable Object> field : desired.tree().entrySet()) {
      if (!IDENTITY.contains(field.getKey())) {
        recorded = plus(recorded, field(field, live.tree(), own, shape));
      }
    }
    Map<String, @Nullable Object> metadata = Trees.object(desired.get("metadata"));
    Map<String, @Nullable Object> liveMetadata = Trees.object(live.get("metadata"));
    Map<String, @Nullable Object> ownMetadata = Trees.object(own.get("f:metadata"));
    Shape metadataShape = Values.child(shape, "metadata");
    int below = 0;
    for (Map.Entry<String, @Nullable Object> field : metadata.entrySet()) {
      switch (field.getKey()) {
        case "name":
        case "namespace":
          if (!Values.equal(field.getValue(), liveMetadata.get(field.getKey()))) {
            return false;
          }
          break;
        case "labels":
        case "annotations":
        case "finalizers":
        case "ownerReferences":
          below = plus(below, field(field, liveMetadata, ownMetadata, metadataShape));
          break;
        default:
          return false;
      }
    }
    return recorded != UNLIKE
        && below == ownMetadata.size()
        && plus(recorded, below == 0 ? 0 : 1) == own.size();
  }

  private static int plus(int one, int other) {
    return one == UNLIKE || other == UNLIKE ? UNLIKE : one + other;
  }

  /** How many elements are recorded for a field: one or none; or {@link #UNLIKE}. */
  private static int field(
      Map.Entry<String, @Nullable Object> field,
      Map<String, @Nullable Object> live,
      Map<String, @Nullable Object> own,
      Shape parent) {
    String name = field.getKey();
    Object value = field.getValue();
    Object there = live.get(name);
    Shape shape = parent.child(name);
    boolean nothing = value == null || (value instanceof List<?> list && list.isEmpty());
    if (nothing || there == null || shape == null) {
      return UNLIKE;
    }
    Object node = own.get("f:" + name);
    if (shape.atomic() || Values.form(shape, value) == Values.Form.SCALAR) {
      return isLeaf(node) && Values.equal(value, there) ? 1 : UNLIKE;
    }
    if (Values.isEmptyMap(value)) { // owns the object, and leaves it as it is
      return isLeaf(node) && there instanceof Map ? 1 : UNLIKE;
    }
    boolean self = parent.field(name) == null;
    return value instanceof Map
        ? inside(fields(Trees.object(value), there, Trees.object(node), shape), node, self)
        : inside(items(Trees.list(value), there, Trees.object(node), shape), node, self);
  }

  private static boolean isLeaf(@Nullable Object node) {
    return node instanceof Map<?, ?> map && map.isEmpty();
  }

  /** What is recorded for a parent, of which {@code below} elements are recorded. */
  private static int inside(int below, @Nullable Object node, boolean self) {
    if (below == UNLIKE) {
      return UNLIKE;
    }
    if (below == 0 && !self) {
      return node == null ? 0 : UNLIKE;
    }
    if (!(node instanceof Map<?, ?> map)) {
      return UNLIKE;
    }
    boolean recorded = map.isEmpty() || map.containsKey(".");
    int elements = map.containsKey(".") ? map.size() - 1 : map.size();
    return recorded == self && elements == below ? 1 : UNLIKE;
  }

  private static int fields(
      Map<String, @Nullable Object> value,
      @Nullable Object there,
      Map<String, @Nullable Object> node,
      Shape shape) {
    Map<String, @Nullable Object> live = Trees.object(there);
    int recorded = 0;
    for (Map.Entry<String, @Nullable Object> field : value.entrySet()) {
      recorded = plus(recorded, field(field, live, node, shape));
      if (recorded == UNLIKE) {
        return UNLIKE;
      }
    }
    return recorded;
  }

  private static int items(
      List<@Nullable Object> value,
      @Nullable Object there,
      Map<String, @Nullable Object> node,
      Shape shape) {
    List<@Nullable Object> live = Trees.list(there);
    Set<PathElement> seen = new HashSet<>();
    int next = 0;
    for (Object item : live) {
      PathElement element = Values.element(shape, item);
      if (element == null || !seen.add(element)) {
        return UNLIKE; // of two with the same key, an apply makes one
      }
      boolean sent = next < value.size() && element.equals(Values.element(shape, value.get(next)));
      if (sent) {
        if (!item(value.get(next), item, node.get(FieldsText.key(element)), shape)) {
          return UNLIKE;
        }
        next++;
      }
    }
    return next == value.size() ? next : UNLIKE; // or it is missing, or stands elsewhere
  }

  private static boolean item(
      @Nullable Object value, @Nullable Object live, @Nullable Object node, Shape list) {
    if (!(value instanceof Map)) {
      return isLeaf(node);
    }
    return !Values.isEmptyMap(value) // its key is made of defaults only: unusual
        && inside(fields(Trees.object(value), live, Trees.object(node), list.items()), node, true)
            == 1;
  }
}
