package io.sailplan.expression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Functions on lists, and on lists as sets. */
final class ListLibrary {
  private static final String[] ORDERED = {
    "int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"
  };

  private ListLibrary() {}

  static void declare(FunctionTable table) {
    table.add("lists.range(int): list(int)", (f, a) -> range(f, (Long) a[0]));
    table.add(
        "[list(T)].slice(int, int): list(T)",
        (f, a) -> slice(f, (List<?>) a[0], (Long) a[1], (Long) a[2]));
    table.add("[list(T)].flatten(): list(dyn)", (f, a) -> flatten(f, (List<?>) a[0], 1));
    table.add(
        "[list(T)].flatten(int): list(dyn)", (f, a) -> flatten(f, (List<?>) a[0], (Long) a[1]));
    table.add("[list(T)].distinct(): list(T)", (f, a) -> distinct(f, (List<?>) a[0]));
    table.add("[list(T)].reverse(): list(T)", (f, a) -> reverse(f, (List<?>) a[0]));
    table.add("[list(T)].sort(): list(T)", (f, a) -> sortBy(f, (List<?>) a[0], (List<?>) a[0]));
    table.add(
        "[list(T)].@sortByAssociatedKeys(list(U)): list(T)",
        (f, a) -> sortBy(f, (List<?>) a[0], (List<?>) a[1]));
    table.add("[list(T)].first(): optional(T)", (f, a) -> at((List<?>) a[0], 0));
    table.add(
        "[list(T)].last(): optional(T)", (f, a) -> at((List<?>) a[0], ((List<?>) a[0]).size() - 1));
    table.add(
        "[list(T)].indexOf(T): int", (f, a) -> (long) Equality.indexOf(f, (List<?>) a[0], a[1]));
    table.add("[list(T)].lastIndexOf(T): int", (f, a) -> lastIndexOf(f, (List<?>) a[0], a[1]));
    for (String type : ORDERED) {
      table.add("[list(" + type + ")].isSorted(): bool", (f, a) -> isSorted(f, (List<?>) a[0]));
      table.add("[list(" + type + ")].min(): " + type, (f, a) -> extreme(f, (List<?>) a[0], -1));
      table.add("[list(" + type + ")].max(): " + type, (f, a) -> extreme(f, (List<?>) a[0], 1));
    }
    table.add("[list(int)].sum(): int", (f, a) -> sum(f, (List<?>) a[0], 0L));
    table.add("[list(uint)].sum(): uint", (f, a) -> sum(f, (List<?>) a[0], new Unsigned(0)));
    table.add("[list(double)].sum(): double", (f, a) -> sum(f, (List<?>) a[0], 0.0));
    table.add("[list(duration)].sum(): duration", (f, a) -> sum(f, (List<?>) a[0], Duration.ZERO));
    table.add(
        "lists.setAtIndex(list(T), int, T): list(T)",
        (f, a) -> set(f, (List<?>) a[0], (Long) a[1], a[2]));
    table.add(
        "lists.insertAtIndex(list(T), int, T): list(T)",
        (f, a) -> insert(f, (List<?>) a[0], (Long) a[1], a[2]));
    table.add(
        "lists.removeAtIndex(list(T), int): list(T)",
        (f, a) -> remove(f, (List<?>) a[0], (Long) a[1]));
    table.add(
        "sets.contains(list(T), list(T)): bool",
        (f, a) -> containsAll(f, (List<?>) a[0], (List<?>) a[1]));
    table.add(
        "sets.equivalent(list(T), list(T)): bool",
        (f, a) ->
            containsAll(f, (List<?>) a[0], (List<?>) a[1])
                && containsAll(f, (List<?>) a[1], (List<?>) a[0]));
    table.add(
        "sets.intersects(list(T), list(T)): bool",
        (f, a) -> intersects(f, (List<?>) a[0], (List<?>) a[1]));
  }

  private static Object range(Frame frame, long size) {
    if (size < 0) {
      return new ArrayList<>();
    }
    frame.spend(size);
    List<Object> range = new ArrayList<>((int) size);
    for (long i = 0; i < size; i++) {
      range.add(i);
    }
    return range;
  }

  private static List<Object> copy(Frame frame, List<?> list) {
    frame.spend(list.size() + 1L);
    List<Object> copy = new ArrayList<>(list.size() + 1);
    list.forEach(item -> copy.add(Values.of(item)));
    return copy;
  }

  private static Object slice(Frame frame, List<?> list, long start, long end) {
    if (start < 0 || end < start || end > list.size()) {
      throw new CallFailure("the positions are outside of the list or crossed");
    }
    return copy(frame, list.subList((int) start, (int) end));
  }

  private static Object flatten(Frame frame, List<?> list, long depth) {
    if (depth < 0) {
      throw new CallFailure("the depth is negative");
    }
    List<Object> flat = new ArrayList<>();
    flatten(frame, list, depth, flat);
    return flat;
  }

  private static void flatten(Frame frame, List<?> list, long depth, List<Object> flat) {
    for (Object raw : list) {
      frame.spend(1);
      Object item = Values.of(raw);
      if (item instanceof List<?> inner && depth > 0) {
        flatten(frame, inner, depth - 1, flat);
      } else {
        flat.add(item);
      }
    }
  }

  private static Object distinct(Frame frame, List<?> list) {
    List<Object> distinct = new ArrayList<>();
    for (Object raw : list) {
      Object item = Values.of(raw);
      if (Equality.indexOf(frame, distinct, item) < 0) {
        distinct.add(item);
      }
    }
    return distinct;
  }

  private static Object reverse(Frame frame, List<?> list) {
    List<Object> reversed = copy(frame, list);
    Collections.reverse(reversed);
    return reversed;
  }

  /** Orders the items by their keys; equal ones keep their order. */
  private static Object sortBy(Frame frame, List<?> list, List<?> keys) {
    if (list.size() != keys.size()) {
      throw new CallFailure("there are not as many keys as items");
    }
    List<Object> items = copy(frame, list);
    List<Object> order = copy(frame, keys);
    checkOrdered(order);
    Integer[] places = new Integer[items.size()];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, (left, right) -> compare(frame, order.get(left), order.get(right)));
    List<Object> sorted = new ArrayList<>(items.size());
    for (int place : places) {
      sorted.add(items.get(place));
    }
    return sorted;
  }

  private static void checkOrdered(List<Object> keys) {
    for (Object key : keys) {
      if ((Values.compare(keys.get(0), key) == null && !isNotANumber(key))
          || !Values.typeName(key).equals(Values.typeName(keys.get(0)))) {
        throw new CallFailure("the list holds values that have no order");
      }
    }
  }

  private static boolean isNotANumber(Object value) {
    return value instanceof Double real && Double.isNaN(real);
  }

  private static int compare(Frame frame, Object left, Object right) {
    frame.spend(1);
    if (left instanceof String text) {
      frame.spendText(text.length());
    }
    if (left instanceof Double one && right instanceof Double other) {
      return Double.compare(one + 0.0, other + 0.0); // NaN has a place when sorting
    }
    Integer order = Values.compare(left, right);
    if (order == null) {
      throw new CallFailure("the list holds values that have no order");
    }
    return order;
  }

  private static Object at(List<?> list, int index) {
    return list.isEmpty() ? OptionalValue.NONE : new OptionalValue(Values.of(list.get(index)));
  }

  private static Object lastIndexOf(Frame frame, List<?> list, Object value) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (Equality.equal(frame, Values.of(list.get(i)), value)) {
        return (long) i;
      }
    }
    return -1L;
  }

  private static Object isSorted(Frame frame, List<?> list) {
    for (int i = 1; i < list.size(); i++) {
      if (compare(frame, Values.of(list.get(i - 1)), Values.of(list.get(i))) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Object extreme(Frame frame, List<?> list, int wanted) {
    if (list.isEmpty()) {
      throw new CallFailure("the list is empty");
    }
    Object best = Values.of(list.get(0));
    compare(frame, best, best);
    for (Object raw : list.subList(1, list.size())) {
      Object item = Values.of(raw);
      if (Integer.signum(compare(frame, item, best)) == wanted) {
        best = item;
      }
    }
    return best;
  }

  private static Object sum(Frame frame, List<?> list, Object zero) {
    Object sum = zero;
    for (Object raw : list) {
      frame.spend(1);
      sum = plus(sum, Values.of(raw));
    }
    return sum;
  }

  private static Object plus(Object left, Object right) {
    try {
      if (left instanceof Long one && right instanceof Long other) {
        return Math.addExact(one, other);
      }
      if (left instanceof Unsigned && right instanceof Unsigned) {
        return UnsignedMath.add(left, right);
      }
      if (left instanceof Double one && right instanceof Double other) {
        return one + other;
      }
      if (left instanceof Duration one && right instanceof Duration other) {
        return Times.checked(one.plus(other));
      }
      if (Values.isNumber(left) && Values.isNumber(right) && left.equals(0L)) {
        return right; // nothing said what the empty sum is
      }
    } catch (ArithmeticException e) {
      throw new CallFailure("the sum is out of range");
    }
    throw new CallFailure("the list holds values that cannot be summed up");
  }

  private static CallFailure outside() {
    return new CallFailure("the position is outside of the list");
  }

  private static Object set(Frame frame, List<?> list, long index, Object value) {
    if (index < 0 || index >= list.size()) {
      throw outside();
    }
    List<Object> copy = copy(frame, list);
    copy.set((int) index, value);
    return copy;
  }

  private static Object insert(Frame frame, List<?> list, long index, Object value) {
    if (index < 0 || index > list.size()) {
      throw outside();
    }
    List<Object> copy = copy(frame, list);
    copy.add((int) index, value);
    return copy;
  }

  private static Object remove(Frame frame, List<?> list, long index) {
    if (index < 0 || index >= list.size()) {
      throw outside();
    }
    List<Object> copy = copy(frame, list);
    copy.remove((int) index);
    return copy;
  }

  private static boolean containsAll(Frame frame, List<?> all, List<?> some) {
    for (Object item : some) {
      if (Equality.indexOf(frame, all, Values.of(item)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Object intersects(Frame frame, List<?> left, List<?> right) {
    for (Object item : left) {
      if (Equality.indexOf(frame, right, Values.of(item)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
