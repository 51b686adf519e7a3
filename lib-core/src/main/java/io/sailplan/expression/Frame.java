package io.sailplan.expression;

import io.sailplan.expression.Stop.Pending;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One evaluation: its bindings, local variables, budget and taint. */
final class Frame {
  private static final Object[] NO_LOCALS = {};

  private final Bindings bindings;
  private final Patterns patterns;
  private Object[] locals = NO_LOCALS;
  private long steps;
  private int iterations;
  private boolean tainted;
  private boolean marked;

  Frame(Bindings bindings, ExpressionLimits limits, Patterns patterns) {
    this.bindings = bindings;
    this.steps = limits.steps();
    this.iterations = limits.iterations();
    this.patterns = patterns;
  }

  void locals(int count) {
    locals = count == 0 ? NO_LOCALS : new Object[count];
  }

  Object local(int slot) {
    return locals[slot];
  }

  void local(int slot, Object value) {
    locals[slot] = value;
  }

  /** Returns what is bound to a name; null if nothing is. */
  @Nullable Object root(String name) {
    Binding binding = bindings.find(name);
    if (binding == null) {
      return null;
    }
    Object value = View.of(name, binding, this);
    marked |= value instanceof View;
    return value;
  }

  Bindings bindings() {
    return bindings;
  }

  Patterns patterns() {
    return patterns;
  }

  void taint() {
    tainted = true;
  }

  boolean tainted() {
    return tainted;
  }

  /** Takes from the budget. */
  void spend(long amount) {
    steps -= amount;
    if (steps < 0) {
      throw TooCostly.steps();
    }
  }

  /** Takes what reading or making so many characters or bytes costs. */
  void spendText(long length) {
    spend((length >> 3) + 1);
  }

  void iterate() {
    if (--iterations < 0) {
      throw TooCostly.iterations();
    }
    spend(1);
  }

  /**
   * Returns an argument as functions take it: without views. What is open in it, or not known,
   * stops the call; what is secret taints the result.
   */
  Object consume(Object value) {
    return marked ? consumeMarked(value) : value;
  }

  /** Like {@link #consume}, of a function that does not look at the items. */
  Object consumeOutside(Object value) {
    if (!(value instanceof View view)) {
      return value;
    }
    if (view.marks().anySecret()) {
      taint();
    }
    return view.isOpen() ? Pending.of(view.missing(null)) : view.raw();
  }

  private Object consumeMarked(Object value) {
    if (!(value instanceof View
        || value instanceof Collection
        || value instanceof Map
        || value instanceof OptionalValue)) {
      return value;
    }
    SortedSet<Unknown> unknowns = new TreeSet<>();
    Object plain = strip(value, unknowns);
    return unknowns.isEmpty() ? plain : new Pending(unknowns);
  }

  private Object strip(Object value, SortedSet<Unknown> unknowns) {
    if (value instanceof View view) {
      spend(10);
      if (view.marks().anySecret()) {
        taint();
      }
      if (view.isOpen()) {
        unknowns.add(view.missing(null));
      } else if (view.marks().anyOpen()) {
        findOpen(view, unknowns);
      }
      if (!view.plain()) {
        findUnknown(view.raw(), unknowns);
      }
      return view.raw();
    }
    if (value instanceof OptionalValue optional && optional.value() != null) {
      return new OptionalValue(strip(optional.value(), unknowns));
    }
    if (value instanceof List<?> list && holdsMarked(list)) {
      return list.stream().map(item -> strip(Values.of(item), unknowns)).toList();
    }
    if (value instanceof Map<?, ?> map && holdsMarked(map.values())) {
      Map<Object, Object> copy = new java.util.LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, strip(Values.of(item), unknowns)));
      return copy;
    }
    return value;
  }

  /** Trees hold no views: only what was made here can. */
  private boolean holdsMarked(Collection<?> items) {
    for (Object item : items) {
      if (item instanceof String || item instanceof Long) {
        continue;
      }
      spend(1);
      if (item instanceof View
          || item instanceof OptionalValue
          || (item instanceof List<?> list && holdsMarked(list))
          || (item instanceof Map<?, ?> map && holdsMarked(map.values()))) {
        return true;
      }
    }
    return false;
  }

  private void findOpen(View view, SortedSet<Unknown> unknowns) {
    spend(10);
    if (view.isOpen()) {
      unknowns.add(view.missing(null));
      return;
    }
    if (!view.marks().anyOpen()) {
      return;
    }
    if (view.raw() instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (view.child(key, this) instanceof View below) {
          findOpen(below, unknowns);
        }
      }
      view.marks().missing(map).forEach(key -> unknowns.add(view.missing(key)));
    } else if (view.raw() instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (view.child(i, this) instanceof View below) {
          findOpen(below, unknowns);
        }
      }
    }
  }

  private void findUnknown(@Nullable Object tree, SortedSet<Unknown> unknowns) {
    if (tree instanceof Unknown unknown) {
      unknowns.add(unknown);
    } else if (tree instanceof Map<?, ?> map) {
      spend(map.size());
      map.values().forEach(value -> findUnknown(value, unknowns));
    } else if (tree instanceof List<?> list) {
      spend(list.size());
      list.forEach(value -> findUnknown(value, unknowns));
    }
  }
}
