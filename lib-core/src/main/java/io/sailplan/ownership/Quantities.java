package io.sailplan.ownership;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amounts such as {@code 500m}, {@code 1.5Gi} or {@code 1e3}, as the API server rewrites them: the
 * largest suffix without a fraction, nothing finer than a billionth (apimachinery,
 * pkg/api/resource/quantity.go).
 */
final class Quantities {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "([+-]?)([0-9]+\\.?[0-9]*|\\.[0-9]+)(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final int LONGEST_EXPONENT = 6;
  private static final BigDecimal MAX = new BigDecimal(Long.MAX_VALUE);
  private static final BigDecimal BINARY_UNIT = new BigDecimal(1024);

  private Quantities() {}

  /** Returns the canonical text; empty if {@code text} is not a quantity. */
  static Optional<String> canonical(String text, boolean milli) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String suffix = parts.group(3);
    boolean binary = suffix.endsWith("i");
    boolean exponent = suffix.length() > 1 && !binary;
    if (exponent && suffix.length() > LONGEST_EXPONENT) {
      return Optional.empty();
    }
    int scale = exponent ? Integer.parseInt(suffix.substring(1).replace("+", "")) : 0;
    if (!binary && !exponent) {
      scale = 3 * (DECIMAL.indexOf(suffix) - 3);
    }
    if (looksCanonical(parts.group(2), binary, binary ? BINARY.indexOf(suffix) : scale, milli)) {
      return Optional.of(text);
    }
    BigDecimal number = new BigDecimal(parts.group(1) + parts.group(2));
    BigDecimal value =
        binary
            ? number.multiply(BINARY_UNIT.pow(BINARY.indexOf(suffix))).min(MAX).max(MAX.negate())
            : number.scaleByPowerOfTen(scale);
    value = value.setScale(Math.min(value.scale(), milli ? 3 : 9), RoundingMode.UP);
    if (value.signum() == 0) {
      return Optional.of("0");
    }
    if (binary && value.abs().compareTo(BINARY_UNIT) >= 0 && isWhole(value)) {
      return Optional.of(binary(value.toBigIntegerExact()));
    }
    return Optional.of(decimal(value, exponent));
  }

  /**
   * Whether the server takes the text for canonical and keeps it, sign, exponent and final point
   * included: short numbers with a step of a thousand that do not end in three zeros, or of 1024
   * that eight does not divide.
   *
   * @param digits the number without sign
   * @param power the power of ten, or of 1024
   */
  private static boolean looksCanonical(String digits, boolean binary, int power, boolean milli) {
    int point = digits.indexOf('.');
    String whole = (point < 0 ? digits : digits.substring(0, point)).replaceFirst("^0+", "");
    String fraction = point < 0 ? "" : digits.substring(point + 1);
    String shifted = (whole.isEmpty() ? "0" : whole) + fraction;
    if (binary) {
      // 1Mi (2^20) has about 6 decimal digits; a negative precision takes the exact way
      int precision = 15 - shifted.length() - (int) ((float) (10 * power) * 3 / 10) - 1;
      return fraction.isEmpty() && precision >= 0 && (Long.parseLong(shifted) & 7) != 0;
    }
    int scale = power - fraction.length();
    return shifted.length() <= 18
        && scale >= (milli ? -3 : -9)
        && scale % 3 == 0
        && !shifted.endsWith("000")
        && shifted.charAt(0) != '0';
  }

  /**
   * Compares two quantities by their amount.
   *
   * @throws IllegalArgumentException naming the one that is none
   */
  static int compare(String one, String other) {
    return value(one).compareTo(value(other));
  }

  private static BigDecimal value(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a quantity: " + text);
    }
    String suffix = parts.group(3);
    BigDecimal number = new BigDecimal(parts.group(1) + parts.group(2));
    if (suffix.endsWith("i")) {
      return number.multiply(BINARY_UNIT.pow(BINARY.indexOf(suffix)));
    }
    return number.scaleByPowerOfTen(
        suffix.length() > 1
            ? Integer.parseInt(suffix.substring(1).replace("+", ""))
            : 3 * (DECIMAL.indexOf(suffix) - 3));
  }

  /** Returns the amount of a quantity or a number; empty if it is neither. */
  static Optional<BigDecimal> value(@Nullable Object written) {
    Matcher parts = SYNTAX.matcher(String.valueOf(written));
    if (written == null || !parts.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(parts.group(1) + parts.group(2));
    String suffix = parts.group(3);
    if (suffix.endsWith("i")) {
      return Optional.of(number.multiply(BINARY_UNIT.pow(BINARY.indexOf(suffix))));
    }
    boolean exponent = suffix.length() > 1;
    if (suffix.length() > LONGEST_EXPONENT) {
      return Optional.empty();
    }
    return Optional.of(
        number.scaleByPowerOfTen(
            exponent
                ? Integer.parseInt(suffix.substring(1).replace("+", ""))
                : 3 * (DECIMAL.indexOf(suffix) - 3)));
  }

  /** Returns whether {@code text} is a quantity. */
  static boolean isQuantity(String text) {
    return canonical(text, false).isPresent();
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }

  private static String binary(BigInteger value) {
    BigInteger left = value;
    int power = 0;
    while (power < BINARY.size() - 1 && left.mod(BigInteger.valueOf(1024)).signum() == 0) {
      left = left.shiftRight(10);
      power++;
    }
    return left + BINARY.get(power);
  }

  private static String decimal(BigDecimal value, boolean exponent) {
    BigDecimal stripped = value.stripTrailingZeros();
    int power = -stripped.scale();
    power -= Math.floorMod(power, 3);
    String digits = stripped.scaleByPowerOfTen(-power).toBigIntegerExact().toString();
    if (exponent) {
      return power == 0 ? digits : digits + "e" + power;
    }
    int step = power / 3 + 3;
    return digits + (step < DECIMAL.size() ? DECIMAL.get(step) : ""); // what the server does, too
  }
}
