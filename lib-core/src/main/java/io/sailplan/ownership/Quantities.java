package io.sailplan.ownership;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    BigDecimal number = new BigDecimal(parts.group(1) + parts.group(2));
    boolean binary = suffix.endsWith("i");
    boolean exponent = !suffix.isEmpty() && suffix.length() > 1 && !binary;
    BigDecimal value;
    if (binary) {
      value = number.multiply(BINARY_UNIT.pow(BINARY.indexOf(suffix)));
    } else if (exponent) {
      String digits = suffix.substring(1);
      if (digits.length() > 6) {
        return Optional.empty();
      }
      value = number.scaleByPowerOfTen(Integer.parseInt(digits.replace("+", "")));
    } else {
      value = number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - 3));
    }
    value = value.setScale(Math.min(value.scale(), milli ? 3 : 9), RoundingMode.UP);
    value = value.min(MAX).max(MAX.negate());
    if (value.signum() == 0) {
      return Optional.of("0");
    }
    if (binary && value.abs().compareTo(BINARY_UNIT) >= 0 && isWhole(value)) {
      return Optional.of(binary(value.toBigIntegerExact()));
    }
    return Optional.of(decimal(value, exponent));
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
    return digits + DECIMAL.get(power / 3 + 3);
  }
}
