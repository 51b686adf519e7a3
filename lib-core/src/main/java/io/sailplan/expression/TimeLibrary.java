package io.sailplan.expression;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The parts of times and durations. */
final class TimeLibrary {
  private TimeLibrary() {}

  static void declare(FunctionTable table) {
    part(table, "getFullYear", ZonedDateTime::getYear);
    part(table, "getMonth", time -> time.getMonthValue() - 1);
    part(table, "getDate", ZonedDateTime::getDayOfMonth);
    part(table, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
    part(table, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
    part(table, "getDayOfYear", time -> time.getDayOfYear() - 1);
    part(table, "getHours", ZonedDateTime::getHour);
    part(table, "getMinutes", ZonedDateTime::getMinute);
    part(table, "getSeconds", ZonedDateTime::getSecond);
    part(table, "getMilliseconds", time -> time.getNano() / 1_000_000);
    whole(table, "getHours", Duration::toHours);
    whole(table, "getMinutes", Duration::toMinutes);
    whole(table, "getSeconds", TimeLibrary::seconds);
    whole(table, "getMilliseconds", Duration::toMillis);
  }

  /** Rounds towards zero, as Go does. */
  private static long seconds(Duration duration) {
    return duration.toNanos() / 1_000_000_000;
  }

  private static void part(
      FunctionTable table, String name, Function<ZonedDateTime, Integer> part) {
    table.add(
        "[timestamp]." + name + "(): int",
        (f, a) -> (long) part.apply(Times.in((Instant) a[0], "UTC")));
    table.add(
        "[timestamp]." + name + "(string): int",
        (f, a) -> (long) part.apply(Times.in((Instant) a[0], (String) a[1])));
  }

  private static void whole(FunctionTable table, String name, ToLongFunction<Duration> whole) {
    table.add(
        String.format(Locale.ROOT, "[duration].%s(): int", name),
        (f, a) -> whole.applyAsLong((Duration) a[0]));
  }
}
