package io.sailplan.expression;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions on numbers. */
final class MathLibrary {
  private static final String[] NUMBERS = {"int", "uint", "double"};

  private MathLibrary() {}

  static void declare(FunctionTable table) {
    extreme(table, "math.greatest", 1);
    extreme(table, "math.least", -1);
    rounding(table, "math.ceil", Math::ceil);
    rounding(table, "math.floor", Math::floor);
    rounding(table, "math.trunc", value -> value < 0 ? Math.ceil(value) : Math.floor(value));
    rounding(table, "math.round", MathLibrary::round);
    table.add("math.abs(int): int", (f, a) -> abs((Long) a[0]));
    table.add("math.abs(uint): uint", (f, a) -> a[0]);
    table.add("math.abs(double): double", (f, a) -> Math.abs((Double) a[0]));
    table.add("math.sign(int): int", (f, a) -> (long) Long.signum((Long) a[0]));
    table.add(
        "math.sign(uint): uint", (f, a) -> new Unsigned(((Unsigned) a[0]).bits() == 0 ? 0 : 1));
    table.add("math.sign(double): double", (f, a) -> Math.signum((Double) a[0]));
    for (String type : NUMBERS) {
      table.add("math.sqrt(" + type + "): double", (f, a) -> Math.sqrt(Values.asDouble(a[0])));
    }
    table.add("math.isNaN(double): bool", (f, a) -> Double.isNaN((Double) a[0]));
    table.add("math.isInf(double): bool", (f, a) -> Double.isInfinite((Double) a[0]));
    table.add("math.isFinite(double): bool", (f, a) -> Double.isFinite((Double) a[0]));
    bits(table);
  }

  private static void extreme(FunctionTable table, String name, int wanted) {
    Implementation ofValues =
        (frame, arguments) -> {
          Object best = arguments[0];
          for (Object value : arguments) {
            best = better(value, best, wanted);
          }
          return best;
        };
    for (String type : NUMBERS) {
      table.add(name + "(" + type + "): " + type, ofValues);
      for (String other : NUMBERS) {
        String result = type.equals(other) ? type : "dyn";
        table.add(name + "(" + type + ", " + other + "): " + result, ofValues);
      }
      table.add(
          name + "(list(" + type + ")): " + type, (f, a) -> ofList(f, (List<?>) a[0], wanted));
    }
  }

  private static Object better(Object value, Object best, int wanted) {
    Integer order = Values.compare(value, best);
    if (!Values.isNumber(value)) {
      throw new CallFailure("the list holds something that is not a number");
    }
    return order != null && Integer.signum(order) == wanted ? value : best;
  }

  private static Object ofList(Frame frame, List<?> list, int wanted) {
    if (list.isEmpty()) {
      throw new CallFailure("the list is empty");
    }
    Object best = Values.of(list.get(0));
    for (Object raw : list) {
      frame.spend(1);
      best = better(Values.of(raw), best, wanted);
    }
    return best;
  }

  private static void rounding(FunctionTable table, String name, DoubleUnaryOperator operator) {
    table.add(name + "(double): double", (f, a) -> operator.applyAsDouble((Double) a[0]));
  }

  /** Rounds halves away from zero. */
  private static double round(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    double down = Math.floor(Math.abs(value));
    double rounded = Math.abs(value) - down >= 0.5 ? down + 1 : down;
    return Math.copySign(rounded, value);
  }

  private static Object abs(long value) {
    if (value == Long.MIN_VALUE) {
      throw new CallFailure("a whole number of 64 bits cannot hold the result");
    }
    return Math.abs(value);
  }

  private interface Bits {
    long of(long left, long right);
  }

  private static void bits(FunctionTable table) {
    bits(table, "math.bitAnd", (left, right) -> left & right);
    bits(table, "math.bitOr", (left, right) -> left | right);
    bits(table, "math.bitXor", (left, right) -> left ^ right);
    table.add("math.bitNot(int): int", (f, a) -> ~(Long) a[0]);
    table.add("math.bitNot(uint): uint", (f, a) -> new Unsigned(~((Unsigned) a[0]).bits()));
    shift(table, "math.bitShiftLeft", (left, right) -> left << right);
    shift(table, "math.bitShiftRight", (left, right) -> left >>> right);
  }

  private static void bits(FunctionTable table, String name, Bits bits) {
    table.add(name + "(int, int): int", (f, a) -> bits.of((Long) a[0], (Long) a[1]));
    table.add(
        name + "(uint, uint): uint",
        (f, a) -> new Unsigned(bits.of(((Unsigned) a[0]).bits(), ((Unsigned) a[1]).bits())));
  }

  private static void shift(FunctionTable table, String name, Bits bits) {
    table.add(name + "(int, int): int", (f, a) -> shifted(bits, (Long) a[0], (Long) a[1]));
    table.add(
        name + "(uint, int): uint",
        (f, a) -> new Unsigned(shifted(bits, ((Unsigned) a[0]).bits(), (Long) a[1])));
  }

  private static long shifted(Bits bits, long value, long distance) {
    if (distance < 0) {
      throw new CallFailure("the distance to shift is negative");
    }
    return distance > 63 ? 0 : bits.of(value, distance);
  }
}
