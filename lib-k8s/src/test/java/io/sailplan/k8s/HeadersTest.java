package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @Test
  void retry_after_is_a_number_of_seconds() {
    assertThat(RetryAfter.parse(" 5 ", null, NOW)).isEqualTo(Duration.ofSeconds(5));
    assertThat(RetryAfter.parse("0", null, NOW)).isEqualTo(Duration.ZERO);
  }

  @Test
  void retry_after_is_a_date_measured_by_the_servers_own_clock() {
    String date = "Fri, 20 Nov 2026 09:00:07 GMT";
    assertThat(RetryAfter.parse(date, "Fri, 20 Nov 2026 09:00:00 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(RetryAfter.parse(date, null, NOW)).isEqualTo(Duration.ofSeconds(3607));
    assertThat(RetryAfter.parse("Fri, 20 Nov 2026 07:00:00 GMT", null, NOW))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void retry_after_that_nobody_understands_is_none() {
    assertThat(RetryAfter.parse("soon", null, NOW)).isNull();
    assertThat(RetryAfter.parse("99999999999999999999", null, NOW)).isNull();
    assertThat(RetryAfter.parse(null, null, NOW)).isNull();
  }

  @Test
  void warnings_may_be_long() {
    String text = "x\\\"".repeat(20_000);
    assertThat(Warnings.parse(List.of("299 - \"" + text + "\"")))
        .containsExactly("x\"".repeat(20_000));
  }
}
