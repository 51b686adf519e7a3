package io.sailplan.testing;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Tests with many seeds. {@code -Dsailplan.seeds=N} sets how many, {@code -Dsailplan.seed=S} tries
 * only that one; a failure names its seed.
 */
final class Seeds {
  private Seeds() {}

  /** Tries one seed for every {@code rarity} that are asked for, and returns how many. */
  static long forEach(int rarity, LongConsumer test) {
    Long one = Long.getLong("sailplan.seed");
    long first = one == null ? 0 : one;
    long count = one == null ? Math.max(2, Integer.getInteger("sailplan.seeds", 20) / rarity) : 1;
    for (long seed = first; seed < first + count; seed++) {
      try {
        test.accept(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("-Dsailplan.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
    return count;
  }

  /**
   * Returns random numbers for one purpose. The seed is scrambled first: neighbouring seeds of a
   * {@link Random} begin with nearly the same numbers.
   */
  static Random random(long seed, String purpose) {
    return new Random(new SplittableRandom(seed).nextLong() ^ purpose.hashCode());
  }
}
