package io.sailplan.expression;

import io.sailplan.expression.Stop.Pending;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A comprehension, which all macros that loop are made of. */
final class LoopNode extends Node {
  private final Node range;
  private final int item;
  private final int second;
  private final int gathered;
  private final Node start;
  private final Node goesOn;
  private final Node step;
  private final Node result;

  /**
   * Makes a node.
   *
   * @param slots where the variable of the loop, its second one (-1 for none) and what is gathered
   *     are kept
   */
  LoopNode(int offset, int[] slots, Node range, Node start, Node goesOn, Node step, Node result) {
    super(offset);
    this.item = slots[0];
    this.second = slots[1];
    this.gathered = slots[2];
    this.range = range;
    this.start = start;
    this.goesOn = goesOn;
    this.step = step;
    this.result = result;
  }

  @Override
  Object evaluate(Frame frame) {
    frame.spend(1);
    Object over = range.evaluate(frame);
    if (over instanceof Stop) {
      return over;
    }
    frame.local(gathered, start.evaluate(frame));
    boolean through;
    if (over instanceof List<?> list) {
      through = overList(frame, list);
    } else if (over instanceof Map<?, ?> map) {
      through = overMap(frame, map);
    } else if (over instanceof View view) {
      through = overView(frame, view);
      if (through && view.isOpen() && Boolean.TRUE.equals(goesOn.evaluate(frame))) {
        Pending pending = Pending.of(view.missing(null));
        Object value = frame.local(gathered);
        frame.local(gathered, value instanceof Stop stop ? Stop.join(pending, stop) : pending);
      }
    } else {
      return failure("a value of the type " + Values.typeName(over) + " cannot be gone through");
    }
    return result.evaluate(frame);
  }

  /** Returns whether the end was reached. */
  private boolean overList(Frame frame, List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      if (!turn(frame, (long) i, Values.of(list.get(i)), false)) {
        return false;
      }
    }
    return true;
  }

  private boolean overMap(Frame frame, Map<?, ?> map) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!turn(frame, entry.getKey(), Values.of(entry.getValue()), true)) {
        return false;
      }
    }
    return true;
  }

  private boolean overView(Frame frame, View view) {
    if (view.raw() instanceof Map<?, ?> map) {
      for (Iterator<?> keys = map.keySet().iterator(); keys.hasNext(); ) {
        Object key = keys.next();
        Object value = view.child(key, frame);
        if (!turn(frame, key, value == null ? NullValue.NULL : value, true)) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < ((List<?>) view.raw()).size(); i++) {
      Object value = view.child(i, frame);
      if (!turn(frame, (long) i, value == null ? NullValue.NULL : value, false)) {
        return false;
      }
    }
    return true;
  }

  private boolean turn(Frame frame, Object key, Object value, boolean keyed) {
    if (!Boolean.TRUE.equals(goesOn.evaluate(frame))) {
      return false;
    }
    frame.iterate();
    if (second >= 0) {
      frame.local(item, key);
      frame.local(second, value);
    } else {
      frame.local(item, keyed ? key : value);
    }
    Object next = step.evaluate(frame);
    if (next instanceof Stop) {
      frame.spend(10); // joining what is not known takes time
    }
    frame.local(gathered, next);
    return true;
  }

  /** {@code gathered + [items]}, which adds to the list at hand: nobody else holds it. */
  static final class Append extends Node {
    private final int gathered;
    private final MakeNodes.MakeList items;

    Append(int offset, int gathered, MakeNodes.MakeList items) {
      super(offset);
      this.gathered = gathered;
      this.items = items;
    }

    @Override
    @SuppressWarnings("unchecked") // it starts as a list that was made here
    Object evaluate(Frame frame) {
      Object before = frame.local(gathered);
      if (before instanceof Stop stop) {
        List<Object> more = new ArrayList<>();
        Stop next = items.addTo(more, frame);
        return next == null ? stop : Stop.join(stop, next);
      }
      Stop stop = items.addTo((List<Object>) before, frame);
      return stop == null ? before : stop;
    }
  }
}
