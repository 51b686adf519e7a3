package io.sailplan.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Spans of time, as people read them. */
final class Spans {
  private Spans() {}

  /** Returns {@code 2 min 5 s}, {@code 12 s}, {@code 0.4 s}. */
  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 3600) {
      return seconds / 3600 + " h" + rest(seconds % 3600 / 60, " min");
    }
    if (seconds >= 60) {
      return seconds / 60 + " min" + rest(seconds % 60, " s");
    }
    if (seconds >= 10 || duration.toMillis() % 1000 < 50) {
      return seconds + " s";
    }
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private static String rest(long count, String unit) {
    return count == 0 ? "" : " " + count + unit;
  }

  /** Returns the time {@code duration} after {@code start}, or the last one that there is. */
  static Instant after(Instant start, Duration duration) {
    return Duration.between(start, Instant.MAX).compareTo(duration) <= 0
        ? Instant.MAX
        : start.plus(duration);
  }
}
