package io.sailplan.expression;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operators, {@code size} and {@code type}. */
final class Operators {
  private static final String[] NUMBERS = {"int", "uint", "double"};

  private Operators() {}

  static void declare(FunctionTable table) {
    logic(table);
    arithmetic(table);
    comparison(table);
    table.addAll(Operators::in, "@in(A, list(A)): bool", "@in(A, map(A, B)): bool");
    // Indexing reads bindings step by step, so nodes of its own do it.
    table.addAll(
        Operators::unreachable,
        "_[_](list(A), int): A",
        "_[_](map(A, B), A): B",
        "_[_](optional(list(A)), int): optional(A)",
        "_[_](optional(map(A, B)), A): optional(B)",
        "_[?_](list(A), int): optional(A)",
        "_[?_](optional(list(A)), int): optional(A)",
        "_[?_](map(A, B), A): optional(B)",
        "_[?_](optional(map(A, B)), A): optional(B)",
        "_?._(dyn, string): optional(A)");
    for (String form : new String[] {"size(%s): int", "[%s].size(): int"}) {
      for (String type : new String[] {"string", "bytes", "list(A)", "map(A, B)"}) {
        table.addOutside(String.format(java.util.Locale.ROOT, form, type), (f, a) -> size(f, a[0]));
      }
    }
    table.addOutside("type(A): type(A)", (f, a) -> new TypeValue(Values.typeName(a[0])));
    table.addOutside("dyn(A): dyn", (f, a) -> a[0]);
  }

  private static void logic(FunctionTable table) {
    table.add("!_(bool): bool", (f, a) -> !(Boolean) a[0]);
    table.addAll(
        Operators::unreachable,
        "_&&_(bool, bool): bool",
        "_||_(bool, bool): bool",
        "_?_:_(bool, A, A): A",
        "@not_strictly_false(bool): bool");
    table.add("_==_(A, A): bool", (f, a) -> Equality.equal(f, a[0], a[1]));
    table.add("_!=_(A, A): bool", (f, a) -> !Equality.equal(f, a[0], a[1]));
  }

  private static Object unreachable(Frame frame, Object[] arguments) {
    throw new IllegalStateException("nodes of their own do this");
  }

  private static void arithmetic(FunctionTable table) {
    table.add("-_(int): int", (f, a) -> exact(() -> Math.negateExact((Long) a[0])));
    table.add("-_(double): double", (f, a) -> -(Double) a[0]);
    table.add("_+_(int, int): int", (f, a) -> exact(() -> Math.addExact((Long) a[0], (Long) a[1])));
    table.add(
        "_-_(int, int): int", (f, a) -> exact(() -> Math.subtractExact((Long) a[0], (Long) a[1])));
    table.add(
        "_*_(int, int): int", (f, a) -> exact(() -> Math.multiplyExact((Long) a[0], (Long) a[1])));
    table.add("_/_(int, int): int", (f, a) -> divide((Long) a[0], (Long) a[1]));
    table.add("_%_(int, int): int", (f, a) -> (Long) a[0] % nonZero((Long) a[1]));
    table.add("_+_(uint, uint): uint", (f, a) -> UnsignedMath.add(a[0], a[1]));
    table.add("_-_(uint, uint): uint", (f, a) -> UnsignedMath.subtract(a[0], a[1]));
    table.add("_*_(uint, uint): uint", (f, a) -> UnsignedMath.multiply(a[0], a[1]));
    table.add("_/_(uint, uint): uint", (f, a) -> UnsignedMath.divide(a[0], a[1]));
    table.add("_%_(uint, uint): uint", (f, a) -> UnsignedMath.remainder(a[0], a[1]));
    table.add("_+_(double, double): double", (f, a) -> (Double) a[0] + (Double) a[1]);
    table.add("_-_(double, double): double", (f, a) -> (Double) a[0] - (Double) a[1]);
    table.add("_*_(double, double): double", (f, a) -> (Double) a[0] * (Double) a[1]);
    table.add("_/_(double, double): double", (f, a) -> (Double) a[0] / (Double) a[1]);
    table.add("_+_(string, string): string", (f, a) -> concat(f, (String) a[0], (String) a[1]));
    table.add("_+_(bytes, bytes): bytes", (f, a) -> concat(f, (Bytes) a[0], (Bytes) a[1]));
    table.add(
        "_+_(list(A), list(A)): list(A)", (f, a) -> concat(f, (List<?>) a[0], (List<?>) a[1]));
    table.add(
        "_+_(duration, duration): duration", (f, a) -> plus((Duration) a[0], (Duration) a[1]));
    table.add(
        "_-_(duration, duration): duration",
        (f, a) -> plus((Duration) a[0], ((Duration) a[1]).negated()));
    table.add(
        "_+_(timestamp, duration): timestamp", (f, a) -> plus((Instant) a[0], (Duration) a[1]));
    table.add(
        "_+_(duration, timestamp): timestamp", (f, a) -> plus((Instant) a[1], (Duration) a[0]));
    table.add(
        "_-_(timestamp, duration): timestamp",
        (f, a) -> plus((Instant) a[0], ((Duration) a[1]).negated()));
    table.add(
        "_-_(timestamp, timestamp): duration",
        (f, a) -> Times.checked(Duration.between((Instant) a[1], (Instant) a[0])));
  }

  private interface Exact {
    long get();
  }

  private static Object exact(Exact operation) {
    try {
      return operation.get();
    } catch (ArithmeticException e) {
      throw new CallFailure("a whole number of 64 bits cannot hold the result");
    }
  }

  private static Object divide(long left, long right) {
    if (left == Long.MIN_VALUE && right == -1) {
      throw new CallFailure("a whole number of 64 bits cannot hold the result");
    }
    return left / nonZero(right);
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw new CallFailure("division by zero");
    }
    return divisor;
  }

  private static String concat(Frame frame, String left, String right) {
    frame.spendText((long) left.length() + right.length());
    return left + right;
  }

  private static Bytes concat(Frame frame, Bytes left, Bytes right) {
    frame.spendText((long) left.size() + right.size());
    return left.plus(right);
  }

  private static List<Object> concat(Frame frame, List<?> left, List<?> right) {
    frame.spend((long) left.size() + right.size());
    List<Object> both = new ArrayList<>(left.size() + right.size());
    left.forEach(item -> both.add(Values.of(item)));
    right.forEach(item -> both.add(Values.of(item)));
    return both;
  }

  private static Duration plus(Duration left, Duration right) {
    try {
      return Times.checked(left.plus(right));
    } catch (ArithmeticException e) {
      throw new CallFailure("the duration is out of range");
    }
  }

  private static Instant plus(Instant time, Duration duration) {
    try {
      return Times.checked(time.plus(duration));
    } catch (ArithmeticException | DateTimeException e) {
      throw new CallFailure("the time is out of range");
    }
  }

  private static void comparison(FunctionTable table) {
    order(table, "_<_", order -> order < 0);
    order(table, "_<=_", order -> order <= 0);
    order(table, "_>_", order -> order > 0);
    order(table, "_>=_", order -> order >= 0);
  }

  private interface Test {
    boolean holds(int order);
  }

  private static void order(FunctionTable table, String operator, Test test) {
    Implementation implementation =
        (frame, arguments) -> {
          if (arguments[0] instanceof String text) {
            frame.spendText(text.length());
          }
          Integer order = Values.compare(arguments[0], arguments[1]);
          return order != null && test.holds(order); // NaN has no order: every comparison is false
        };
    for (String type : new String[] {"bool", "string", "bytes", "timestamp", "duration"}) {
      table.add(operator + "(" + type + ", " + type + "): bool", implementation);
    }
    for (String left : NUMBERS) {
      for (String right : NUMBERS) {
        table.add(operator + "(" + left + ", " + right + "): bool", implementation);
      }
    }
  }

  private static Object in(Frame frame, Object[] arguments) {
    if (arguments[1] instanceof List<?> list) {
      return Equality.indexOf(frame, list, arguments[0]) >= 0;
    }
    return ((Map<?, ?>) arguments[1]).containsKey(Values.key(arguments[0]));
  }

  private static Object size(Frame frame, Object value) {
    if (value instanceof String text) {
      frame.spendText(text.length());
      return (long) text.codePointCount(0, text.length());
    }
    if (value instanceof Bytes bytes) {
      return (long) bytes.size();
    }
    return (long) (value instanceof List<?> list ? list.size() : ((Map<?, ?>) value).size());
  }
}
