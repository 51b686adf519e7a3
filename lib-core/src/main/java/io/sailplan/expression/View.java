package io.sailplan.expression;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object or list of a binding in which something is marked, or which may hold {@link Unknown}.
 * Everything else is read as it is, without a view.
 */
final class View {
  private final Object raw;
  private final Marks marks;
  private final boolean plain;
  private final String root;
  private final @Nullable View parent;
  private final Object step;

  private View(
      Object raw, Marks marks, boolean plain, String root, @Nullable View parent, Object step) {
    this.raw = raw;
    this.marks = marks;
    this.plain = plain;
    this.root = root;
    this.parent = parent;
    this.step = step;
  }

  /** Returns what is bound to a name, as evaluation sees it. */
  static Object of(String root, Binding binding, Frame frame) {
    if (binding.marks().secret()) {
      frame.taint();
    }
    Object value = Values.of(binding.tree());
    boolean container = value instanceof Map || value instanceof List;
    return container && !(binding.plain() && binding.marks().isNone())
        ? new View(value, binding.marks(), binding.plain(), root, null, "")
        : value;
  }

  Object raw() {
    return raw;
  }

  boolean isMap() {
    return raw instanceof Map;
  }

  boolean isOpen() {
    return marks.open();
  }

  Marks marks() {
    return marks;
  }

  boolean plain() {
    return plain;
  }

  /** Returns what stands below, as evaluation sees it; null if nothing does. */
  @Nullable Object child(Object step, Frame frame) {
    Object value;
    if (raw instanceof Map<?, ?> map) {
      value = map.get(step);
      if (value == null && !map.containsKey(step)) {
        return null;
      }
    } else if (raw instanceof List<?> list && step instanceof Integer index) {
      if (index < 0 || index >= list.size()) {
        return null;
      }
      value = list.get(index);
    } else {
      return null;
    }
    if (value instanceof Unknown unknown) {
      return Stop.Pending.of(unknown);
    }
    Marks below = marks.child(step);
    if (below.secret()) {
      frame.taint();
    }
    if (!(value instanceof Map || value instanceof List)) {
      return Values.of(value);
    }
    return below.isNone() && plain ? value : new View(value, below, plain, root, this, step);
  }

  /** Returns the place of what is missing here. */
  Unknown missing(@Nullable Object missing) {
    Deque<PathElement> elements = new ArrayDeque<>();
    if (missing != null) {
      elements.add(element(missing));
    }
    View at = this;
    while (at.parent != null) {
      elements.addFirst(element(at.step));
      at = at.parent;
    }
    return new Unknown(root, new FieldPath(List.copyOf(elements)));
  }

  private static PathElement element(Object step) {
    return step instanceof Integer index
        ? new PathElement.Index(index)
        : new PathElement.Field(String.valueOf(step));
  }
}
