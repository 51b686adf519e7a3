package io.sailplan.run;

import io.sailplan.model.LiveObject;
import java.math.BigInteger;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Whether an observation is older than what the run has written itself: watches and caches lag
 * behind.
 */
final class Freshness {
  private Freshness() {}

  /**
   * Returns whether {@code seen} can be a state from before {@code written}.
   *
   * @param written the answer to the last write of this run; null if it wrote nothing
   */
  static boolean isOlder(LiveObject seen, @Nullable LiveObject written) {
    if (written == null) {
      return false;
    }
    OptionalInt order = compare(seen.resourceVersion(), written.resourceVersion());
    if (order.isPresent()) {
      return order.getAsInt() < 0;
    }
    return seen.generation() < written.generation()
        || (seen.generation() == 0 && written.generation() == 0);
  }

  /** Returns whether the object was found missing before {@code written}. */
  static boolean isOlder(RunEvent.Vanished vanished, @Nullable LiveObject written) {
    return written != null
        && compare(vanished.resourceVersion(), written.resourceVersion()).orElse(1) < 0;
  }

  /**
   * Compares two resourceVersions of one kind: as numbers (KEP-5504 makes that official), or for
   * equality only; empty if it cannot be told which is older.
   */
  private static OptionalInt compare(String one, String other) {
    if (one.equals(other)) {
      return OptionalInt.of(0);
    }
    return isNumber(one) && isNumber(other)
        ? OptionalInt.of(new BigInteger(one).compareTo(new BigInteger(other)))
        : OptionalInt.empty();
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]+");
  }
}
