package io.sailplan.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which plain scalars are numbers, and which: as go-yaml v2 does, which {@code kubectl} uses.
 */
final class YamlNumbers {
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /**
   * Behind a leading dot, an underscore must stand between digits; elsewhere it may stand anywhere.
   */
  private static final Pattern DOTTED =
      Pattern.compile("\\.[0-9]++(_[0-9]++)*+([eE][-+]?[0-9]++(_[0-9]++)*+)?");

  private static final Pattern SIGNED_BINARY = Pattern.compile("0b([-+][01]+)");

  /** More digits than any double has in its exact decimal form: no such number is kept exactly. */
  private static final int MANY_DIGITS = 800;

  private static final BigInteger LONGEST = BigInteger.ONE.shiftLeft(64);

  private YamlNumbers() {}

  /**
   * A number.
   *
   * @param value the number; a {@code Long} where it is whole and fits, else a {@code Double}
   * @param real whether go-yaml holds it as a floating-point number, which matters for keys
   * @param exact whether nothing of what was written is lost
   */
  record Found(Object value, boolean real, boolean exact) {}

  /** Returns the number that a plain YAML scalar is; empty if it is none. */
  static Optional<Found> yaml(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    char first = text.charAt(0);
    if (first == '.') {
      return DOTTED.matcher(text).matches() ? real(text.replace("_", "")) : Optional.empty();
    }
    if (first != '-' && first != '+' && (first < '0' || first > '9')) {
      return Optional.empty();
    }
    String digits = text.replace("_", "");
    Optional<Found> whole = whole(digits);
    return whole.isPresent() ? whole : real(digits);
  }

  /** Returns the number that a JSON number is. */
  static Found json(String text) {
    Optional<Found> whole = text.indexOf('0') == 0 ? Optional.empty() : whole(text);
    return whole.or(() -> real(text)).orElseThrow();
  }

  private static Optional<Found> whole(String text) {
    Matcher binary = SIGNED_BINARY.matcher(text);
    if (binary.matches() && text.length() < MANY_DIGITS) {
      return integer(new BigInteger(binary.group(1).replace("+", ""), 2), true);
    }
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String rest = signed ? text.substring(1) : text;
    int base = base(rest);
    String digits = base == 10 ? rest : rest.substring(base == 8 && !isOctalMark(rest) ? 1 : 2);
    if (rest.equals("0")) {
      return Optional.of(new Found(0L, false, true));
    }
    if (digits.isEmpty() || digits.length() > MANY_DIGITS || !allDigits(digits, base)) {
      return Optional.empty();
    }
    BigInteger value = new BigInteger(digits, base);
    return integer(text.startsWith("-") ? value.negate() : value, !signed);
  }

  /** Go tries int64, and for what has no sign uint64. */
  private static Optional<Found> integer(BigInteger value, boolean maybeUnsigned) {
    if (value.bitLength() < Long.SIZE) {
      return Optional.of(new Found(value.longValue(), false, true));
    }
    if (maybeUnsigned && value.signum() > 0 && value.compareTo(LONGEST) < 0) {
      return Optional.of(new Found(value.doubleValue(), false, isKept(new BigDecimal(value))));
    }
    return Optional.empty();
  }

  private static int base(String text) {
    if (!text.startsWith("0") || text.length() == 1) {
      return 10;
    }
    if (text.length() >= 3) {
      switch (text.substring(1, 2).toLowerCase(Locale.ROOT)) {
        case "b":
          return 2;
        case "x":
          return 16;
        default:
          break;
      }
    }
    return 8;
  }

  private static boolean isOctalMark(String text) {
    return text.length() >= 3 && (text.charAt(1) == 'o' || text.charAt(1) == 'O');
  }

  private static boolean allDigits(String text, int base) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), base) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Found> real(String text) {
    if (text.length() > MANY_DIGITS) {
      return looksReal(text) ? Optional.of(new Found(0L, true, false)) : Optional.empty();
    }
    if (!REAL.matcher(text).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      return Optional.of(new Found(0L, true, false));
    }
    if (value == 0) {
      return Optional.of(new Found(0L, true, isZero(text)));
    }
    BigDecimal written = new BigDecimal(text);
    Object kept = value;
    if (Math.abs(value) < 0x1p63 && written.stripTrailingZeros().scale() <= 0) {
      kept = written.longValueExact();
    }
    return Optional.of(new Found(kept, true, isKept(written)));
  }

  /** A regular expression over many digits would need as much stack. */
  private static boolean looksReal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && ".eE+-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (c >= '1' && c <= '9') {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the shortest text of the nearest double is what was written. */
  private static boolean isKept(BigDecimal written) {
    double value = written.doubleValue();
    BigDecimal stripped = written.stripTrailingZeros();
    if (stripped.precision() <= 15 && Math.abs(value) > 1e-300) {
      return true;
    }
    return shortest(new BigDecimal(value), d -> d.doubleValue() == value).compareTo(written) == 0;
  }

  /**
   * Returns {@code exact}, rounded to as few digits as {@code same} permits. {@code
   * Double.toString} of Java 17 may give more.
   */
  static BigDecimal shortest(BigDecimal exact, Predicate<BigDecimal> same) {
    for (int digits = 1; digits <= 17; digits++) {
      BigDecimal shorter = exact.round(new MathContext(digits));
      if (same.test(shorter)) {
        return shorter;
      }
    }
    return exact;
  }
}
