package io.sailplan.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The function {@code format}: {@code "%s has %d".format(["db", 3])}. */
final class TextFormat {
  private static final int LARGEST_PRECISION = 1000;

  private final Frame frame;
  private final String pattern;
  private final List<?> arguments;
  private final StringBuilder result = new StringBuilder();
  private int at;
  private int next;

  private TextFormat(Frame frame, String pattern, List<?> arguments) {
    this.frame = frame;
    this.pattern = pattern;
    this.arguments = arguments;
  }

  static String format(Frame frame, String pattern, List<?> arguments) {
    return new TextFormat(frame, pattern, arguments).run();
  }

  private String run() {
    frame.spendText(pattern.length());
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      if (c != '%') {
        result.append(c);
      } else if (peek() == '%') {
        at++;
        result.append('%');
      } else {
        clause();
      }
    }
    if (next < arguments.size()) {
      throw new CallFailure("format has more values than clauses");
    }
    return result.toString();
  }

  private char peek() {
    if (at >= pattern.length()) {
      throw new CallFailure("format has a % without a letter behind it");
    }
    return pattern.charAt(at);
  }

  private void clause() {
    int precision = -1;
    if (peek() == '.') {
      at++;
      int start = at;
      while (Character.isDigit(peek())) {
        at++;
      }
      String digits = pattern.substring(start, at);
      if (digits.isEmpty() || digits.length() > 4 || Integer.parseInt(digits) > LARGEST_PRECISION) {
        throw new CallFailure("format has a precision that is none or too large");
      }
      precision = Integer.parseInt(digits);
    }
    char letter = peek();
    at++;
    if (next >= arguments.size()) {
      throw new CallFailure("format has more clauses than values");
    }
    String text = text(letter, precision, Values.of(arguments.get(next++)));
    frame.spendText(text.length());
    result.append(text);
  }

  private String text(char letter, int precision, Object value) {
    switch (letter) {
      case 's':
        return plain(value);
      case 'd':
        return decimal(value);
      case 'f':
        return real(value, precision, false);
      case 'e':
        return real(value, precision, true);
      case 'b':
        return binary(value);
      case 'o':
        return integer(value, 8);
      case 'x':
        return hex(value);
      case 'X':
        return hex(value).toUpperCase(Locale.ROOT);
      default:
        throw new CallFailure("format knows no clause %" + letter);
    }
  }

  private static CallFailure unfit(char letter) {
    return new CallFailure("format cannot write a value of this type with %" + letter);
  }

  private String plain(Object value) {
    frame.spend(1);
    if (value instanceof String text) {
      frame.spendText(text.length());
      return text;
    }
    if (value instanceof Double real) {
      return special(real, GoNumbers.text(real));
    }
    if (value instanceof Bytes bytes) {
      return new String(bytes.value(), StandardCharsets.UTF_8);
    }
    if (value == NullValue.NULL) {
      return "null";
    }
    if (value instanceof Instant time) {
      return Times.text(time);
    }
    if (value instanceof Duration duration) {
      return Times.text(duration);
    }
    if (value instanceof TypeValue type) {
      return type.name();
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(item -> plain(Values.of(item)))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(
              entry -> plain(Values.of(entry.getKey())) + ": " + plain(Values.of(entry.getValue())))
          .sorted()
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Extra) {
      throw unfit('s');
    }
    return value.toString();
  }

  private static String special(double value, String text) {
    return Double.isNaN(value)
        ? "NaN"
        : Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : text;
  }

  private static String decimal(Object value) {
    if (value instanceof Long || value instanceof Unsigned) {
      return value.toString();
    }
    if (value instanceof Double real) {
      return special(real, GoNumbers.text(real));
    }
    throw unfit('d');
  }

  private static String real(Object value, int precision, boolean scientific) {
    if (!Values.isNumber(value)) {
      throw unfit(scientific ? 'e' : 'f');
    }
    double real = Values.asDouble(value);
    if (Double.isNaN(real) || Double.isInfinite(real)) {
      return special(real, "");
    }
    int digits = precision < 0 ? 6 : precision;
    BigDecimal exact = new BigDecimal(real);
    if (!scientific) {
      String text = GoNumbers.fixed(exact, digits);
      boolean hidden = (real < 0 && !text.startsWith("-")) || (real == 0 && 1 / real < 0);
      return hidden ? "-" + text : text;
    }
    if (exact.signum() == 0) {
      return "0" + (digits > 0 ? "." + "0".repeat(digits) : "") + "e+00";
    }
    BigDecimal rounded = exact.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    return GoNumbers.scientific(
        rounded.setScale(digits - exponent, RoundingMode.UNNECESSARY), exponent);
  }

  private static String binary(Object value) {
    return value instanceof Boolean flag ? (flag ? "1" : "0") : integer(value, 2);
  }

  private static String integer(Object value, int radix) {
    if (value instanceof Long whole) {
      return Long.toString(whole, radix);
    }
    if (value instanceof Unsigned unsigned) {
      return Long.toUnsignedString(unsigned.bits(), radix);
    }
    throw unfit(radix == 2 ? 'b' : radix == 8 ? 'o' : 'x');
  }

  private static String hex(Object value) {
    if (value instanceof String text) {
      return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
    return value instanceof Bytes bytes
        ? HexFormat.of().formatHex(bytes.value())
        : integer(value, 16);
  }
}
