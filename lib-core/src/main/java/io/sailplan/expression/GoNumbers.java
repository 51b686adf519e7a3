package io.sailplan.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, the way Go writes them: Kubernetes and kro do. */
final class GoNumbers {
  private GoNumbers() {}

  /** Returns the shortest text that reads as the same number, as {@code string(1.5)} gives it. */
  static String text(double value) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = shortest(value);
    int exponent = digits.precision() - digits.scale() - 1;
    return exponent < -4 || exponent >= 6 ? scientific(digits, exponent) : digits.toPlainString();
  }

  /** Returns a number as JSON of Go has it. */
  static String json(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = shortest(value);
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      return digits.toPlainString();
    }
    return scientific(digits, exponent).replaceFirst("e-0", "e-");
  }

  private static @org.jspecify.annotations.Nullable String special(double value) {
    return Double.isNaN(value)
        ? "NaN"
        : Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : null;
  }

  /** JDK 17 does not always write the shortest digits. */
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    while (digits.precision() > 1) {
      BigDecimal shorter =
          new BigDecimal(value)
              .round(new MathContext(digits.precision() - 1, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) {
        break;
      }
      digits = shorter.stripTrailingZeros();
    }
    return digits;
  }

  /** Returns a number with some digits behind the point, rounded half to even. */
  static String fixed(BigDecimal value, int precision) {
    return value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** Returns {@code 1.234560e+03}. */
  static String scientific(BigDecimal value, int exponent) {
    String digits = value.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = value.signum() < 0 ? "-" : "";
    String magnitude = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + magnitude;
  }
}
