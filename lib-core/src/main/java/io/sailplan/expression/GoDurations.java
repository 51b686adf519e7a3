package io.sailplan.expression;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Go writes them: {@code 1h30m0s}. */
final class GoDurations {
  private GoDurations() {}

  static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    String sign = duration.isNegative() ? "-" : "";
    Duration size = duration.abs();
    long nanos = size.toNanos();
    if (nanos < 1_000) {
      return sign + nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return sign + plain(BigDecimal.valueOf(nanos, 3)) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return sign + plain(BigDecimal.valueOf(nanos, 6)) + "ms";
    }
    String seconds = plain(BigDecimal.valueOf(nanos % 60_000_000_000L, 9)) + "s";
    if (size.toMinutes() == 0) {
      return sign + seconds;
    }
    String minutes = size.toMinutes() % 60 + "m";
    return sign + (size.toHours() > 0 ? size.toHours() + "h" : "") + minutes + seconds;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
