package io.sailplan.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points and lengths of time as CEL reads and writes them. */
final class Times {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** What 64 bits of nanoseconds hold, as in Go. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private static final Pattern UNIT = Pattern.compile("([0-9]*\\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)");

  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}([.,]\\d+)?([Zz]|[+-]\\d{2}:\\d{2})");

  private Times() {}

  static Instant checked(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new CallFailure("the time is out of range");
    }
    return time;
  }

  static Duration checked(Duration duration) {
    if (duration.abs().compareTo(LONGEST) > 0) {
      throw new CallFailure("the duration is out of range");
    }
    return duration;
  }

  /** Returns the time that a text in RFC 3339 means. */
  static Instant parseTime(String text) {
    try {
      if (text.length() <= 64 && TIMESTAMP.matcher(text).matches()) {
        return checked(
            OffsetDateTime.parse(text.replace(',', '.'), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant());
      }
    } catch (DateTimeException e) {
      // the same as a text of another form
    }
    throw new CallFailure("the text is not a time such as 2026-01-31T12:00:00Z");
  }

  static String text(Instant time) {
    return DateTimeFormatter.ISO_INSTANT.format(time).replaceFirst("(\\.\\d*?)0+Z$", "$1Z");
  }

  /** Returns the duration that a text such as {@code 1h30m} means, as Go reads it. */
  static Duration parseDuration(String text) {
    if (text.length() > 64 || text.isEmpty()) {
      throw noDuration();
    }
    boolean negative = text.charAt(0) == '-';
    String rest = negative || text.charAt(0) == '+' ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    Matcher unit = UNIT.matcher(rest);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length()) {
      if (!unit.find(at) || unit.start() != at || !unit.group(1).matches(".*[0-9].*")) {
        throw noDuration();
      }
      String number = unit.group(1);
      String padded =
          (number.startsWith(".") ? "0" : "") + number + (number.endsWith(".") ? "0" : "");
      nanos =
          nanos.add(new BigDecimal(padded).multiply(BigDecimal.valueOf(nanosOf(unit.group(2)))));
      at = unit.end();
    }
    if (rest.isEmpty()) {
      throw noDuration();
    }
    BigDecimal whole = nanos.setScale(0, RoundingMode.DOWN);
    if (whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new CallFailure("the duration is out of range");
    }
    return Duration.ofNanos(negative ? -whole.longValueExact() : whole.longValueExact());
  }

  private static CallFailure noDuration() {
    return new CallFailure("the text is not a duration such as 1h30m");
  }

  private static long nanosOf(String unit) {
    switch (unit) {
      case "ns":
        return 1;
      case "ms":
        return 1_000_000;
      case "s":
        return 1_000_000_000;
      case "m":
        return 60_000_000_000L;
      case "h":
        return 3_600_000_000_000L;
      default:
        return 1_000;
    }
  }

  /** Returns {@code 5400s}. */
  static String text(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros();
    return seconds.toPlainString() + "s";
  }

  /** Returns a time in a zone by name, or by its distance from UTC. */
  static ZonedDateTime in(Instant time, String zone) {
    try {
      if (zone.isEmpty() || zone.equals("UTC")) {
        return time.atZone(ZoneOffset.UTC);
      }
      if (zone.matches("[+-]?\\d{2}:\\d{2}")) {
        String signed = Character.isDigit(zone.charAt(0)) ? "+" + zone : zone;
        return time.atZone(ZoneOffset.of(signed));
      }
      if (zone.matches("[A-Za-z][A-Za-z0-9_+/-]{0,63}")) {
        return time.atZone(ZoneId.of(zone));
      }
    } catch (DateTimeException e) {
      // the same as an unknown name
    }
    throw new CallFailure("there is no such time zone");
  }
}
