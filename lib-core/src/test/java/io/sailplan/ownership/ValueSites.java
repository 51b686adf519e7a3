package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import io.sailplan.shape.ValueRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places in starting objects where a scalar may stand: those that are filled, and those that
 * are not but could be.
 */
final class ValueSites {
  private static final int DEEPEST = 14;

  private final Map<String, List<Site>> sites = new TreeMap<>();

  /**
   * One place.
   *
   * @param key the type and field, {@code core.v1.ContainerPort.hostPort}, with {@code []} for
   *     items of a list, <code>{}</code> for values and <code>{key}</code> for keys of a map
   * @param rule what is known of it
   * @param steps names and positions that lead there; the last one of a map's key is a blank
   * @param added whether an object had to be put around it
   */
  record Site(
      String key,
      ShapeType type,
      @Nullable ValueRule rule,
      Manifest seed,
      KindShape kind,
      List<Object> steps,
      boolean added) {
    /** Returns the path as the server writes it in causes. */
    String path() {
      StringBuilder text = new StringBuilder();
      for (Object step : steps) {
        text.append(
            step instanceof Integer
                ? "[" + step + "]"
                : step.equals(KEY) || (key.endsWith("}") && step == steps.get(steps.size() - 1))
                    ? ""
                    : (text.isEmpty() ? "" : ".") + step);
      }
      return text.toString();
    }

    /** What stands there; null if nothing does. */
    @Nullable Object value() {
      Object at = seed.tree();
      for (Object step : steps) {
        at =
            step instanceof Integer index
                ? index < Trees.list(at).size() ? Trees.list(at).get(index) : null
                : Trees.object(at).get(step);
      }
      return at;
    }

    boolean filled() {
      return value() != null;
    }

    Manifest with(@Nullable Object value) {
      return Manifest.of(Trees.object(put(seed.tree(), steps, value)));
    }

    /** The object with an empty object at the place's parent, if there was none. */
    Manifest baseline() {
      if (!added) {
        return seed;
      }
      List<Object> parent = steps.subList(0, steps.size() - 1);
      Object before = seed.tree();
      for (Object step : parent) {
        before =
            step instanceof Integer index
                ? index < Trees.list(before).size() ? Trees.list(before).get(index) : null
                : Trees.object(before).get(step);
      }
      if (before != null) {
        return seed;
      }
      boolean list = steps.get(steps.size() - 1) instanceof Integer;
      return Manifest.of(Trees.object(put(seed.tree(), parent, list ? List.of() : Map.of())));
    }
  }

  /** The step to a key of a map. */
  static final String KEY = "\u0000key";

  static Map<String, List<Site>> of(Manifest seed, KindShape kind) {
    ValueSites all = new ValueSites();
    all.object(seed, kind, seed.tree(), kind.shape(), List.of(), false, new HashSet<>());
    return all.sites;
  }

  private void object(
      Manifest seed,
      KindShape kind,
      Map<String, @Nullable Object> value,
      Shape shape,
      List<Object> path,
      boolean added,
      Set<String> chain) {
    if (shape.name().startsWith("meta.v1.ObjectMeta") || path.size() > DEEPEST) {
      return;
    }
    for (FieldShape field : shape.fields().values()) {
      boolean outer =
          path.isEmpty()
              && Set.of("apiVersion", "kind", "metadata", "status").contains(field.name());
      if (!outer) {
        field(
            seed,
            kind,
            value.get(field.name()),
            field.shape(),
            shape.name() + "." + field.name(),
            plus(path, field.name()),
            added,
            chain);
      }
    }
  }

  private void field(
      Manifest seed,
      KindShape kind,
      @Nullable Object value,
      Shape shape,
      String key,
      List<Object> path,
      boolean added,
      Set<String> chain) {
    if (shape.type().isScalar()) {
      add(new Site(key, shape.type(), shape.rule(), seed, kind, path, added));
    } else if (shape.type() == ShapeType.LIST) {
      List<@Nullable Object> items = Trees.list(value);
      Shape item = shape.items();
      if (item.type().isScalar()) {
        add(
            new Site(
                key + "[]",
                item.type(),
                item.rule(),
                seed,
                kind,
                plus(path, 0),
                added || value == null));
      } else if (!item.fields().isEmpty()) {
        for (int i = 0; i < items.size(); i++) {
          object(seed, kind, Trees.object(items.get(i)), item, plus(path, i), added, chain);
        }
        if (items.isEmpty()) {
          within(seed, kind, Map.of(), item, plus(path, 0), true, chain);
        }
      }
    } else if (shape.type() == ShapeType.OBJECT && !shape.fields().isEmpty()) {
      within(seed, kind, Trees.object(value), shape, path, added || value == null, chain);
    } else if (shape.type() == ShapeType.OBJECT) {
      Shape values = shape.values().orElse(Shape.any());
      boolean none = added || value == null;
      if (values.type().isScalar()) {
        String sample = Trees.object(value).keySet().stream().findFirst().orElse("a");
        add(
            new Site(
                key + "{}", values.type(), values.rule(), seed, kind, plus(path, sample), none));
        add(
            new Site(
                key + "{key}",
                ShapeType.STRING,
                shape.keyRule(),
                seed,
                kind,
                plus(path, KEY),
                none));
      }
    }
  }

  private void within(
      Manifest seed,
      KindShape kind,
      Map<String, @Nullable Object> value,
      Shape shape,
      List<Object> path,
      boolean added,
      Set<String> chain) {
    if (added && chain.contains(shape.name())) {
      return;
    }
    Set<String> inner = new HashSet<>(chain);
    inner.add(shape.name());
    object(seed, kind, value, shape, path, added, inner);
  }

  private void add(Site site) {
    sites.computeIfAbsent(site.key(), unused -> new ArrayList<>()).add(site);
  }

  private static List<Object> plus(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  /** Returns {@code tree} with {@code value} at {@code steps}; what is missing is added. */
  static @Nullable Object put(@Nullable Object tree, List<Object> steps, @Nullable Object value) {
    if (steps.isEmpty()) {
      return value;
    }
    Object step = steps.get(0);
    List<Object> rest = steps.subList(1, steps.size());
    if (step instanceof Integer index) {
      List<@Nullable Object> copy = new ArrayList<>(Trees.list(tree));
      while (copy.size() <= index) {
        copy.add(null);
      }
      copy.set(index, put(copy.get(index), rest, value));
      return copy;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(tree));
    if (step.equals(KEY)) {
      Object some = copy.isEmpty() ? null : copy.values().iterator().next();
      copy.put(String.valueOf(value), some == null ? "1" : some);
    } else if (rest.isEmpty() && value == null) {
      copy.remove(String.valueOf(step));
    } else {
      copy.put(String.valueOf(step), put(copy.get(String.valueOf(step)), rest, value));
    }
    return copy;
  }
}
