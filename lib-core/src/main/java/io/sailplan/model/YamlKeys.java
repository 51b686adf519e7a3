package io.sailplan.model;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns keys that are not strings into strings, as sigs.k8s.io/yaml does. */
final class YamlKeys {
  private YamlKeys() {}

  /** Returns the text of a key; null if kubectl refuses it. */
  static @Nullable String text(YamlScalars.Reading key) {
    Object value = key.value();
    if (value == null) {
      return null;
    }
    return key.real() && value instanceof Number number
        ? real(number.floatValue())
        : value.toString();
  }

  /** Writes a number as Go's {@code strconv.FormatFloat(value, 'g', -1, 32)} does. */
  private static String real(float value) {
    if (Float.isInfinite(value)) {
      return value > 0 ? ".inf" : "-.inf";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal decimal =
        YamlNumbers.shortest(new BigDecimal(value), d -> d.floatValue() == value)
            .stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return decimal.toPlainString();
    }
    String all = decimal.unscaledValue().abs().toString();
    String fraction = all.length() > 1 ? "." + all.substring(1) : "";
    return (value < 0 ? "-" : "")
        + all.charAt(0)
        + fraction
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
