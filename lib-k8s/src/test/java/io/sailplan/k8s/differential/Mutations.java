package io.sailplan.k8s.differential;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Changes manifests at random, mostly to what makes sense. */
final class Mutations {
  private final Random random;
  private final ValuePools pools;

  Mutations(Random random, ValuePools pools) {
    this.random = random;
    this.pools = pools;
  }

  /** Returns {@code manifest} with some random changes; never in what identifies it. */
  Manifest mutate(Manifest manifest, KindShape shape, int changes) {
    Map<String, @Nullable Object> tree = Sites.copy(manifest.tree());
    for (int i = 0; i < changes; i++) {
      for (int attempt = 0; attempt < 20; attempt++) {
        List<Sites.Site> sites = Sites.of(tree, shape, pools);
        if (change(sites.get(random.nextInt(sites.size())))) {
          break;
        }
      }
    }
    return Manifest.of(tree);
  }

  private boolean change(Sites.Site site) {
    if (site instanceof Sites.Field field) {
      int dice = random.nextInt(100);
      if (dice < 65) {
        return replace(field);
      }
      if (dice < 90) {
        return drop(field);
      }
      return dice < 95 ? respell(field) : empty(field);
    }
    return site instanceof Sites.Fields fields ? add(fields) : items((Sites.Items) site);
  }

  private boolean replace(Sites.Field field) {
    Object now = field.map().get(field.name());
    if (now instanceof Map && field.shape().values().isPresent()) {
      return false; // its keys are changed one by one
    }
    Object next = other(now, field.shape(), pools.of(field.type(), field.name()));
    if (next == null || (field.isLabel() && !(next instanceof String))) {
      return false;
    }
    field.map().put(field.name(), next);
    return true;
  }

  private @Nullable Object other(@Nullable Object now, Shape shape, List<Object> pool) {
    List<Object> fitting = new ArrayList<>(pool);
    fitting.removeIf(value -> Objects.equals(value, now));
    if (!fitting.isEmpty()) {
      return Sites.deep(fitting.get(random.nextInt(fitting.size())));
    }
    if (now instanceof Boolean flag) {
      return !flag;
    }
    if (now instanceof Long number) {
      return number + 1 + random.nextInt(2);
    }
    return now instanceof String text && shape.type() == ShapeType.STRING && Sites.isFree(text)
        ? text + random.nextInt(3)
        : null;
  }

  private boolean drop(Sites.Field field) {
    if (isNeeded(field) && random.nextInt(60) > 0) {
      return false; // rarely enough: what is missing is refused
    }
    field.map().remove(field.name());
    return true;
  }

  private boolean isNeeded(Sites.Field field) {
    return field.required() || pools.isNeeded(field.type(), field.name());
  }

  /** Writes the same in another way. */
  private boolean respell(Sites.Field field) {
    Object now = field.map().get(field.name());
    Object next = now == null ? null : Spellings.other(now, field.shape(), random);
    if (next == null) {
      return false;
    }
    field.map().put(field.name(), next);
    return true;
  }

  /** Nothing, in one of its forms. */
  private boolean empty(Sites.Field field) {
    if (isNeeded(field)) {
      return false;
    }
    Object now = field.map().get(field.name());
    Object nothing = null;
    if (random.nextInt(3) > 0) {
      nothing =
          now instanceof Map
              ? new LinkedHashMap<>()
              : now instanceof List
                  ? new ArrayList<>()
                  : now instanceof String && field.isLabel()
                      ? ""
                      : now instanceof Long ? (Object) 0L : now instanceof Boolean ? false : null;
    }
    field.map().put(field.name(), nothing);
    return true;
  }

  private boolean add(Sites.Fields fields) {
    List<String> missing = new ArrayList<>();
    for (FieldShape field : fields.shape().fields().values()) {
      if (!fields.map().containsKey(field.name())
          && !pools.of(fields.type(), field.name()).isEmpty()
          && !fields.isKept(field.name())
          && !pools.isKept(fields.type(), field.name())
          && !pools.isClosed(fields.type(), field.name())) {
        missing.add(field.name());
      }
    }
    if (fields.shape().values().isPresent() && ValuePools.isFree(fields.type())) {
      missing.add("extra" + random.nextInt(2));
    }
    if (missing.isEmpty()) {
      return false;
    }
    String name = missing.get(random.nextInt(missing.size()));
    Shape shape = Objects.requireNonNull(fields.shape().child(name));
    List<Object> pool = pools.of(fields.type(), name);
    Object value =
        pool.isEmpty()
            ? Spellings.any(shape, random)
            : Sites.deep(pool.get(random.nextInt(pool.size())));
    if (value == null || fields.map().containsKey(name)) {
      return false;
    }
    Unions.make(fields.type(), name).forEach(fields.map()::remove);
    fields.map().put(name, value);
    return true;
  }

  private boolean items(Sites.Items items) {
    List<@Nullable Object> list = items.list();
    boolean closed = pools.isClosed(items.parent(), items.field());
    switch (closed ? 3 * random.nextInt(2) : random.nextInt(5)) {
      case 0:
        if (list.size() < 2) {
          return false;
        }
        Collections.swap(list, random.nextInt(list.size()), random.nextInt(list.size()));
        return true;
      case 1:
        if (list.size() < 2 && pools.isNeeded(items.parent(), items.field())) {
          return false;
        }
        list.remove(random.nextInt(list.size()));
        return true;
      case 2:
        Object twin = renamed(list.get(random.nextInt(list.size())), items.shape());
        return twin != null && list.add(twin);
      case 3:
        Collections.rotate(list, 1);
        return list.size() > 1;
      default:
        List<Object> pool = pools.seen(items.type(), "items");
        if (pool.isEmpty()) {
          return false;
        }
        Object item = Sites.deep(pool.get(random.nextInt(pool.size())));
        if (list.contains(item) || Sites.hasTwin(list, item, items.shape())) {
          return false;
        }
        list.add(random.nextInt(list.size() + 1), item);
        return true;
    }
  }

  /** The same item under another key; null if it has none that could be changed. */
  private @Nullable Object renamed(@Nullable Object item, Shape list) {
    if (list.listType() == ListType.SET) {
      return item instanceof String text && list.asWritten() ? text + random.nextInt(3) : null;
    }
    if (!(item instanceof Map) || list.keys().isEmpty()) {
      return null;
    }
    Map<String, @Nullable Object> copy = Sites.copy(Trees.object(item));
    for (String key : list.keys()) {
      Object value = copy.get(key);
      if (value instanceof Long number) {
        copy.put(key, number + 1 + random.nextInt(3));
        copy.computeIfPresent("name", (name, text) -> text + "-x");
        return copy;
      }
      if (value instanceof String text && Sites.isFree(text)) {
        copy.put(key, text + random.nextInt(3));
        return copy;
      }
    }
    return null;
  }
}
