package io.sailplan.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as {@code kubectl} takes them, such as {@code 90s} or {@code 1h30m}. */
final class Durations implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?");

  @Override
  public Duration convert(String value) {
    if (value.isEmpty() || !FORM.matcher(value).matches()) {
      throw new TypeConversionException(
          "\"" + value + "\" is not a duration such as 90s, 5m or 1h30m");
    }
    return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
  }

  /** Returns the shortest such text, to a tenth of a second below a minute. */
  static String text(Duration duration) {
    if (duration.toMinutes() > 0) {
      long seconds = duration.toSeconds();
      String text = (seconds / 3600 > 0 ? seconds / 3600 + "h" : "");
      text += seconds / 60 % 60 > 0 ? seconds / 60 % 60 + "m" : "";
      return text + (seconds % 60 > 0 ? seconds % 60 + "s" : "");
    }
    long tenths = duration.toMillis() / 100;
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + "s";
  }
}
