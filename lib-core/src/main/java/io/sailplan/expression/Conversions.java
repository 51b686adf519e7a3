package io.sailplan.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/** The functions that make one type of another. */
final class Conversions {
  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private Conversions() {}

  static void declare(FunctionTable table) {
    toNumbers(table);
    for (String same : new String[] {"bool", "bytes", "timestamp", "duration"}) {
      table.add(same + "(" + same + "): " + same, (f, a) -> a[0]);
    }
    table.add("bool(string): bool", (f, a) -> toBool((String) a[0]));
    table.add("bytes(string): bytes", (f, a) -> toBytes(f, (String) a[0]));
    table.add("string(string): string", (f, a) -> a[0]);
    table.add("string(bool): string", (f, a) -> a[0].toString());
    table.add("string(int): string", (f, a) -> a[0].toString());
    table.add("string(uint): string", (f, a) -> a[0].toString());
    table.add("string(double): string", (f, a) -> GoNumbers.text((Double) a[0]));
    table.add("string(bytes): string", (f, a) -> toText(f, (Bytes) a[0]));
    table.add("string(timestamp): string", (f, a) -> Times.text((Instant) a[0]));
    table.add("string(duration): string", (f, a) -> Times.text((Duration) a[0]));
    table.add("timestamp(string): timestamp", (f, a) -> Times.parseTime((String) a[0]));
    table.add("timestamp(int): timestamp", (f, a) -> toTime((Long) a[0]));
    table.add("duration(string): duration", (f, a) -> Times.parseDuration((String) a[0]));
    table.add("duration(int): duration", (f, a) -> Times.checked(Duration.ofSeconds((Long) a[0])));
  }

  private static void toNumbers(FunctionTable table) {
    table.add("int(int): int", (f, a) -> a[0]);
    table.add("int(uint): int", (f, a) -> toInt((Unsigned) a[0]));
    table.add("int(double): int", (f, a) -> toInt((Double) a[0]));
    table.add("int(string): int", (f, a) -> toInt((String) a[0]));
    table.add("int(timestamp): int", (f, a) -> ((Instant) a[0]).getEpochSecond());
    table.add("int(duration): int", (f, a) -> ((Duration) a[0]).toNanos());
    table.add("uint(uint): uint", (f, a) -> a[0]);
    table.add("uint(int): uint", (f, a) -> toUint((Long) a[0]));
    table.add("uint(double): uint", (f, a) -> toUint((Double) a[0]));
    table.add("uint(string): uint", (f, a) -> toUint((String) a[0]));
    table.add("double(double): double", (f, a) -> a[0]);
    table.add("double(int): double", (f, a) -> (double) (Long) a[0]);
    table.add("double(uint): double", (f, a) -> ((Unsigned) a[0]).asDouble());
    table.add("double(string): double", (f, a) -> toDouble((String) a[0]));
  }

  private static Object toBool(String text) {
    switch (text) {
      case "1":
      case "t":
      case "T":
      case "true":
      case "TRUE":
      case "True":
        return true;
      case "0":
      case "f":
      case "F":
      case "false":
      case "FALSE":
      case "False":
        return false;
      default:
        throw new CallFailure("the text is neither true nor false");
    }
  }

  private static Object toBytes(Frame frame, String text) {
    frame.spendText(text.length());
    return Bytes.of(text);
  }

  private static Object toText(Frame frame, Bytes bytes) {
    frame.spendText(bytes.size());
    return bytes.text().orElseThrow(() -> new CallFailure("the bytes are not text in UTF-8"));
  }

  private static Object toTime(long seconds) {
    try {
      return Times.checked(Instant.ofEpochSecond(seconds));
    } catch (java.time.DateTimeException e) {
      throw new CallFailure("the time is out of range");
    }
  }

  private static CallFailure outOfRange() {
    return new CallFailure("the number is out of range");
  }

  private static Object toInt(Unsigned value) {
    if (value.bits() < 0) {
      throw outOfRange();
    }
    return value.bits();
  }

  private static Object toInt(double value) {
    if (!(value > -TWO_TO_63 && value < TWO_TO_63)) {
      throw outOfRange();
    }
    return (long) value;
  }

  private static Object toInt(String text) {
    try {
      if (text.matches("[+-]?[0-9]{1,40}")) {
        return new BigInteger(text).longValueExact();
      }
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
    throw new CallFailure("the text is not a whole number");
  }

  private static Object toUint(long value) {
    if (value < 0) {
      throw outOfRange();
    }
    return new Unsigned(value);
  }

  private static Object toUint(double value) {
    if (!(value >= 0 && value < TWO_TO_64)) {
      throw outOfRange();
    }
    return new Unsigned(new BigDecimal(value).toBigInteger().longValue());
  }

  private static Object toUint(String text) {
    if (!text.matches("[0-9]{1,40}")) {
      throw new CallFailure("the text is not a whole number");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() > 64) {
      throw outOfRange();
    }
    return new Unsigned(value.longValue());
  }

  private static Object toDouble(String text) {
    switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "inf":
      case "+inf":
      case "infinity":
      case "+infinity":
        return Double.POSITIVE_INFINITY;
      case "-inf":
      case "-infinity":
        return Double.NEGATIVE_INFINITY;
      case "nan":
        return Double.NaN;
      default:
        break;
    }
    if (!text.matches(
        "[+-]?([0-9]{1,400}\\.?[0-9]{0,400}|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,6})?")) {
      throw new CallFailure("the text is not a number");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw outOfRange();
    }
    return value;
  }
}
