package io.sailplan.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount such as {@code 1.5Gi}. As in apimachinery, one that fits is a whole number and a power
 * of ten, any other a decimal; only the first may be {@linkplain #asInteger an integer}, so it is
 * kept which of them it is.
 */
final class Quantity implements Extra {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "([+-]?)([0-9]*)(?:(\\.)([0-9]*))?(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,3})");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final BigDecimal MAX = new BigDecimal(Long.MAX_VALUE);

  /** How many digits surely fit. */
  private static final int DIGITS = 18;

  private static final int LONGEST = 200;

  private final long value;
  private final int scale;
  private final @Nullable BigDecimal decimal;

  private Quantity(long value, int scale, @Nullable BigDecimal decimal) {
    this.value = value;
    this.scale = scale;
    this.decimal = decimal;
  }

  static Quantity of(long value) {
    return new Quantity(value, 0, null);
  }

  /** Returns the quantity that a text is; empty if it is none. */
  static Optional<Quantity> parse(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (text.isEmpty() || text.length() > LONGEST || !parts.matches()) {
      return Optional.empty();
    }
    String whole = parts.group(2).replaceFirst("^0+", "");
    String fraction = parts.group(4) == null ? "" : parts.group(4);
    boolean negative = parts.group(1).equals("-");
    String suffix = parts.group(5);
    String number = whole.isEmpty() ? "0" : whole;
    int power;
    if (suffix.endsWith("i")) {
      power = BINARY.indexOf(suffix);
      return Optional.of(binary(negative, number, fraction, power));
    }
    power =
        suffix.length() > 1
            ? Integer.parseInt(suffix.substring(1).replace("+", ""))
            : 3 * (DECIMAL.indexOf(suffix) - 3);
    int shifted = power - fraction.length();
    if (number.length() + fraction.length() <= DIGITS && shifted >= -9) {
      long digits = Long.parseLong(number + fraction);
      return Optional.of(new Quantity(negative ? -digits : digits, shifted, null));
    }
    BigDecimal exact = new BigDecimal(number + "." + fraction + "0").scaleByPowerOfTen(power);
    return Optional.of(of(negative, rounded(exact)));
  }

  private static Quantity binary(boolean negative, String whole, String fraction, int power) {
    BigDecimal factor = new BigDecimal(BigInteger.ONE.shiftLeft(10 * power));
    if (fraction.isEmpty()
        && 15 - whole.length() - (int) ((float) (10 * power) * 3 / 10) - 1 >= 0) {
      long digits = Long.parseLong(whole) << (10 * power);
      return new Quantity(negative ? -digits : digits, 0, null);
    }
    BigDecimal exact = new BigDecimal(whole + "." + fraction + "0").multiply(factor);
    return of(negative, rounded(exact).min(MAX));
  }

  /** Nothing is finer than a billionth, and nothing that was something becomes zero. */
  private static BigDecimal rounded(BigDecimal exact) {
    return exact.scale() > 9 ? exact.setScale(9, RoundingMode.UP) : exact;
  }

  private static Quantity of(boolean negative, BigDecimal exact) {
    return new Quantity(0, 0, negative ? exact.negate() : exact);
  }

  @Override
  public String typeName() {
    return Types.QUANTITY.name();
  }

  private BigDecimal exact() {
    return decimal != null ? decimal : BigDecimal.valueOf(value).scaleByPowerOfTen(scale);
  }

  int signum() {
    return exact().signum();
  }

  int compareTo(Quantity other) {
    return exact().compareTo(other.exact());
  }

  double asDouble() {
    return exact().doubleValue();
  }

  /** Returns the whole number that this is; empty if apimachinery does not see that it is one. */
  Optional<Long> asInteger() {
    if (decimal != null || scale < 0 || scale > DIGITS) {
      return value == 0 && decimal == null && scale >= 0 ? Optional.of(0L) : Optional.empty();
    }
    try {
      return Optional.of(exact().longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  Quantity plus(Quantity other) {
    if (decimal == null && other.decimal == null) {
      if (value == 0 || other.value == 0) {
        return value == 0 ? other : this;
      }
      BigDecimal sum = exact().add(other.exact());
      int common = Math.min(scale, other.scale);
      BigDecimal digits = sum.scaleByPowerOfTen(-common);
      if (digits.precision() - digits.scale() <= DIGITS + 1 && fits(digits)) {
        return new Quantity(digits.longValueExact(), common, null);
      }
    }
    return new Quantity(0, 0, exact().add(other.exact()));
  }

  private static boolean fits(BigDecimal digits) {
    return digits.abs().compareTo(MAX) <= 0;
  }

  Quantity minus(Quantity other) {
    return plus(
        new Quantity(
            -other.value, other.scale, other.decimal == null ? null : other.decimal.negate()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity quantity && compareTo(quantity) == 0;
  }

  @Override
  public int hashCode() {
    return exact().stripTrailingZeros().hashCode();
  }
}
