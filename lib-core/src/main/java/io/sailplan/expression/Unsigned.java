package io.sailplan.expression;

/** CEL's uint. */
record Unsigned(long bits) implements Comparable<Unsigned> {
  @Override
  public int compareTo(Unsigned other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  double asDouble() {
    double high = (bits >>> 1) * 2.0;
    return bits >= 0 ? bits : high + (bits & 1);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(bits);
  }
}
