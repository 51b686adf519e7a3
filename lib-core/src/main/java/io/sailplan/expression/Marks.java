package io.sailplan.expression;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which parts of a tree are open or secret, as a tree of its own. Built once, then only read. */
final class Marks {
  static final Marks NONE = new Marks(false, false);
  private static final Marks OPEN = new Marks(true, false);
  private static final Marks SECRET = new Marks(false, true);
  private static final Marks BOTH = new Marks(true, true);

  private boolean open;
  private boolean secret;
  private final Map<Object, Marks> children = new HashMap<>();

  Marks(boolean open, boolean secret) {
    this.open = open;
    this.secret = secret;
  }

  boolean open() {
    return open;
  }

  boolean secret() {
    return secret;
  }

  boolean isNone() {
    return !open && !secret && children.isEmpty();
  }

  boolean anyOpen() {
    return open || children.values().stream().anyMatch(Marks::anyOpen);
  }

  boolean anySecret() {
    return secret || children.values().stream().anyMatch(Marks::anySecret);
  }

  /** Returns the marks below a field or position; what holds for the whole holds for its parts. */
  Marks child(Object step) {
    Marks child = children.get(step);
    return child != null ? child : open ? (secret ? BOTH : OPEN) : secret ? SECRET : NONE;
  }

  /** Returns the open fields that an object does not have. */
  List<String> missing(Map<?, ?> object) {
    return children.entrySet().stream()
        .filter(entry -> entry.getKey() instanceof String && entry.getValue().anyOpen())
        .map(entry -> (String) entry.getKey())
        .filter(key -> !object.containsKey(key))
        .sorted()
        .toList();
  }

  void add(FieldPath path, boolean open, boolean secret) {
    Marks at = this;
    for (PathElement element : path.elements()) {
      Object step = step(element);
      if (step == null) {
        break; // which item a key means is not known here: all of the list it is
      }
      Marks above = at;
      at = at.children.computeIfAbsent(step, key -> new Marks(above.open, above.secret));
    }
    at.mark(open, secret);
  }

  private void mark(boolean open, boolean secret) {
    this.open |= open;
    this.secret |= secret;
    children.values().forEach(child -> child.mark(open, secret));
  }

  private static @Nullable Object step(PathElement element) {
    if (element instanceof PathElement.Field field) {
      return field.name();
    }
    return element instanceof PathElement.Index index ? (Object) index.index() : null;
  }
}
