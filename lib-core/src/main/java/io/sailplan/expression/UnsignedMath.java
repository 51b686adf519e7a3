package io.sailplan.expression;

/** Arithmetic of uint, which fails instead of wrapping around. */
final class UnsignedMath {
  private UnsignedMath() {}

  private static long bits(Object value) {
    return ((Unsigned) value).bits();
  }

  static Unsigned add(Object left, Object right) {
    long sum = bits(left) + bits(right);
    return checked(Long.compareUnsigned(sum, bits(left)) >= 0, sum);
  }

  static Unsigned subtract(Object left, Object right) {
    return checked(Long.compareUnsigned(bits(left), bits(right)) >= 0, bits(left) - bits(right));
  }

  static Unsigned multiply(Object left, Object right) {
    long high = Math.multiplyHigh(bits(left), bits(right));
    high += (bits(left) >> 63) & bits(right);
    high += (bits(right) >> 63) & bits(left);
    return checked(high == 0, bits(left) * bits(right));
  }

  static Unsigned divide(Object left, Object right) {
    return new Unsigned(Long.divideUnsigned(bits(left), nonZero(right)));
  }

  static Unsigned remainder(Object left, Object right) {
    return new Unsigned(Long.remainderUnsigned(bits(left), nonZero(right)));
  }

  private static long nonZero(Object divisor) {
    if (bits(divisor) == 0) {
      throw new CallFailure("division by zero");
    }
    return bits(divisor);
  }

  private static Unsigned checked(boolean good, long bits) {
    if (!good) {
      throw new CallFailure("an unsigned number of 64 bits cannot hold the result");
    }
    return new Unsigned(bits);
  }
}
