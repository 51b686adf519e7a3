package io.sailplan.testing;

import java.math.BigDecimal;

/** Amounts such as {@code 500m} and {@code 1Gi} as numbers. */
final class Quantity {
  private static final String BINARY = "KMGTPE";
  private static final String DECIMAL = "kMGTPE";

  private Quantity() {}

  /** Returns the number; what is not a quantity was refused when it was written. */
  static BigDecimal parse(Object quantity) {
    String text = String.valueOf(quantity);
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    String unit = text.substring(end);
    BigDecimal number = new BigDecimal(text.substring(0, end));
    if (unit.endsWith("i")) {
      int power = BINARY.indexOf(unit.charAt(0)) + 1;
      return number.multiply(BigDecimal.valueOf(1024).pow(power));
    }
    return switch (unit) {
      case "" -> number;
      case "n" -> number.movePointLeft(9);
      case "u" -> number.movePointLeft(6);
      case "m" -> number.movePointLeft(3);
      default -> number.movePointRight(3 * (DECIMAL.indexOf(unit.charAt(0)) + 1));
    };
  }
}
