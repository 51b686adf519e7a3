package io.sailplan.expression;

import java.util.List;
import java.util.Map;

/** CEL's equality, which pays for each value that it looks at. */
final class Equality {
  private Equality() {}

  /** Returns whether two values, without views and unknowns in them, are equal. */
  static boolean equal(Frame frame, Object left, Object right) {
    frame.spend(1);
    if (left instanceof String one && right instanceof String other) {
      frame.spendText(Math.min(one.length(), other.length()));
      return one.equals(other);
    }
    if (Values.isNumber(left) && Values.isNumber(right)) {
      Integer order = Values.compareNumbers(left, right);
      return order != null && order == 0;
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      return lists(frame, one, other);
    }
    if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      return maps(frame, one, other);
    }
    if (left instanceof OptionalValue one && right instanceof OptionalValue other) {
      Object first = one.value();
      Object second = other.value();
      if (first == null || second == null) {
        return first == second;
      }
      return equal(frame, first, second);
    }
    if (left instanceof Bytes one) {
      frame.spendText(one.size());
    }
    return left.equals(right);
  }

  private static boolean lists(Frame frame, List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(frame, Values.of(left.get(i)), Values.of(right.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean maps(Frame frame, Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      if (!right.containsKey(entry.getKey())
          || !equal(frame, Values.of(entry.getValue()), Values.of(right.get(entry.getKey())))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the first position of a value in a list; -1 if it is not there. */
  static int indexOf(Frame frame, List<?> list, Object value) {
    for (int i = 0; i < list.size(); i++) {
      if (equal(frame, Values.of(list.get(i)), value)) {
        return i;
      }
    }
    return -1;
  }
}
