package io.sailplan.kro;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads scalars as the standard library of Go does, which kro reads them with. */
final class GoText {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]{1,6}");

  private GoText() {}

  static boolean isSpace(int codePoint) {
    return (codePoint >= '\t' && codePoint <= '\r')
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint);
  }

  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Returns the truth value; empty if the text is none. */
  static Optional<Boolean> bool(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Returns the whole number of 64 bits; empty if the text is none. */
  static Optional<Long> integer(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** Returns the finite number; empty if the text is none, or one that JSON cannot hold. */
  static Optional<BigDecimal> real(String text) {
    if (!DECIMAL.matcher(text).matches() && !HEXADECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
  }
}
