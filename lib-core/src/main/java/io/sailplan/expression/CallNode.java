package io.sailplan.expression;

import java.util.List;
import java.util.Map;

/** A call of a function. */
final class CallNode extends Node {
  private final String name;
  private final List<Overload> overloads;
  private final Node[] arguments;

  CallNode(int offset, String name, List<Overload> overloads, List<Node> arguments) {
    super(offset);
    this.name = name;
    this.overloads = overloads;
    this.arguments = arguments.toArray(Node[]::new);
  }

  @Override
  Object evaluate(Frame frame) {
    frame.spend(1);
    Object[] values = new Object[arguments.length];
    Stop stop = null;
    boolean outside = overloads.get(0).outside();
    for (int i = 0; i < values.length; i++) {
      Object value = arguments[i].evaluate(frame);
      if (!(value instanceof Stop)) {
        value = outside ? frame.consumeOutside(value) : frame.consume(value);
      }
      if (value instanceof Stop next) {
        stop = stop == null ? next : Stop.join(stop, next);
      }
      values[i] = value;
    }
    if (stop != null) {
      return stop;
    }
    for (Overload overload : overloads) {
      if (overload.takes(values)) {
        frame.spend(overload.cost());
        try {
          return overload.implementation().apply(frame, values);
        } catch (CallFailure e) {
          return e.at(offset());
        }
      }
    }
    return mismatch(values);
  }

  private Object mismatch(Object[] values) {
    StringBuilder types = new StringBuilder();
    for (Object value : values) {
      types.append(types.length() == 0 ? "" : ", ").append(Values.typeName(value));
    }
    return failure(FunctionNames.shown(name) + " does not take " + types);
  }

  /** {@code a in b}, which reads a marked list or map no further than it must. */
  static final class In extends Node {
    private final Node item;
    private final Node container;

    In(int offset, Node item, Node container) {
      super(offset);
      this.item = item;
      this.container = container;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object wanted = frame.consume(item.evaluate(frame));
      Object range = container.evaluate(frame);
      if (wanted instanceof Stop one) {
        return range instanceof Stop other ? Stop.join(one, other) : one;
      }
      if (range instanceof Stop) {
        return range;
      }
      if (range instanceof Map<?, ?> map) {
        return map.containsKey(Values.key(wanted));
      }
      if (range instanceof View view) {
        return view.isMap() ? inMap(frame, view, wanted) : inList(frame, view, wanted);
      }
      if (!(range instanceof List)) {
        return failure("a value of the type " + Values.typeName(range) + " holds nothing");
      }
      Object list = frame.consume(range);
      return list instanceof List<?> items ? Equality.indexOf(frame, items, wanted) >= 0 : list;
    }

    private static Object inMap(Frame frame, View view, Object wanted) {
      if (view.child(Values.key(wanted), frame) != null) {
        return true;
      }
      return view.isOpen() ? Stop.Pending.of(view.missing(Values.key(wanted))) : false;
    }

    private static Object inList(Frame frame, View view, Object wanted) {
      Stop pending = view.isOpen() ? Stop.Pending.of(view.missing(null)) : null;
      for (int i = 0; i < ((List<?>) view.raw()).size(); i++) {
        Object value = view.child(i, frame);
        Object item = value == null ? NullValue.NULL : frame.consume(value);
        if (item instanceof Stop stop) {
          pending = pending == null ? stop : Stop.join(pending, stop);
        } else if (Equality.equal(frame, item, wanted)) {
          return true;
        }
      }
      return pending == null ? false : pending;
    }
  }
}
