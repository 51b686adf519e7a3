package io.sailplan.expression;

import io.sailplan.expression.Stop.Failure;
import io.sailplan.expression.Stop.Pending;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation of a compiled expression. Immutable. */
abstract class Node {
  private final int offset;

  /**
   * Makes a node.
   *
   * @param offset where in the expression it stands, in code points
   */
  Node(int offset) {
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  /** Returns the value, or a {@link Stop}. */
  abstract Object evaluate(Frame frame);

  Failure failure(String message) {
    return Failure.of(message, offset);
  }

  /** Returns a field of an object, or a {@link Stop}; null if it is not there and never will be. */
  @Nullable Object field(Frame frame, Object container, Object key) {
    if (container instanceof Map<?, ?> map) {
      Object value = map.get(key);
      return value == null && !map.containsKey(key) ? null : Values.of(value);
    }
    if (container instanceof View view && view.isMap()) {
      Object value = view.child(key, frame);
      return value == null && view.isOpen() ? Pending.of(view.missing(key)) : value;
    }
    if (container instanceof Stop) {
      return container;
    }
    if (container == NullValue.NULL) {
      return failure("null has no fields");
    }
    return failure("a value of the type " + Values.typeName(container) + " has no fields");
  }

  /** Returns an item of a list or map, like {@link #field}. */
  @Nullable Object item(Frame frame, Object container, Object key) {
    if (key instanceof Stop stop) {
      return container instanceof Stop other ? Stop.join(other, stop) : stop;
    }
    boolean viewed = container instanceof View view && !view.isMap();
    if (!(container instanceof List || viewed)) {
      return field(frame, container, Values.key(key));
    }
    if (!(Values.key(key) instanceof Long position)) {
      return failure("a list has positions, not keys of the type " + Values.typeName(key));
    }
    boolean small = position >= 0 && position <= Integer.MAX_VALUE;
    int index = small ? position.intValue() : -1;
    if (container instanceof View view) {
      Object value = view.child(index, frame);
      return value == null && view.isOpen() && index >= 0 ? Pending.of(view.missing(index)) : value;
    }
    List<?> list = (List<?>) container;
    return index >= 0 && index < list.size() ? Values.of(list.get(index)) : null;
  }
}
