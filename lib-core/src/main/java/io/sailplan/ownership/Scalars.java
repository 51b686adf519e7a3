package io.sailplan.ownership;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times and bytes, as the API server rewrites them. */
final class Scalars {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern MICRO_SYNTAX =
      Pattern.compile("[0-9-]{10}T[0-9:]{8}\\.[0-9]{6}(Z|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern SYNTAX =
      Pattern.compile("[0-9-]{10}T[0-9:]{8}([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})");

  private Scalars() {}

  /** A point in time in UTC, cut to the second; empty if it is none. */
  static Optional<String> time(String text) {
    return SYNTAX.matcher(text).matches()
        ? instant(text.replace(',', '.')).map(SECONDS::format)
        : Optional.empty();
  }

  /**
   * A point in time in UTC with exactly six decimals, which the server demands; empty if it is
   * none.
   */
  static Optional<String> microTime(String text) {
    return MICRO_SYNTAX.matcher(text).matches()
        ? instant(text).map(MICROS::format)
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The bytes of a text in UTF-8, in base64. */
  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Padded standard base64 without line ends; empty if it is none. */
  static Optional<String> bytes(String text) {
    String joined = text.replace("\n", "").replace("\r", "");
    if (joined.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(joined)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
