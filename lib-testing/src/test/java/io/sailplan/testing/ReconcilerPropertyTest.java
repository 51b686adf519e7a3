package io.sailplan.testing;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Days of trouble in virtual time, over and over: see {@link RandomUpkeep}. {@code
 * -Dsailplan.seeds=5000} makes it ten thousand hours.
 */
class ReconcilerPropertyTest {
  private static final Duration TIME = Duration.ofHours(40);

  @Test
  void whenever_trouble_ends_all_is_as_declared_and_nobody_has_written_without_need() {
    long worlds = Seeds.forEach(20, seed -> new RandomUpkeep(seed).live(TIME));
    System.out.println(worlds * TIME.toHours() + " hours of reconciling");
  }
}
